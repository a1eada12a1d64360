# Tests and checks: `test`, `fast`, `check` (what CI runs), `accept`, `bench`.
# shellcheck shell=sh

run_tests() {
    prepare_for_tests
    drop_lock
    if [ $# -gt 0 ]; then
        "$PYTHON" -m pytest "$@"
    else
        in_lanes
    fi
}

# in_lanes ARGUMENTS…: all tests side by side, a lane per core, each with databases and files of its own.
# The tests of one file stay in one lane; files marked `long` begin first. One core, or one lane asked for, is plain pytest.
in_lanes() {
    lanes=${LINDERO_TEST_LANES:-$(nproc 2>/dev/null || echo 1)}
    case $lanes in '' | *[!0-9]*) fail "LINDERO_TEST_LANES=«$lanes» no es un número." "Use 1, 2, 3 o 4." ;; esac
    [ "$lanes" -le 4 ] || lanes=4
    if [ "$lanes" -gt 1 ]; then
        set -- "$@" --dist loadfile --no-loadscope-reorder
        lane=1
        while [ "$lane" -le "$lanes" ]; do
            mkdir -p "$VAR/lanes/$lane"
            lane_database=${LINDERO_TEST_DATABASE:-test_lindero}_lane$lane
            set -- "$@" --tx "popen//env:LINDERO_VAR=$VAR/lanes/$lane//env:LINDERO_TEST_DATABASE=$lane_database"
            lane=$((lane + 1))
        done
    fi
    "$PYTHON" -m pytest "$@"
}

# Pure tests: no database, browser or server is prepared, so none can be used.
run_fast() {
    load_environment
    take_lock
    ensure_packages
    ensure_python --group dev
    drop_lock
    for url_name in DATABASE_URL DATABASE_OWNER_URL DATABASE_PUBLIC_URL DATABASE_AUDITOR_URL; do
        eval "[ -n \"\${$url_name:-}\" ]" || export "$url_name=postgresql://nobody@/none?host=/nonexistent"
    done
    : "${SECRET_KEY:=$(random_key)}"
    export SECRET_KEY
    exec "$PYTHON" -m pytest -m "not database and not browser and not launcher and not programs and not slow" "$@"
}

prepare_for_tests() {
    load_environment
    decide_address '' '' ''
    take_lock
    ensure_packages cluster tests
    ensure_python --group dev
    ensure_frontend
    ensure_database
    write_environment
}

failed_checks=''
# check_step NAME COMMAND…: like step, but goes on, so that one run shows everything that is wrong.
check_step() {
    check_name=$1
    check_log=$LOGS/check-$(printf '%s' "$check_name" | tr -c 'a-z0-9\n' '-').log
    shift
    check_began=$(now)
    if (set -e; "$@") >"$check_log" 2>&1 </dev/null 8>&-; then
        printf '  ✓ %s … %s\n' "$check_name" "$(seconds_since "$check_began")"
        return 0
    fi
    printf '  ✗ %s … %s\n' "$check_name" "$(seconds_since "$check_began")"
    tail -n 40 "$check_log" | sed 's/^/      │ /'
    failed_checks="$failed_checks $check_name"
}

check_migrations() { manage makemigrations --check --dry-run; }
check_types() { "$PYTHON" -m mypy gis_project cadastre water_basins layers; }
check_contracts() { "$VENV/bin/lint-imports"; }
check_shell() { PATH="$VENV/bin:$PATH" shellcheck -x lindero launcher/*.sh .ci/run bench/*.sh; }

run_checks() {
    selection='not slow'
    case ${1:-} in
        --all) selection='slow or not slow' && shift ;;
        --static) selection='' && shift ;;
    esac
    prepare_for_tests
    check_step "ruff" "$PYTHON" -m ruff check .
    check_step "formato" "$PYTHON" -m ruff format --check .
    check_step "tipos" check_types
    check_step "contratos entre capas" check_contracts
    check_step "migraciones al día" check_migrations
    check_step "guiones sh" check_shell
    [ ! -f frontend/package.json ] || check_step "página y mapa" check_frontend
    drop_lock
    [ -z "$failed_checks" ] || say "  ✗ con faltas:$failed_checks"
    [ -n "$selection" ] || { [ -z "$failed_checks" ]; return; }
    tests_passed=yes
    in_lanes -m "$selection" "$@" || tests_passed=no
    [ $tests_passed = yes ] && [ -z "$failed_checks" ]
}

run_bench() {
    bench_name=${1:-}
    if [ -z "$bench_name" ] || ! { [ -f "bench/$bench_name.py" ] || [ -f "bench/$bench_name.sh" ]; }; then
        say "Mediciones: ./lindero bench NOMBRE"
        for file in bench/*.py bench/*.sh; do
            [ ! -f "$file" ] || say "  $(basename "${file%.*}")"
        done
        [ -z "$bench_name" ] || fail "No hay bench/$bench_name." "Elija uno de la lista."
        return 0
    fi
    shift
    [ ! -f "bench/$bench_name.sh" ] || exec sh "bench/$bench_name.sh" "$@"
    prepare_for_tests >&2
    drop_lock
    exec "$PYTHON" "bench/$bench_name.py" "$@"
}
