#!/bin/sh
# Keeps the web server, the job worker and the map renderers alive until it is told to stop (TERM).
# Started by server.sh with PYTHON, RUN, LOGS, AS_SERVICE and the children's environment; every process of it carries
# LINDERO_SUPERVISED in its environment, by which orphans are found.
set -u

LOG_LIMIT=20971520 # bytes
PATIENCE=25        # seconds a child gets to end by itself

note() { printf '%s supervisor: %s\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$*" >>"$LOGS/supervisor.log"; }

# Ends a child's whole group: politely, then not.
# (`kill -s`: dash does not know `--` after `-TERM`, and a group is a negative number.)
end_group() {
    kill -s TERM -- "-$1" 2>/dev/null || return 0
    for _ in $(seq $((PATIENCE * 5))); do
        kill -s 0 -- "-$1" 2>/dev/null || return 0
        sleep 0.2
    done
    note "el grupo $1 no terminó en $PATIENCE s; se interrumpe"
    kill -s KILL -- "-$1" 2>/dev/null
}

# keep NAME COMMAND…: starts it again whenever it ends, waiting longer when it keeps failing.
keep() {
    name=$1
    shift
    pause=1
    child=''
    trap '[ -z "$child" ] || end_group "$child"; rm -f "$RUN/$name.pid"; exit 0' TERM
    while :; do
        began=$(date +%s)
        # shellcheck disable=SC2086  # the words that drop rights, or none
        setsid $AS_SERVICE "$@" >>"$LOGS/$name.log" 2>&1 </dev/null &
        child=$!
        printf '%s\n' "$child" >"$RUN/$name.pid"
        wait "$child"
        status=$?
        [ $(($(date +%s) - began)) -lt 60 ] || pause=1
        note "$name terminó con estado $status; vuelve en $pause s"
        # What it may have left behind must not hold the port or the socket.
        kill -s KILL -- "-$child" 2>/dev/null
        sleep $pause &
        wait $!
        pause=$((pause * 2))
        [ $pause -le 30 ] || pause=30
    done
}

shorten_logs() {
    for log in "$LOGS"/web.log "$LOGS"/worker.log "$LOGS"/render.log "$LOGS"/supervisor.log; do
        [ -f "$log" ] && [ "$(stat -c %s "$log")" -gt $LOG_LIMIT ] || continue
        cp "$log" "$log.1" && : >"$log"
    done
}

keepers=''
# shellcheck disable=SC2086  # a list of numbers
stop_everything() {
    note "deteniendo"
    kill -TERM $keepers 2>/dev/null
    wait $keepers
    rm -f "$RUN/supervisor.pid"
    note "detenido"
    # The clocks (sleep) of this script and its keepers share its group; nobody is to wait for them.
    trap '' TERM
    kill -TERM 0
    exit 0
}
trap stop_everything TERM INT

printf '%s\n' "$$" >"$RUN/supervisor.pid"
note "en marcha"
# No page may hold a connection for long; jobs and commands may.
keep web env LINDERO_STATEMENT_TIMEOUT_S="${LINDERO_STATEMENT_TIMEOUT_S:-30}" \
    "$PYTHON" -m gunicorn gis_project.wsgi -c gunicorn.conf.py &
keepers="$keepers $!"
keep worker env LINDERO_STATEMENT_TIMEOUT_S=0 "$PYTHON" manage.py procrastinate worker &
keepers="$keepers $!"
if [ "$WITH_RENDER" = yes ]; then
    keep render "$PYTHON" manage.py render_server &
    keepers="$keepers $!"
fi

while :; do
    sleep 60 &
    wait $!
    shorten_logs
done
