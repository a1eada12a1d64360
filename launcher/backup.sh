# `backup` and `restore`: what runs and what stands meanwhile; Django's commands do the work.
# shellcheck shell=sh

run_backup() {
    prepare_database >&2
    export_programs
    exec "$PYTHON" manage.py backup "$@"
}

# A restore must not need the present cluster: it may be the broken one.
run_restore() {
    wanted_switch=no
    for word in "$@"; do [ "$word" != --switch ] || wanted_switch=yes; done
    load_environment
    decide_address '' '' ''
    take_lock
    ensure_packages cluster >&2
    if [ -x "$VENV/bin/gunicorn" ]; then PYTHON=$VENV/bin/python; else ensure_python --no-dev >&2; fi
    if own_cluster; then locate_cluster; fi
    write_environment
    export_programs
    [ $wanted_switch = no ] || step "Servidor detenido" "mire los procesos con ./lindero doctor" stop_processes
    # What ends with this shell is the lock; the old cluster goes on until the new one has proved equal.
    "$PYTHON" manage.py restore "$@" 8>&- || {
        [ $wanted_switch = no ] || say "  Nada cambió: ./lindero up arranca como antes." >&2
        exit 1
    }
    if [ $wanted_switch = yes ] && own_cluster; then
        step "Base anterior detenida" "deténgala con pg_ctl; sus datos quedan" stop_cluster
    fi
    drop_lock
}

# Which PostgreSQL was found, for the commands that run its programs.
export_programs() {
    [ -z "${PG_BIN:-}" ] || export LINDERO_PG_BIN="$PG_BIN"
}
