"""docs/reference/procedures.md is what the tables of the types say."""

from pathlib import Path

from cadastre.procedures.procedure_type import ProcedureType, procedure_types

REFERENCE = Path(__file__).parents[2] / "docs" / "reference" / "procedures.md"
INTRODUCTION = """# Trámites

Cada clase de trámite es un archivo de `cadastre/procedures/types`: requisitos, estados, pasos, plazos en días hábiles y
base legal. Esta página la escriben las pruebas desde esos archivos (`--accept`); el manual que lee el público está en
`/<municipio>/procedures/manual/`. Los plazos y artículos dicen hasta dónde están verificados.
"""


def told(found: ProcedureType) -> str:
    lines = [
        f"## {found.title} (`{found.code}`)",
        "",
        f"{found.purpose} Lo pide: {found.who_may_ask} Plazo: {found.days} días hábiles. "
        f"Acto: {f'`{found.verb}`' if found.verb else 'ninguno'}. Base: {found.citation}.",
        "",
        "```mermaid",
        "stateDiagram-v2",
        *(f"    {state.code}: {state.title}" for state in found.states),
        f"    [*] --> {found.first.code}",
    ]
    for number, step in enumerate(found.transitions, start=1):
        lines += [f"    {origin} --> {step.to}: {number} {step.step}" for origin in step.origins]
    lines += [f"    {state.code} --> [*]" for state in found.states if state.is_final]
    lines += ["```", "", "| n.º | paso | qué es | quién puede | días |", "|---|---|---|---|---|"]
    lines += [
        f"| {number} | `{step.step}` | {step.title} | `{step.capability}` | {step.days or '–'} |"
        for number, step in enumerate(found.transitions, start=1)
    ]
    return "\n".join(lines) + "\n"


def test_the_reference_draws_every_type(request):
    text = "\n".join([INTRODUCTION, *map(told, procedure_types().values())])
    if request.config.getoption("--accept"):
        REFERENCE.write_text(text, encoding="utf-8")
    assert REFERENCE.read_text(encoding="utf-8") == text
