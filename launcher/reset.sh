# `reset`: throws the private data away. Only what the launcher made, by name; never a foreign database.
# shellcheck shell=sh

run_reset() {
    load_environment
    own_cluster || fail "DATABASE_URL señala una base que no es de Lindero." \
        "reset solo borra la base privada; la otra la borra su administrador."
    locate_recorded_cluster || DATA_DIR='' SOCKET_DIR=''
    if [ "${1:-}" != --yes ]; then
        say "Se borrarán la base privada (${DATA_DIR:-aún no existe}), los archivos subidos y la configuración en $VAR."
        printf 'Escriba «borrar» para seguir: '
        read -r reply || reply=''
        [ "$reply" = borrar ] || fail "No se borró nada." "Con --yes no pregunta."
    fi
    take_lock
    step "Todo detenido" "mire los procesos con ./lindero doctor" stop_server_and_cluster
    step "Datos privados borrados" "mire los permisos de $VAR" remove_private_data
    drop_lock
    rm -rf "${RUN:?}"
}

remove_private_data() {
    for place in "$DATA_DIR" "$SOCKET_DIR"; do
        [ -z "$place" ] || rm -rf "$place"
    done
    # What backup and restore left beside the data.
    if [ -n "$DATA_DIR" ]; then
        home=$(dirname -- "$DATA_DIR")
        for name in wal wal-spool start.log result.json; do rm -rf "${home:?}/$name"; done
    fi
    # The homes of cluster and socket, once they are empty.
    for place in "$DATA_DIR" "$SOCKET_DIR"; do
        [ -z "$place" ] || rmdir "$(dirname -- "$place")" 2>/dev/null || true
    done
    rm -rf "$VAR/files" "$VAR/service" "$VAR/static" "$VAR/postgres" "$ENV_FILE" "$CLUSTER_FILE"
}
