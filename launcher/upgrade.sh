# `upgrade`: from the version that the data are of to the version of the code, with a way back.
# Two halves: the first backs up with everything as it was; the second begins anew as the new version's own script.
# shellcheck shell=sh

run_upgrade() {
    [ "${1:-}" != --second-half ] || { finish_upgrade; return; }
    target='' backup_to=${LINDERO_BACKUP_FOLDER:-} backup_how=''
    while [ $# -gt 0 ]; do
        case $1 in
            --plain) backup_how=--plain ;;
            --to | --backup-to | --passphrase-file)
                [ $# -gt 1 ] || fail "$1 necesita un valor." "Vea ./lindero"
                case $1 in
                    --to) target=$2 ;;
                    --backup-to) backup_to=$2 ;;
                    --passphrase-file) export LINDERO_BACKUP_PASSPHRASE_FILE="$2" ;;
                esac
                shift
                ;;
            *) fail "upgrade no conoce «$1»." "Vea docs/how-to/upgrade.md" ;;
        esac
        shift
    done
    load_environment
    decide_address '' '' ''
    [ -s "$ENV_FILE" ] || fail "Aquí no hay una instalación que actualizar." "Use ./lindero up"
    : "${backup_to:=${LINDERO_BACKUP_FOLDER:-}}"
    [ -n "$backup_to" ] || fail "Antes de actualizar se hace un respaldo, y no sé dónde." \
        "Indique --backup-to CARPETA y --passphrase-file ARCHIVO, o LINDERO_BACKUP_FOLDER en var/local.env."
    [ -x "$VENV/bin/gunicorn" ] || fail "Faltan las dependencias de la versión en uso." "Use ./lindero up"
    check_target "$target"
    take_lock
    if supervisor_runs; then was_running=yes; else was_running=no; fi
    trap nothing_changed EXIT
    ensure_packages cluster
    PYTHON=$VENV/bin/python
    ensure_database
    write_environment
    export_programs
    archived_before=$(archives_now)
    # A dump of another server knows no later changes: nobody may write after it.
    own_cluster || step "Servidor detenido" "mire los procesos con ./lindero doctor" stop_processes
    step "Respaldo en $backup_to" "corrija la causa y repita; no se ha tocado nada" back_up_before
    trap - EXIT
    drop_lock
    UPGRADE_FROM=$(git rev-parse HEAD 2>/dev/null || say desconocida)
    export UPGRADE_FROM UPGRADE_FOLDER="$backup_to" UPGRADE_WAS_RUNNING="$was_running"
    export UPGRADE_ARCHIVED="$archived_before" UPGRADE_SET UPGRADE_TARGET="$target"
    UPGRADE_SET=$(basename -- "$(cut -d' ' -f2- "$VAR/last-backup")")
    hold_and_fetch
    # What was exported for our own commands would look there like a server of the person's own.
    if own_cluster; then unset DATABASE_URL DATABASE_OWNER_URL DATABASE_PUBLIC_URL DATABASE_AUDITOR_URL; fi
    exec "$ROOT/lindero" upgrade --second-half
}

# The tag must be known here and no file of the checkout changed by hand.
check_target() {
    [ -n "$1" ] || return 0
    git diff --quiet HEAD 2>/dev/null || fail "Hay archivos del programa cambiados a mano." \
        "Vea cuáles con: git status"
    git rev-parse -q --verify "$1^{commit}" >/dev/null || git fetch -q --tags ||
        fail "No se pudieron traer las versiones." "Compruebe la red: git fetch --tags"
    git rev-parse -q --verify "$1^{commit}" >/dev/null || fail "No hay una versión «$1»." \
        "Vea cuáles con: git tag"
}

archives_now() {
    own_cluster || { say no; return; }
    case $(as_superuser -d postgres -Atc 'SHOW archive_command') in *wal-spool*) say yes ;; *) say no ;; esac
}

# shellcheck disable=SC2086  # empty or one word
back_up_before() {
    if own_cluster; then manage backup --to "$backup_to" $backup_how --archive-on; else
        manage backup --to "$backup_to" $backup_how
    fi
}

# After the last write: the changes since the backup go to the folder too, then the new code comes.
hold_and_fetch() {
    take_lock
    trap nothing_migrated EXIT
    step "Servidor detenido" "mire los procesos con ./lindero doctor" stop_processes
    UPGRADE_INSTANT=$(date -u +%Y-%m-%dT%H:%M:%S.%6N+00:00)
    export UPGRADE_INSTANT
    # shellcheck disable=SC2086
    ! own_cluster || step "Últimos cambios, al respaldo" "¿sigue montado el disco?" \
        manage backup --to "$UPGRADE_FOLDER" $backup_how --wal-only
    [ -z "$UPGRADE_TARGET" ] || step "Código de $UPGRADE_TARGET" "mire git status" git checkout -q "$UPGRADE_TARGET"
    trap - EXIT
    drop_lock
}

finish_upgrade() {
    load_environment
    decide_address '' '' ''
    take_lock
    trap tell_way_back EXIT
    ensure_packages cluster
    ensure_python --no-dev
    ensure_frontend
    ensure_database
    write_environment
    step "Esquema y archivos estáticos" "vuelva a la versión anterior, como se dice abajo" prepare_schema
    step "Leyes del registro (audit)" "vuelva a la versión anterior, como se dice abajo" manage audit
    [ "$UPGRADE_WAS_RUNNING" = no ] || ensure_server
    trap - EXIT
    [ "$UPGRADE_ARCHIVED" = yes ] || ! own_cluster ||
        step "Archivo de cambios, como antes" "./lindero backup --archive-off" manage backup --archive-off
    drop_lock
    say "  Actualizado. El respaldo de antes: $UPGRADE_FOLDER/juegos/$UPGRADE_SET"
    [ "$UPGRADE_WAS_RUNNING" = yes ] || say "  El servidor estaba detenido: ./lindero up lo arranca."
}

nothing_changed() {
    say ""
    say "  Nada cambió: ni el programa ni la base."
    supervisor_runs || say "  El servidor está detenido: ./lindero up lo arranca como antes."
}

nothing_migrated() {
    say ""
    say "  La base no cambió. Para servir otra vez: git checkout $UPGRADE_FROM && ./lindero up"
}

tell_way_back() {
    say ""
    say "  La actualización no terminó y el servidor quedó detenido. Para volver a como estaba:"
    say "    git checkout $UPGRADE_FROM"
    if own_cluster; then
        say "    ./lindero restore $UPGRADE_FOLDER --set $UPGRADE_SET --to-time $UPGRADE_INSTANT --switch"
    else
        say "    su base: cargue $UPGRADE_FOLDER/juegos/$UPGRADE_SET (docs/how-to/backup-and-restore.md)"
    fi
    say "    ./lindero up"
    say "  (con --passphrase-file si el respaldo está cifrado). O corrija la causa y repita ./lindero upgrade."
}
