# The environment of every process: what the person exported wins over var/local.env (theirs),
# which wins over var/lindero.env (written here).
# shellcheck shell=sh

# Reads NAME=value lines literally (nothing is evaluated); a name already set keeps its value.
load_env_file() {
    [ -r "$1" ] || return 0
    env_source=$(shown "$1")
    while IFS= read -r env_line || [ -n "$env_line" ]; do
        case $env_line in '' | \#*) continue ;; esac
        env_name=${env_line%%=*}
        env_value=${env_line#*=}
        case $env_name in
            '' | *[!A-Z0-9_]* | [0-9]*)
                fail "En $env_source hay una línea que no es NOMBRE=valor." "Corríjala y repita." ;;
        esac
        eval "env_known=\${$env_name+yes}"
        [ -n "$env_known" ] || export "$env_name=$env_value"
    done <"$1"
}

load_environment() {
    load_env_file "$LOCAL_ENV_FILE"
    if [ -n "${DATABASE_URL:-}" ]; then database_kind=external; else database_kind=private; fi
    load_env_file "$ENV_FILE"
}

own_cluster() { [ "$database_kind" = private ]; }

# A foreign server needs all its roles named; the launcher will not guess passwords.
check_external_urls() {
    for url_name in DATABASE_OWNER_URL DATABASE_PUBLIC_URL DATABASE_AUDITOR_URL; do
        eval "url_value=\${$url_name:-}"
        [ -n "$url_value" ] || fail "DATABASE_URL está definida, pero falta $url_name." \
            "Defina las cuatro direcciones (por ejemplo en $(shown "$LOCAL_ENV_FILE")); cada una entra con su rol:" \
            "  DATABASE_URL lindero_app · DATABASE_OWNER_URL lindero_owner" \
            "  DATABASE_PUBLIC_URL lindero_public · DATABASE_AUDITOR_URL lindero_auditor" \
            "Un administrador del servidor crea roles y bases con: psql -f launcher/roles.sql"
    done
}

url_encoded() {
    printf '%s' "$1" | sed -e 's/%/%25/g' -e 's/ /%20/g' -e 's/#/%23/g' -e 's/&/%26/g' \
        -e 's/+/%2B/g' -e 's/?/%3F/g' -e 's/;/%3B/g' -e "s/'/%27/g"
}

private_url() { printf 'postgresql://%s@/lindero?host=%s&port=5432' "$1" "$(url_encoded "$SOCKET_DIR")"; }

# 50 random characters from the system's generator, made once.
random_key() { LC_ALL=C tr -dc 'A-Za-z0-9' </dev/urandom | head -c 50; }

stored() { sed -n "s/^$1=//p" "$ENV_FILE" 2>/dev/null | head -n 1; }

# Writes var/lindero.env anew, keeping the secret; readable by its owner only. Several verbs may do it at once.
write_environment() {
    key=$(stored SECRET_KEY)
    privacy_key=$(stored LINDERO_PRIVACY_KEY)
    # An installation that began without it has hashed with the secret key: it stays so.
    [ -n "$privacy_key" ] || privacy_key=$key
    (
        umask 077
        {
            say "# Escrito por ./lindero; sus cambios van en $(shown "$LOCAL_ENV_FILE")."
            say "SECRET_KEY=${key:-$(random_key)}"
            say "LINDERO_PRIVACY_KEY=${privacy_key:-$(random_key)}"
            say "LINDERO_HOST=$HOST"
            say "LINDERO_PORT=$PORT"
            say "LINDERO_SAMPLE=$SAMPLE"
            if own_cluster; then
                say "DATABASE_URL=$(private_url lindero_app)"
                say "DATABASE_OWNER_URL=$(private_url lindero_owner)"
                say "DATABASE_PUBLIC_URL=$(private_url lindero_public)"
                say "DATABASE_AUDITOR_URL=$(private_url lindero_auditor)"
            fi
        } >"$ENV_FILE.$$"
    )
    mv "$ENV_FILE.$$" "$ENV_FILE"
    if own_cluster; then unset DATABASE_URL DATABASE_OWNER_URL DATABASE_PUBLIC_URL DATABASE_AUDITOR_URL; fi
    unset LINDERO_HOST LINDERO_PORT LINDERO_SAMPLE
    load_env_file "$ENV_FILE"
    export LINDERO_VAR="$VAR" DJANGO_SETTINGS_MODULE=gis_project.settings
    : "${LINDERO_PUBLIC_URL:=http://$(reachable_host):$PORT}"
    : "${LINDERO_ALLOWED_HOSTS:=$(default_allowed_hosts)}"
    export LINDERO_PUBLIC_URL LINDERO_ALLOWED_HOSTS
}

# The name by which a browser on this machine reaches what listens on $HOST.
reachable_host() {
    case $HOST in
        0.0.0.0 | :: | '[::]') printf '127.0.0.1' ;;
        *:*) printf '[%s]' "$HOST" ;;
        *) printf '%s' "$HOST" ;;
    esac
}

default_allowed_hosts() {
    printf '127.0.0.1,localhost,[::1]'
    case $HOST in
        127.0.0.1 | localhost | ::1) ;;
        0.0.0.0 | ::) for address in $(hostname) $(hostname -I 2>/dev/null); do
            case $address in *:*) printf ',[%s]' "$address" ;; *) printf ',%s' "$address" ;; esac
        done ;;
        *) printf ',%s' "$(reachable_host)" ;;
    esac
}
