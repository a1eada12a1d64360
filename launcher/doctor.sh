# `doctor`: looks at everything, changes nothing; one line each, ✓ in order, ✗ with a remedy, – informative.
# shellcheck shell=sh

sick=no
well() { printf '  ✓ %s\n' "$*"; }
ill() {
    printf '  ✗ %s\n    Remedio: %s\n' "$1" "$2"
    sick=yes
}
also() { printf '  – %s\n' "$*"; }

run_doctor() {
    load_environment
    decide_address '' '' ''
    examine_machine
    examine_python
    examine_cluster
    examine_server
    examine_backup
    [ $sick = no ] || exit 1
}

examine_machine() {
    also "$(sed -n 's/^PRETTY_NAME="\(.*\)"/\1/p' /etc/os-release 2>/dev/null), $(uname -m), usuario $(id -un)"
    also "memoria $(memory_mib) MiB, $(nproc) núcleos; datos en $VAR"
    free_mib=$(($(df -Pk "$ROOT" | awk 'NR == 2 { print $4 }') / 1024))
    if [ "$free_mib" -lt 2048 ]; then
        ill "quedan $free_mib MiB en el disco" "libere espacio: Lindero necesita unos 2 GiB"
    else
        well "disco: $free_mib MiB libres"
    fi
    ! is_root || examine_service_user
}

# Who serves is seen in the process itself.
examine_service_user() {
    server=$(cat "$RUN/web.pid" 2>/dev/null) && [ -d "/proc/$server" ] || return 0
    if [ "$(stat -c %U "/proc/$server")" = root ]; then
        also "sirve como root; con la carpeta en /srv y el Python del sistema serviría $SERVICE_USER (docs/how-to/install.md)"
    else
        well "sirve el usuario $(stat -c %U "/proc/$server"), sin privilegios"
    fi
}

examine_python() {
    if find_python; then well "Python: $PYTHON"; else ill "no hay Python de 3.11 a 3.14" "./lindero up lo instala"; fi
    if find_uv; then well "uv: $("$UV" --version)"; else ill "no hay uv reciente" "./lindero up lo trae de PyPI"; fi
    if [ -x "$VENV/bin/gunicorn" ]; then well "dependencias instaladas"; else ill "faltan las dependencias" "./lindero up"; fi
    if frontend_is_fresh; then well "mapa y páginas construidos"; else ill "mapa y páginas sin construir" "./lindero up"; fi
    if find_mdbtools; then well "mdbtools para leer Access"; else also "sin mdbtools (apt-get install mdbtools): no se leen archivos de Access"; fi
    if find_chromium; then well "chromium para las pruebas"; else also "sin chromium: ./lindero test lo instala"; fi
}

examine_cluster() {
    if ! own_cluster; then
        also "base de datos ajena, por DATABASE_URL"
    elif ! find_postgres; then
        ill "no hay PostgreSQL ≥ 15 con PostGIS ≥ 3.3" "./lindero up lo instala"
        return 0
    else
        well "PostgreSQL $PG_MAJOR con PostGIS $POSTGIS en $PG_BIN"
        if ! locate_recorded_cluster; then
            also "la base privada aún no existe; ./lindero up la crea"
            return 0
        fi
        also "datos: $DATA_DIR · socket: $SOCKET_DIR"
        if ! cluster_answers; then
            ill "la base privada está detenida" "./lindero up"
            return 0
        fi
        well "la base privada responde"
    fi
    [ -x "$VENV/bin/python" ] && [ -n "${DATABASE_URL:-}" ] || return 0
    if "$VENV/bin/python" manage.py migrate --check >"$LOGS/doctor.log" 2>&1; then
        well "esquema al día"
    else
        ill "el esquema no está al día o la base no responde ($LOGS/doctor.log)" "./lindero up"
    fi
}

examine_server() {
    if ! supervisor_runs; then
        orphans=$(marked_processes | tr '\n' ' ')
        [ -z "$orphans" ] || ill "procesos sin supervisor: $orphans" "./lindero stop"
        also "el servidor está detenido; ./lindero up lo arranca"
        return 0
    fi
    well "supervisor $(cat "$RUN/supervisor.pid")"
    for child in web worker render; do
        [ -s "$RUN/$child.pid" ] || continue
        if carries_mark "$(cat "$RUN/$child.pid")"; then
            well "$child $(cat "$RUN/$child.pid")"
        else
            ill "$child no está en marcha" "mire $LOGS/$child.log"
        fi
    done
    if "$PYTHON" "$ROOT/launcher/wait_ready.py" "$(local_url)/readyz" 3 >"$LOGS/doctor.log" 2>&1; then
        well "$(local_url)/readyz responde"
    else
        ill "$(cat "$LOGS/doctor.log")" "mire $LOGS/web.log"
    fi
    if restarts=$(grep -c 'terminó con estado' "$LOGS/supervisor.log"); then
        also "reinicios de procesos desde que hay registro: $restarts"
    fi
}

# Ill only where backups were begun and have stopped: a trial needs none.
examine_backup() {
    if [ ! -s "$VAR/last-backup" ]; then
        also "sin respaldos todavía: docs/how-to/backup-and-restore.md"
        return 0
    fi
    read -r backup_at backup_place <"$VAR/last-backup"
    if [ -n "$(find "$VAR/last-backup" -mtime +7)" ]; then
        ill "el último respaldo es de $backup_at" "./lindero backup; mire cron o systemctl list-timers"
    else
        well "último respaldo: $backup_at en $backup_place"
    fi
    own_cluster && locate_recorded_cluster || return 0
    waiting=$(find "$(dirname -- "$DATA_DIR")/wal-spool" -type f 2>/dev/null | wc -l)
    [ "$waiting" -le 200 ] ||
        ill "$waiting segmentos de cambios esperan en wal-spool" "./lindero backup --wal-only, o --archive-off"
}
