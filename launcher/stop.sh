# Stopping: only processes of this installation, found by their mark; then the private cluster.
# shellcheck shell=sh

stop_processes() {
    if supervisor_runs; then
        kill -TERM "$(cat "$RUN/supervisor.pid")" 2>/dev/null || true
        wait_for_end 30
    fi
    # Orphans of a killed supervisor.
    signal_marked TERM
    wait_for_end 10
    signal_marked KILL
    wait_for_end 5
    rm -f "$RUN/supervisor.pid" "$RUN/web.pid" "$RUN/worker.pid" "$RUN/render.pid"
}

signal_marked() {
    for process in $(marked_processes); do kill "-$1" "$process" 2>/dev/null || true; done
}

wait_for_end() {
    for _ in $(seq $(($1 * 5))); do
        [ -n "$(marked_processes)" ] || return 0
        sleep 0.2
    done
}

stop_server_and_cluster() {
    stop_processes
    if own_cluster && locate_recorded_cluster && find_postgres; then stop_cluster; fi
}

stop_everything_here() {
    step "Todo detenido" "mire los procesos con ./lindero doctor" stop_server_and_cluster
}
