# The running application: starting it, knowing whether it runs, waiting until it serves.
# shellcheck shell=sh

READY_SECONDS=120

carries_mark() { grep -qszxF "LINDERO_SUPERVISED=$VAR" "/proc/$1/environ"; }

# Every living process of this installation's server, whoever its parent is by now.
marked_processes() {
    grep -lszxF "LINDERO_SUPERVISED=$VAR" /proc/[0-9]*/environ 2>/dev/null | cut -d/ -f3
}

supervisor_runs() {
    [ -s "$RUN/supervisor.pid" ] && carries_mark "$(cat "$RUN/supervisor.pid")"
}

running_address() { cat "$RUN/address" 2>/dev/null || true; }

# Anything newer than the start (code, templates, dependencies, styles) asks for a new start.
code_is_newer() {
    changed=$(find "$ROOT"/gis_project "$ROOT"/cadastre "$ROOT"/layers "$ROOT"/water_basins \
        "$ROOT"/gunicorn.conf.py "$ROOT"/uv.lock "$VAR/local.env" \
        -name __pycache__ -prune -o -type f -newer "$RUN/started" -print -quit 2>/dev/null) || true
    [ -n "$changed" ]
}

server_is_current() {
    supervisor_runs && [ "$(running_address)" = "$HOST $PORT" ] && ! code_is_newer
}

address() {
    case $HOST in *:*) printf '[%s]:%s' "${HOST#[}" "$PORT" | sed 's/]]/]/' ;; *) printf '%s:%s' "$HOST" "$PORT" ;; esac
}

local_url() { printf 'http://%s:%s' "$(reachable_host)" "$PORT"; }

# Before anything is stopped or remembered: what holds the port must be ourselves or nobody.
check_port_early() {
    if [ -n "$(marked_processes)" ] && [ "$(running_address)" = "$HOST $PORT" ]; then return 0; fi
    check_port
}

check_port() {
    "$PYTHON" "$ROOT/launcher/free_port.py" "$HOST" "$PORT" >"$RUN/port" 2>&1 && return 0
    fail "El puerto $PORT de $HOST no se puede usar: $(sed -n 1p "$RUN/port")." \
        "$(sed -n 2p "$RUN/port")"
}

start_supervisor() {
    if has_command render_server; then WITH_RENDER=yes; else WITH_RENDER=no; fi
    rm -f "$RUN/supervisor.pid"
    printf '%s %s\n' "$HOST" "$PORT" >"$RUN/address"
    touch "$RUN/started"
    make_service_places
    forget_old_kernels
    env LINDERO_SUPERVISED="$VAR" NUMBA_CACHE_DIR="$(kernels_folder)" LINDERO_POOL=true LINDERO_BIND="$(address)" \
        PROMETHEUS_MULTIPROC_DIR="$SERVICE_DIR/metrics" \
        PYTHON="$PYTHON" RUN="$RUN" LOGS="$LOGS" WITH_RENDER=$WITH_RENDER AS_SERVICE="$(as_service)" PYTHONUNBUFFERED=1 \
        setsid sh "$ROOT/launcher/supervise.sh" >>"$LOGS/supervisor.log" 2>&1 </dev/null &
}

wait_until_ready() {
    "$PYTHON" "$ROOT/launcher/wait_ready.py" "$(local_url)/readyz" $READY_SECONDS && return 0
    say "--- $(shown "$LOGS")/web.log:"
    tail -n 8 "$LOGS/web.log"
    return 1
}

start_and_wait() {
    start_supervisor
    wait_until_ready
}

ensure_server() {
    if server_is_current; then
        step "Servidor ya en marcha" "mire $(shown "$LOGS")/web.log" wait_until_ready
        return 0
    fi
    stop_processes
    check_port
    choose_service_user
    step "Servidor, trabajos y mapas" "mire $(shown "$LOGS")/web.log; ./lindero doctor revisa todo" start_and_wait
    say_who_serves
    compile_kernels_aside
}

show_addresses() {
    say ""
    say "  Lindero: ${LINDERO_PUBLIC_URL:-$(local_url)}/"
    say "  mapas (WMS): $(local_url)/wms   datos (OGC API): $(local_url)/ogc/"
    show_samples
    case $HOST in
        127.0.0.1 | localhost | ::1) ;;
        *) say "  Escucha en $HOST: cualquiera en la red puede entrar. Ponga HTTPS delante (docs/how-to/install.md)." ;;
    esac
}

# Shows the logs until Ctrl-C, then stops everything that was started.
follow_logs() {
    say ""
    say "  Ctrl-C detiene todo. (--detach lo deja en marcha.)"
    tail -q -n 0 -F "$LOGS/web.log" "$LOGS/worker.log" "$LOGS/render.log" 2>/dev/null &
    tail_process=$!
    trap 'kill $tail_process 2>/dev/null; say ""; stop_everything_here; exit 0' INT TERM HUP
    while supervisor_runs; do
        sleep 2 &
        wait $! || true
    done
    kill $tail_process 2>/dev/null || true
    fail "El supervisor terminó." "mire $(shown "$LOGS")/supervisor.log; ./lindero up lo arranca otra vez"
}
