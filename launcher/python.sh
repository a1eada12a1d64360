# Python of the system, uv, and the locked dependencies.
# shellcheck shell=sh

UV_MINIMUM=800 # 0.8 as major × 10000 + minor × 100
UV_REQUIREMENT='uv>=0.8,<1'
PYTHON_CANDIDATES='python3 python3.13 python3.12 python3.11 python3.14'
PYTHON_TEST='import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))'

runs_as_python() { "$1" -c "$PYTHON_TEST" >/dev/null 2>&1; }

# Sets PYTHON to the interpreter to use. Each candidate is run: a name on PATH may be a broken shim.
# An environment that already works keeps its interpreter, so that nothing is rebuilt.
find_python() {
    PYTHON=''
    if [ -x "$VENV/bin/python" ] && runs_as_python "$VENV/bin/python"; then
        PYTHON=$VENV/bin/python
        return 0
    fi
    for candidate in ${LINDERO_PYTHON:-} $PYTHON_CANDIDATES /usr/bin/python3; do
        runs_as_python "$candidate" || continue
        PYTHON=$("$candidate" -c 'import sys; print(sys.executable)')
        return 0
    done
    return 1
}

uv_number() {
    "$1" --version 2>/dev/null | sed -n 's/^uv \([0-9]*\)\.\([0-9]*\)\..*/\1 \2/p' |
        { read -r major minor && printf '%d' $((major * 10000 + minor * 100)); }
}

recent_uv() {
    found_number=$(uv_number "$1") || return 1
    [ -n "$found_number" ] && [ "$found_number" -ge $UV_MINIMUM ]
}

# Sets UV: the one on PATH when recent enough, otherwise our own under var/tools.
find_uv() {
    UV=''
    for candidate in uv "$TOOLS/uv/bin/uv"; do
        command -v "$candidate" >/dev/null 2>&1 && recent_uv "$candidate" || continue
        UV=$candidate
        return 0
    done
    return 1
}

# Only PyPI is asked (or the index that PIP_INDEX_URL or pip's configuration names).
install_uv() {
    rm -rf "$TOOLS/uv"
    "$PYTHON" -m venv "$TOOLS/uv"
    "$TOOLS/uv/bin/pip" install --disable-pip-version-check "$UV_REQUIREMENT"
}

# uv reads UV_INDEX_URL, not pip's variable: whoever has a mirror set it once for both.
share_package_index() {
    [ -z "${PIP_INDEX_URL:-}" ] || [ -n "${UV_INDEX_URL:-}${UV_DEFAULT_INDEX:-}" ] ||
        export UV_DEFAULT_INDEX="$PIP_INDEX_URL"
}

# `--inexact` keeps what another verb installed: `up` and `test` share one environment. New packages are
# compiled at once: the server's own user cannot write beside them and would compile them at each start.
sync_python() {
    retitle "Dependencias de Python ($("$PYTHON" -c 'import platform; print(platform.python_version())'))"
    [ "$VENV/compiled" -nt uv.lock ] || set -- --compile-bytecode "$@"
    UV_PROJECT_ENVIRONMENT=$VENV "$UV" sync --frozen --inexact --no-python-downloads \
        --python "$PYTHON" "$@"
    touch "$VENV/compiled"
}

# ensure_python --no-dev | --group dev
ensure_python() {
    share_package_index
    if ! find_uv; then
        step "uv, de PyPI" "compruebe la red o su índice de paquetes (PIP_INDEX_URL) y repita" install_uv
        find_uv || fail "El uv instalado no arranca." "Borre $(shown "$TOOLS/uv") y repita."
    fi
    step "Dependencias de Python" "compruebe la red y repita; si persiste, borre .venv" sync_python "$@"
    PYTHON=$VENV/bin/python
}
