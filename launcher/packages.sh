# System packages, by apt: only those that are missing, and all in one go.
# shellcheck shell=sh

CREATECLUSTER_CONF=/etc/postgresql-common/createcluster.conf

fonts_present() { [ -n "$(find /usr/share/fonts -name 'DejaVuSans.ttf' -print -quit 2>/dev/null)" ]; }

needs() { case " $purposes " in *" $1 "*) return 0 ;; *) return 1 ;; esac; }

# The packages that this verb needs and this machine lacks, one a line.
missing_packages() {
    if needs cluster && own_cluster && ! find_postgres; then postgres_packages; fi
    find_python || say python3
    if ! find_uv; then
        # Debian splits venv's pip off; a Python from elsewhere brings its own.
        find_python && "$PYTHON" -c 'import ensurepip' 2>/dev/null || say python3-venv
    fi
    [ -s /etc/ssl/certs/ca-certificates.crt ] || say ca-certificates
    [ -e /usr/share/zoneinfo/America/Guayaquil ] || say tzdata
    fonts_present || say fonts-dejavu-core
    if needs tests; then test_packages; fi
}

# What only the tests call: the browser, what the Node that drives it is linked with, msgfmt, ps, what reads Access files; shellcheck where
# PyPI has no build of it.
test_packages() {
    find_chromium || say chromium
    find_libatomic || say libatomic1
    command -v msgfmt >/dev/null 2>&1 || say gettext
    command -v ps >/dev/null 2>&1 || say procps
    find_mdbtools || say mdbtools
    [ "$(uname -m)" = x86_64 ] || command -v shellcheck >/dev/null 2>&1 || say shellcheck
}

find_mdbtools() { command -v mdb-export >/dev/null 2>&1; }
find_chromium() { command -v chromium >/dev/null 2>&1; }
find_libatomic() { [ -n "$(find /usr/lib /usr/lib64 -maxdepth 2 -name libatomic.so.1 -print -quit 2>/dev/null)" ]; }

# A server of the right age without PostGIS keeps its version; otherwise the distribution's own.
postgres_packages() {
    if [ -n "$PG_WITHOUT_POSTGIS" ]; then
        say "postgresql-$PG_WITHOUT_POSTGIS-postgis-3"
    else
        say postgresql
        say postgresql-postgis
    fi
}

# Runs a command as root: directly, or through sudo (which may ask for the password on the terminal).
as_root() {
    if is_root; then
        "$@"
    elif sudo -n true 2>/dev/null; then
        sudo -n "$@"
    else
        sudo "$@"
    fi
}

can_become_root() {
    is_root && return 0
    command -v sudo >/dev/null 2>&1 || return 1
    sudo -n true 2>/dev/null || { [ -t 0 ] && [ -t 2 ]; }
}

# ensure_packages [cluster] [tests]: what every verb needs, and what these two need.
ensure_packages() {
    purposes=$*
    wanted=$(missing_packages | sort -u | tr '\n' ' ')
    if [ -n "$wanted" ]; then
        check_can_install "$wanted"
        step "Paquetes del sistema: $wanted" "repita con red; o instale a mano: apt-get install $wanted" \
            install_packages "$wanted"
        wanted=$(missing_packages | sort -u | tr '\n' ' ')
        [ -z "$wanted" ] || fail "Después de instalar sigue faltando: $wanted" \
            "Lindero necesita PostgreSQL ≥ 15, PostGIS ≥ 3.3 y Python 3.11 a 3.14:" \
            "Debian 12 o 13, Ubuntu 24.04 o posterior. En otro sistema use Docker: docker compose up"
    fi
    if needs cluster && own_cluster; then find_postgres; fi
    find_python
}

check_can_install() {
    command -v apt-get >/dev/null 2>&1 || fail "Faltan programas ($1) y aquí no hay apt." \
        "Instálelos con el gestor de su sistema, o use Docker: docker compose up," \
        "o ponga en DATABASE_URL un servidor PostgreSQL con PostGIS (docs/how-to/install.md)."
    can_become_root || fail "Faltan paquetes ($1) y usted no es root ni puede usar sudo." \
        "Pida que ejecuten: apt-get install $1" \
        "o use Docker: docker compose up, o ponga DATABASE_URL (docs/how-to/install.md)."
}

# shellcheck disable=SC2086  # the list is words
install_packages() {
    case " $1 " in *" postgresql "*) refuse_main_cluster ;; esac
    set -- $1
    options="-o DPkg::Lock::Timeout=300 -o Dpkg::Options::=--force-confold -o Acquire::Retries=3"
    quiet="DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=a UCF_FORCE_CONFFOLD=1 LC_ALL=C.UTF-8"
    as_root env $quiet apt-get $options update -q
    as_root env $quiet apt-get $options install -q -y --no-install-recommends "$@"
}

# Debian's package would start a server of its own on port 5432, which nobody asked for.
refuse_main_cluster() {
    [ ! -e "$CREATECLUSTER_CONF" ] || return 0
    as_root mkdir -p "${CREATECLUSTER_CONF%/*}"
    printf 'create_main_cluster = false\n' | as_root tee "$CREATECLUSTER_CONF" >/dev/null
}
