# Who serves when root starts Lindero: a user without rights. Web server, worker and renderers need none.
# shellcheck shell=sh

SERVICE_USER=lindero

service_user_exists() { id "$SERVICE_USER" >/dev/null 2>&1; }

make_service_user() {
    service_user_exists || useradd --system --user-group --no-create-home --home-dir /nonexistent \
        --shell /usr/sbin/nologin "$SERVICE_USER" >/dev/null 2>&1
}

# What a served process runs through; no words when it stays with the user who started.
as_service() {
    [ -z "$SERVES_AS" ] || printf 'setpriv --reuid=%s --regid=%s --init-groups --no-new-privs env HOME=/nonexistent' \
        "$SERVES_AS" "$SERVES_AS"
}

# Checkout, its Python and the private data: all of it must be open to that user.
# shellcheck disable=SC2046  # words
service_can_run() {
    (cd / && $(as_service) "$PYTHON" -c 'import gunicorn, django' 2>/dev/null) &&
        (cd / && $(as_service) test -r "$ROOT/manage.py" && $(as_service) test -x "$VAR")
}

# Sets SERVES_AS: the user without rights, or nothing when that cannot be; then WHY_ROOT says why.
choose_service_user() {
    SERVES_AS='' WHY_ROOT=''
    is_root || return 0
    if ! make_service_user; then
        WHY_ROOT="no se pudo crear el usuario $SERVICE_USER"
        return 0
    fi
    SERVES_AS=$SERVICE_USER
    service_can_run && return 0
    SERVES_AS=''
    WHY_ROOT="el usuario $SERVICE_USER no puede leer $ROOT o su Python"
}

# The folders that served processes write to.
make_service_places() {
    SERVICE_DIR=$RUN
    if [ -n "$SERVES_AS" ]; then
        SERVICE_DIR=$VAR/service
        mkdir -p "$SERVICE_DIR" "$VAR/files" "$VAR/basins"
        chown "$SERVES_AS:$SERVES_AS" "$SERVICE_DIR"
        chmod 0700 "$SERVICE_DIR"
        chown -R "$SERVES_AS:$SERVES_AS" "$VAR/files" "$VAR/basins"
        share_socket
        : "${LINDERO_RENDER_SOCKET:=$SERVICE_DIR/render.sock}"
        export LINDERO_RENDER_SOCKET
    fi
    rm -rf "$SERVICE_DIR/metrics" && mkdir "$SERVICE_DIR/metrics"
    [ -z "$SERVES_AS" ] || chown "$SERVES_AS:$SERVES_AS" "$SERVICE_DIR/metrics"
}

# The user may go through the folder of the database's socket, and see nothing else of it. Which role
# it may take there, pg_hba.conf says: not the superuser's and not the owner's.
share_socket() {
    is_root && own_cluster && [ -d "$VAR/service" ] && [ -d "$SOCKET_DIR" ] || return 0
    chgrp "$SERVICE_USER" "$SOCKET_DIR"
    chmod 0710 "$SOCKET_DIR"
    case $SOCKET_DIR in
        "/tmp/lindero-$(id -u)-$(installation_hash)/socket")
            chgrp "$SERVICE_USER" "${SOCKET_DIR%/socket}"
            chmod 0710 "${SOCKET_DIR%/socket}"
            ;;
    esac
}

say_who_serves() {
    [ -z "$WHY_ROOT" ] || say "  Sirve como root: $WHY_ROOT. Con la carpeta en /srv y el Python del sistema" \
        "serviría el usuario $SERVICE_USER, sin privilegios."
}
