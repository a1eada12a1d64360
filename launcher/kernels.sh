# The compiled loops of the hydrology index. They take some 15 s of one core, once for each numba, processor and change
# of their files: too long for a start, so they are compiled beside the running server.
# shellcheck shell=sh

# Compiled code does what its writer wants: what the user without rights keeps, nobody else loads.
kernels_folder() {
    if [ -n "${NUMBA_CACHE_DIR:-}" ]; then
        printf '%s' "$NUMBA_CACHE_DIR"
    elif [ -n "$SERVES_AS" ]; then
        printf '%s/service/numba' "$VAR"
    else
        printf '%s/numba' "$VAR"
    fi
}

# All that numba looks at before it takes what is kept, in 64 digits.
kernels_mark() {
    {
        stat -c '%n %s %y' "$ROOT"/water_basins/hydrology/*.py
        printf '%s\n' "$VENV"/lib/python*/site-packages/numba-*.dist-info \
            "$VENV"/lib/python*/site-packages/llvmlite-*.dist-info
        sed -n '/^model name/{p;q}' /proc/cpuinfo
    } | sha256sum | cut -d' ' -f1
}

kernels_are_compiled() { [ "$(cat "$(kernels_folder)/compiled" 2>/dev/null)" = "$(kernels_mark)" ]; }

# Without the mark no web process loads them ahead of the first question, which would compile them in each.
# shellcheck disable=SC2046  # words
forget_old_kernels() { kernels_are_compiled || $(as_service) rm -f "$(kernels_folder)/compiled"; }

# Marked as the server's processes are: `stop` ends it too.
# shellcheck disable=SC2046  # words
compile_kernels_aside() {
    ! kernels_are_compiled || return 0
    env LINDERO_SUPERVISED="$VAR" NUMBA_CACHE_DIR="$(kernels_folder)" setsid nice -n 10 $(as_service) \
        "$PYTHON" "$ROOT/launcher/compile_kernels.py" "$(kernels_mark)" \
        >"$LOGS/kernels.log" 2>&1 </dev/null 8>&- &
    say "  Cuencas: sus cálculos se compilan aparte, una sola vez (unos 15 s); quien pida una antes, espera."
}
