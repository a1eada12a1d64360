# Where things live. LINDERO_VAR moves the private data; the tools stay with the checkout.
# shellcheck shell=sh

VAR=${LINDERO_VAR:-$ROOT/var}
case $VAR in /*) ;; *) VAR=$ROOT/$VAR ;; esac
export LINDERO_VAR="$VAR"
# Inherited, it would make each process compile every module anew: seconds of each start, each command, each test.
unset PYTHONDONTWRITEBYTECODE

LOGS=$VAR/log
RUN=$VAR/run
TOOLS=$ROOT/var/tools
VENV=$ROOT/.venv
ENV_FILE=$VAR/lindero.env
LOCAL_ENV_FILE=$VAR/local.env
CLUSTER_FILE=$VAR/cluster

SOCKET_NAME=.s.PGSQL.5432
SOCKET_LIMIT=107 # bytes: sun_path less its closing zero

is_root() { [ "$(id -u)" -eq 0 ]; }

make_places() {
    mkdir -p "$VAR" "$LOGS" "$RUN"
    # The path of one step may show names of people: logs are for the owner of the installation.
    chmod 0700 "$LOGS" "$RUN"
}

# A short stable name for this installation, for places outside the checkout.
installation_hash() { printf '%s' "$VAR" | sha256sum | cut -c1-12; }

byte_length() { printf '%s' "$1" | wc -c; }

socket_fits() { [ "$(byte_length "$1/$SOCKET_NAME")" -le $SOCKET_LIMIT ]; }

# One preparation at a time: the lock is fd 8, released when the process ends however it ends.
take_lock() {
    make_places
    exec 8>"$RUN/prepare.lock"
    flock -n 8 && return 0
    say "  … otro ./lindero está preparando esta instalación; espero a que termine"
    flock -w 900 8 || fail "El otro ./lindero no terminó en 15 minutos." \
        "Mire qué hace con: ./lindero doctor"
}

drop_lock() { exec 8>&-; }
