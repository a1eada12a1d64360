# Finds a PostgreSQL server of an accepted age with PostGIS beside it; starts nothing.
# shellcheck shell=sh

PG_MINIMUM=15
POSTGIS_MINIMUM=303 # 3.3 as major × 100 + minor

# Folders that may hold initdb and postgres, newest version first; PG_BIN set by hand comes before.
postgres_folders() {
    [ -z "${LINDERO_PG_BIN:-}" ] || say "$LINDERO_PG_BIN"
    for folder in /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /usr/local/pgsql/bin; do
        [ -x "$folder/postgres" ] && say "$folder"
    done | sort -t/ -k5 -rV
    found=$(command -v initdb 2>/dev/null) || return 0
    dirname -- "$(readlink -f "$found")"
}

postgres_major() { "$1/postgres" --version 2>/dev/null | sed -n 's/^[^0-9]*\([0-9]*\).*/\1/p'; }

# The PostGIS version that CREATE EXTENSION would install, as major.minor; nothing when absent.
postgis_version() {
    control=$("$1/pg_config" --sharedir 2>/dev/null)/extension/postgis.control
    [ -r "$control" ] || return 0
    sed -n "s/^default_version *= *'\([0-9]*\.[0-9]*\).*/\1/p" "$control"
}

version_number() { printf '%d' $((${1%%.*} * 100 + ${1#*.})); }

# Sets PG_BIN, PG_MAJOR, POSTGIS; or PG_WITHOUT_POSTGIS when only PostGIS is missing.
# Data that exist fix the major version: another one cannot read them.
find_postgres() {
    PG_BIN='' PG_MAJOR='' POSTGIS='' PG_WITHOUT_POSTGIS=''
    data_major=$(existing_data_major)
    for folder in $(postgres_folders); do
        major=$(postgres_major "$folder")
        [ -n "$major" ] && [ "$major" -ge $PG_MINIMUM ] || continue
        [ -z "$data_major" ] || [ "$data_major" = "$major" ] || continue
        version=$(postgis_version "$folder")
        if [ -z "$version" ] || [ "$(version_number "$version")" -lt $POSTGIS_MINIMUM ]; then
            : "${PG_WITHOUT_POSTGIS:=$major}"
            continue
        fi
        PG_BIN=$folder PG_MAJOR=$major POSTGIS=$version PG_WITHOUT_POSTGIS=''
        return 0
    done
    return 1
}

existing_data_major() {
    locate_recorded_cluster || return 0
    cat "$DATA_DIR/PG_VERSION" 2>/dev/null || true
}
