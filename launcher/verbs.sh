# The menu: each verb in the order of its work.
# shellcheck shell=sh

usage() {
    cat <<'TEXT'
Lindero: el catastro de un municipio. Uso: ./lindero VERBO

  up [--detach] [--port N] [--host H] [--sample mejia,celica,ona|none]
                 prepara lo que falte y sirve; --detach lo deja en marcha
  stop           detiene el servidor y la base privada
  doctor         revisa todo y dice qué falta
  manage …       órdenes de Django: ./lindero manage import_parcels --help
  psql …         una consola en la base
  reset [--yes]  borra los datos privados (pregunta antes)

  backup …       respalda en una carpeta: ./lindero backup --to /media/usb/lindero --passphrase-file F
  restore …      restaura al lado y compara: ./lindero restore CARPETA; con --switch pasa a usarla
  upgrade [--to VERSIÓN]
                 respalda, actualiza dependencias y esquema, revisa y arranca

  test …         las pruebas (admite argumentos de pytest)
  fast …         solo las pruebas puras, en segundos
  check [--all]  lo que revisa la integración continua; --all añade las pruebas largas
  accept …       acepta los resultados nuevos de tests/golden
  bench [NOMBRE] mediciones
  prepare        instala y construye todo sin crear la base (para imágenes)
TEXT
}

run_verb() {
    chosen=$1
    shift
    case $chosen in
        '' | help | -h | --help) usage ;;
        up) run_up "$@" ;;
        stop) run_stop ;;
        doctor) run_doctor ;;
        manage) run_manage "$@" ;;
        psql) run_psql "$@" ;;
        reset) run_reset "$@" ;;
        backup) run_backup "$@" ;;
        restore) run_restore "$@" ;;
        upgrade) run_upgrade "$@" ;;
        test) run_tests "$@" ;;
        fast) run_fast "$@" ;;
        check) run_checks "$@" ;;
        accept) run_tests --accept "$@" ;;
        bench) run_bench "$@" ;;
        prepare) run_prepare "$@" ;;
        *) usage >&2 && fail "No conozco el verbo «$chosen»." "Elija uno de la lista." ;;
    esac
}

# decide_address PORT HOST SAMPLE: what was asked now, else what the environment says, else the last time.
decide_address() {
    PORT=${1:-${LINDERO_PORT:-8000}}
    HOST=${2:-${LINDERO_HOST:-127.0.0.1}}
    SAMPLE=${3:-${LINDERO_SAMPLE:-mejia,celica,ona}}
    case $PORT in *[!0-9]* | ?????? | '' | 0) fail "«$PORT» no es un puerto." "Use un número de 1 a 65535." ;; esac
    case $SAMPLE in *[!a-z,-]*) fail "«$SAMPLE» no es una lista de muestras." "Por ejemplo: --sample mejia,celica" ;; esac
}

run_up() {
    detach=no port='' host='' sample=''
    while [ $# -gt 0 ]; do
        case $1 in
            --detach) detach=yes ;;
            --port | --host | --sample)
                [ $# -gt 1 ] || fail "$1 necesita un valor." "Vea ./lindero"
                case $1 in --port) port=$2 ;; --host) host=$2 ;; --sample) sample=$2 ;; esac
                shift
                ;;
            *) fail "up no conoce «$1»." "Vea ./lindero" ;;
        esac
        shift
    done
    up_began=$(now)
    load_environment
    decide_address "$port" "$host" "$sample"
    take_lock
    ensure_packages cluster
    ensure_python --no-dev
    check_port_early
    ensure_frontend
    ensure_database
    write_environment
    ensure_application
    ensure_server
    drop_lock
    show_addresses
    say "  Listo en $(seconds_since "$up_began")"
    [ $detach = yes ] || follow_logs
}

run_stop() {
    load_environment
    take_lock
    stop_everything_here
    drop_lock
}

run_prepare() {
    load_environment
    decide_address '' '' ''
    take_lock
    ensure_packages cluster
    [ "${1:-}" != --packages ] || return 0
    ensure_python --no-dev
    ensure_frontend
    drop_lock
}

# What `manage` and `psql` need, quickly when it is there; the steps are told on the error output.
prepare_database() {
    load_environment
    decide_address '' '' ''
    if own_cluster; then
        if locate_recorded_cluster && find_postgres && cluster_answers && [ -s "$ENV_FILE" ] &&
            [ -x "$VENV/bin/gunicorn" ]; then
            PYTHON=$VENV/bin/python
            write_environment
            return 0
        fi
    elif [ -x "$VENV/bin/gunicorn" ]; then
        PYTHON=$VENV/bin/python
        check_external_urls
        make_places
        write_environment
        return 0
    fi
    take_lock
    ensure_packages cluster
    ensure_python --no-dev
    ensure_database
    write_environment
    drop_lock
}

run_manage() {
    prepare_database >&2
    exec "$PYTHON" manage.py "$@"
}

run_psql() {
    prepare_database >&2
    if own_cluster; then
        exec "$PG_BIN/psql" -h "$SOCKET_DIR" -U "${PGUSER:-lindero_owner}" -d "${PGDATABASE:-lindero}" "$@"
    fi
    command -v psql >/dev/null 2>&1 || fail "No encuentro psql." "Instale postgresql-client."
    exec psql "$DATABASE_OWNER_URL" "$@"
}
