# Roles and databases, by roles.sql; on a server of one's own its administrator runs the same file.
# shellcheck shell=sh

as_superuser() { "$PG_BIN/psql" -X -q -v ON_ERROR_STOP=1 -h "$SOCKET_DIR" -U postgres "$@"; }

prepare_roles() { as_superuser -d postgres -f "$ROOT/launcher/roles.sql"; }

ensure_database() {
    if ! own_cluster; then
        check_external_urls
        return 0
    fi
    locate_cluster
    step "PostgreSQL" "mire $(shown "$DATA_DIR")/log; ./lindero doctor dice qué falta" start_cluster
    step "Roles y bases de datos" "repita ./lindero up; si persiste, ./lindero reset borra los datos privados" \
        prepare_roles
}
