"""docs/reference/acts.md tells each act's documents, inputs and an example that can be read."""

import json
from datetime import date
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import pytest
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from cadastre.acts.act_inputs import Inputs, read_inputs
from cadastre.acts.act_law import ActLaw, act_law, acts
from cadastre.operations.carry_out_act import DOORS

REFERENCE = Path(__file__).parents[2] / "docs" / "reference" / "acts.md"
TODAY = date(2026, 6, 1)
INTRODUCTION = """# Actos

Cada acto se pide igual en la página, en la API (`POST /api/<municipio>/operations/<acto>`, con `?dry_run=true`
para ensayarlo) y en una propuesta: un motivo, los documentos y estos datos en JSON. La geometría va en WKT, en
el CRS que diga `srid` (32717 si no se dice); los predios por id, clave o número; las personas por id; las
cuotas como `1/3`. Un dato que el acto no conoce se rechaza.
"""
FORMS = {
    "str": "texto",
    "int": "entero",
    "float": "número",
    "bool": "sí o no",
    "Decimal": "decimal",
    "Fraction": "cuota",
    "UUID": "id",
    "date": "fecha",
    "Any": "geometría",
}


def test_every_law_has_a_door_and_every_door_a_law():
    assert set(DOORS) == set(acts())


@pytest.mark.parametrize("verb", sorted(DOORS))
def test_the_example_of_every_act_can_be_read(verb):
    example = DOORS[verb].inputs.EXAMPLE
    assert read_inputs(DOORS[verb].inputs, json.loads(json.dumps(example)))


@pytest.mark.parametrize("verb", sorted(DOORS))
def test_no_door_takes_an_unknown_member(verb):
    inputs: type[Inputs] = DOORS[verb].inputs
    with pytest.raises(Exception, match="no_such_member"):
        read_inputs(inputs, {**inputs.EXAMPLE, "no_such_member": 1})


def test_the_reference_tells_every_act(request):
    """`pytest tests/docs/test_acts.py --accept` writes the page anew."""
    text = "\n".join([INTRODUCTION, *(_page(verb) for verb in sorted(DOORS))])
    if request.config.getoption("--accept"):
        REFERENCE.write_text(text, encoding="utf-8")
    assert REFERENCE.read_text(encoding="utf-8") == text


def _page(verb: str) -> str:
    parameter, inputs = acts()[verb], DOORS[verb].inputs
    causes = parameter.on(TODAY).fields.get("causes", {})
    laws = [act_law(verb, cause=cause, on=TODAY) for cause in causes or [""]]
    example = json.dumps(inputs.EXAMPLE, ensure_ascii=False, indent=1)
    lines = [
        f"## `{verb}`",
        "",
        f"{parameter.title}. {laws[0].citation}.",
        "",
        *(line for law in laws for line in _documents(law)),
        f"- {_second_person(laws[0])}"
        f"{'; las deudas lo detienen' if laws[0].stopped_by_debt else ''}"
        f"{'; también sobre predios observados' if laws[0].mends_observed else ''}.",
        "",
        "| dato | forma | |",
        "|---|---|---|",
        *(_row(name, field) for name, field in inputs.model_fields.items()),
        "",
        "```json",
        example,
        "```",
        "",
    ]
    return "\n".join(lines)


def _second_person(law: ActLaw) -> str:
    if law.needs_second_person:
        return "Lo aprueba otra persona"
    if not law.second_person_for:
        return "Se hace sin otra aprobación"
    named = " o ".join(f"`{name}`" for name in law.second_person_for)
    return f"Lo aprueba otra persona si se da {named}; si no, se hace sin otra aprobación"


def _documents(law: ActLaw) -> list[str]:
    head = f"- `{law.cause}`, {law.title}: " if law.cause else "- Documentos: "
    asked = "; ".join(f"{r.why} ({', '.join(r.any_of)})" for r in law.requirements) or "ninguno"
    beyond = "; ".join(f"{r.why} ({', '.join(r.any_of)})" for r in law.beyond_tolerance)
    when = f"Desde {law.lots_at_most + 1} lotes" if law.lots_at_most else "Fuera de tolerancia"
    return [f"{head}{asked}.{f' {when}, además: {beyond}.' if beyond else ''}"]


def _row(name: str, field: FieldInfo) -> str:
    return (
        f"| `{name}` | {_form(field.annotation)} | {'obligatorio' if field.is_required() else ''} |"
    )


def _form(told: Any) -> str:
    origin, parts = get_origin(told), get_args(told)
    if origin is Annotated:
        return _form(parts[0])
    if origin in (Union, UnionType):
        return " o ".join(_form(part) for part in parts if part is not type(None))
    if origin is Literal:
        return ", ".join(f"`{part}`" for part in parts if part != "") or "vacío"
    if origin in (list, tuple):
        return f"lista de {_form(parts[0])}"
    if origin is dict:
        return "objeto"
    if isinstance(told, type) and issubclass(told, BaseModel):
        names = (
            f"`{name}`" if field.is_required() else f"`{name}`?"
            for name, field in told.model_fields.items()
        )
        return f"{{{', '.join(names)}}}"
    return FORMS[getattr(told, "__name__", str(told))]
