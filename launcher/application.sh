# What Django keeps: the schema, the static files, the sample municipalities.
# shellcheck shell=sh

manage() { "$PYTHON" "$ROOT/manage.py" "$@"; }

has_command() { find "$ROOT" -path "*/management/commands/$1.py" -not -path "$VENV/*" -print -quit | grep -q .; }

prepare_schema() { "$PYTHON" "$ROOT/launcher/prepare_schema.py"; }

# The passwords of the samples are shown once: they go to the screen, never to a log.
load_samples() {
    (umask 077 && manage load_samples --municipalities "$SAMPLE" >"$RUN/samples.out")
}

ensure_application() {
    step "Esquema y archivos estáticos" "la causa está arriba; ./lindero doctor revisa la base" prepare_schema
    if [ "$SAMPLE" != none ] && has_command load_samples; then
        step "Municipios de muestra ($SAMPLE)" "repita; --sample none arranca sin ellos" load_samples
    fi
}

show_samples() {
    [ -s "$RUN/samples.out" ] || return 0
    say ""
    sed 's/^/  /' "$RUN/samples.out"
    rm -f "$RUN/samples.out"
}
