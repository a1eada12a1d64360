# What people read: one line per step with its time; on failure the cause and one remedy.
# shellcheck shell=sh

if [ -t 1 ] && [ "${TERM:-dumb}" != dumb ]; then on_terminal=yes; else on_terminal=no; fi

say() { printf '%s\n' "$*"; }

# Stops with a cause (first argument) and the remedy (the others, one line each).
fail() {
    printf '\n  ✗ %s\n' "$1" >&2
    shift
    for remedy_line in "$@"; do printf '    %s\n' "$remedy_line" >&2; done
    exit 1
}

# Hundredths of a second since the machine started.
now() {
    read -r uptime _ </proc/uptime
    printf '%s%s' "${uptime%.*}" "${uptime#*.}"
}

# "12,3 s" between the instant given and now.
seconds_since() {
    elapsed=$(($(now) - $1))
    printf '%d,%d s' $((elapsed / 100)) $((elapsed / 10 % 10))
}

# step TITLE REMEDY FUNCTION [ARGUMENTS]: runs the function with its output in var/log/FUNCTION.log.
# The function runs with `set -e`, without standard input and without the launcher's lock (fd 8).
step() {
    step_title=$1
    step_remedy=$2
    shift 2
    step_log=$LOGS/$1.log
    mkdir -p "$LOGS"
    rm -f "$step_log.title"
    [ $on_terminal = no ] || printf '  … %s' "$step_title"
    step_began=$(now)
    set +e
    (
        set -e
        "$@"
    ) >"$step_log" 2>&1 </dev/null 8>&-
    step_status=$?
    set -e
    [ ! -s "$step_log.title" ] || step_title=$(cat "$step_log.title")
    rm -f "$step_log.title"
    [ $on_terminal = no ] || printf '\r\033[K'
    if [ $step_status -eq 0 ]; then
        printf '  ✓ %s … %s\n' "$step_title" "$(seconds_since "$step_began")"
        return 0
    fi
    report_failure
    exit 1
}

report_failure() {
    printf '  ✗ %s … %s\n' "$step_title" "$(seconds_since "$step_began")"
    printf '    Causa (final de %s):\n' "$step_log"
    tail -n 12 "$step_log" | sed 's/^/      │ /'
    printf '    Remedio: %s\n' "$step_remedy"
}

# Called inside a step: says what was found instead of what was looked for.
retitle() { printf '%s' "$*" >"$step_log.title"; }

# Quotes a path for the messages that people copy.
shown() {
    case $1 in
        "$ROOT"/*) printf '%s' "${1#"$ROOT"/}" ;;
        *) printf '%s' "$1" ;;
    esac
}
