# The private PostgreSQL cluster: where it is, making it, starting it after any kind of death, stopping it.
# shellcheck shell=sh

# Sets DATA_DIR and SOCKET_DIR from what an earlier run recorded, if those data still exist.
locate_recorded_cluster() {
    [ -r "$CLUSTER_FILE" ] || return 1
    { read -r DATA_DIR && read -r SOCKET_DIR; } <"$CLUSTER_FILE" || return 1
    [ -e "$DATA_DIR/PG_VERSION" ]
}

# root cannot run PostgreSQL; a folder below a private home cannot be entered by user postgres.
server_can_enter() {
    is_root || return 0
    as_server_user test -x "$1" 2>/dev/null
}

# The server's own user: postgres when we are root, otherwise ourselves. A clean environment, in /.
as_server_user() {
    if is_root; then
        (cd / && exec setpriv --reuid=postgres --regid=postgres --init-groups \
            env -i PATH="$PATH" LC_ALL=C.UTF-8 "$@")
    else
        (cd / && exec env -i PATH="$PATH" HOME="$HOME" LC_ALL=C.UTF-8 "$@")
    fi
}

fallback_home() {
    if is_root; then
        printf '/var/lib/lindero/%s' "$(installation_hash)"
    else
        printf '%s/lindero/%s' "${XDG_STATE_HOME:-$HOME/.local/state}" "$(installation_hash)"
    fi
}

# Sets DATA_DIR and SOCKET_DIR for a new cluster: under var/, or elsewhere when var/ will not do.
choose_cluster_place() {
    home=$VAR/postgres
    server_can_enter "$VAR" || home=$(fallback_home)
    DATA_DIR=$home/data
    for folder in "$home" "$(fallback_home)" "/tmp/lindero-$(id -u)-$(installation_hash)"; do
        SOCKET_DIR=$folder/socket
        ! socket_fits "$SOCKET_DIR" || return 0
    done
}

locate_cluster() {
    locate_recorded_cluster && return 0
    choose_cluster_place
    (umask 022 && printf '%s\n%s\n' "$DATA_DIR" "$SOCKET_DIR" >"$CLUSTER_FILE")
}

# A folder of the server's user that nobody else may enter; its parents stay as they are, except our
# own folder in /tmp, where a stranger could otherwise exchange the socket's folder for his.
private_folder() {
    case $1 in "/tmp/lindero-$(id -u)-$(installation_hash)/socket") private_folder "${1%/socket}" ;; esac
    mkdir -p "$1"
    if is_root; then
        chown postgres:postgres "$1"
    elif [ -L "$1" ] || [ "$(stat -c %u "$1")" != "$(id -u)" ]; then
        say "$1 es de otra persona" >&2
        return 1
    fi
    chmod 0700 "$1"
}

cluster_answers() {
    [ -S "$SOCKET_DIR/$SOCKET_NAME" ] && "$PG_BIN/pg_isready" -q -h "$SOCKET_DIR" -t 3
}

make_cluster() {
    [ ! -e "$DATA_DIR/PG_VERSION" ] || return 0
    private_folder "$DATA_DIR"
    as_server_user "$PG_BIN/initdb" -D "$DATA_DIR" -U postgres --auth=trust \
        --encoding=UTF8 --locale=C.UTF-8 --data-checksums
}

# Access is decided by who may enter the socket's folder; the server does not listen on the network.
configure_cluster() {
    access_rules | write_as_server "$DATA_DIR/pg_hba.conf"
    access_names | write_as_server "$DATA_DIR/pg_ident.conf"
    cluster_settings | write_as_server "$DATA_DIR/lindero.conf"
    grep -q "^include = 'lindero.conf'" "$DATA_DIR/postgresql.conf" ||
        printf "\ninclude = 'lindero.conf'\n" | append_as_server "$DATA_DIR/postgresql.conf"
}

# As root the served processes are another user: superuser and owner are for root and the server itself.
access_rules() {
    if is_root; then
        say 'local all postgres,lindero_owner peer map=lindero'
        say 'local replication all peer map=lindero'
    else
        say 'local replication all trust'
    fi
    say 'local all all trust'
}

access_names() {
    for user in root postgres; do
        for role in postgres lindero_owner; do say "lindero $user $role"; done
    done
}

# shellcheck disable=SC2016  # $1 belongs to the inner shell
write_as_server() { as_server_user sh -c 'umask 077; cat >"$1"' sh "$1"; }
# shellcheck disable=SC2016
append_as_server() { as_server_user sh -c 'umask 077; cat >>"$1"' sh "$1"; }

# Mebibytes that this machine (or container) may use.
memory_mib() {
    total=$(($(sed -n 's/^MemTotal: *\([0-9]*\) kB/\1/p' /proc/meminfo) / 1024))
    limit=$(cat /sys/fs/cgroup/memory.max 2>/dev/null || say max)
    case $limit in '' | *[!0-9]*) limit=$total ;; *) limit=$((limit / 1048576)) ;; esac
    if [ "$limit" -lt "$total" ]; then say "$limit"; else say "$total"; fi
}

between() { if [ "$2" -lt "$1" ]; then say "$1"; elif [ "$2" -gt "$3" ]; then say "$3"; else say "$2"; fi; }

# lz4 where this PostgreSQL was built with it: a quarter of the processor that `on` (pglz) takes for a page.
wal_compression() {
    if as_server_user "$PG_BIN/postgres" -D "$DATA_DIR" -c wal_compression=lz4 -C wal_compression >/dev/null 2>&1; then
        say lz4
    else
        say on
    fi
}

cluster_settings() {
    memory=$(memory_mib)
    cat <<CONF
# Escrito por ./lindero en cada arranque.
listen_addresses = ''
unix_socket_directories = '$(printf '%s' "$SOCKET_DIR" | sed "s/'/''/g")'
unix_socket_permissions = 0777  # la carpeta del socket es la que cierra el paso (0700)
max_connections = 100
shared_buffers = $(between 64 $((memory / 4)) 4096)MB
effective_cache_size = $(between 128 $((memory / 2)) 32768)MB
maintenance_work_mem = $(between 32 $((memory / 16)) 512)MB
work_mem = $(between 4 $((memory / 512)) 32)MB
max_wal_size = 2GB
wal_compression = $(wal_compression)
random_page_cost = 1.1
jit = off                       # compilar cuesta más que las consultas espaciales cortas
max_locks_per_transaction = 256 # un cerrojo por celda de 128 m
archive_mode = on                # backup --archive-on señala después dónde; sin eso se descarta
archive_command = '/bin/true'
timezone = 'UTC'
log_timezone = 'UTC'
logging_collector = on
log_filename = 'postgresql-%a.log'
log_truncate_on_rotation = on
log_rotation_age = 1d
log_line_prefix = '%m [%p] %u@%d '
CONF
}

# The process that postmaster.pid names, if it is alive and is our postmaster: its working directory
# is the data directory. Asked as the server's user, who may always look.
postmaster_cwd() { as_server_user readlink "/proc/$1/cwd" 2>/dev/null; }

cluster_running() {
    [ -s "$DATA_DIR/postmaster.pid" ] && read -r postmaster <"$DATA_DIR/postmaster.pid" &&
        [ "$(postmaster_cwd "$postmaster")" = "$(readlink -f "$DATA_DIR")" ]
}

# After kill -9 the pid file stays. PostgreSQL clears it, unless the number now belongs to a stranger:
# then it refuses to start. The file goes only when that process is certainly not our server.
clear_stale_pid() {
    [ -s "$DATA_DIR/postmaster.pid" ] || return 0
    read -r postmaster <"$DATA_DIR/postmaster.pid"
    [ -r "/proc/$postmaster/comm" ] || return 0
    if [ "$(cat "/proc/$postmaster/comm")" = postgres ]; then
        place=$(postmaster_cwd "$postmaster") || return 0
        [ "$place" != "$(readlink -f "$DATA_DIR")" ] || return 0
    fi
    rm -f "$DATA_DIR/postmaster.pid" "$SOCKET_DIR/$SOCKET_NAME" "$SOCKET_DIR/$SOCKET_NAME.lock"
}

# Orphaned backends of a killed postmaster hold the shared memory for a moment: try again.
launch_cluster() {
    for _ in 1 2 3 4 5 6; do
        clear_stale_pid
        as_server_user "$PG_BIN/pg_ctl" start -s -w -t 120 -D "$DATA_DIR" -l "$DATA_DIR/start.log" && return 0
        ! cluster_answers || return 0
        sleep 2
    done
    tail -n 8 "$DATA_DIR/start.log" "$DATA_DIR/log/"*.log
    return 1
}

start_cluster() {
    retitle "PostgreSQL $PG_MAJOR con PostGIS $POSTGIS"
    ! cluster_answers || return 0
    private_folder "$SOCKET_DIR"
    share_socket
    make_cluster
    configure_cluster
    launch_cluster
}

stop_cluster() {
    cluster_running || return 0
    as_server_user "$PG_BIN/pg_ctl" stop -s -w -t 60 -m fast -D "$DATA_DIR" ||
        as_server_user "$PG_BIN/pg_ctl" stop -s -w -t 60 -m immediate -D "$DATA_DIR"
}
