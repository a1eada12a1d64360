"""POST /api/<m>/lookups: what the registry of persons or the SRI says of a document, as a draft to confirm."""

from typing import Any

from django.http import HttpRequest
from ninja import Field, Router, Schema
from ninja.security import django_auth
from pydantic import ConfigDict

from cadastre.api.desk import desk_of
from cadastre.operations.look_up_party import look_up_party

router = Router(tags=["titulares"], auth=django_auth)


class LookUpIn(Schema):
    model_config = ConfigDict(extra="forbid")
    document: str = Field(min_length=1, max_length=30, description="cédula o RUC")
    purpose: str = Field("", max_length=300, description="motivo; lo reemplaza un trámite abierto")
    procedure: str = Field("", max_length=20, description="número del trámite que se atiende")
    ask_again: bool = Field(False, description="no usar la respuesta guardada")


class LookUpOut(Schema):
    """`draft` are inputs for `register_party`: read them, then send them."""

    source: str
    source_name: str
    outcome: str
    told_on: str | None
    answer: dict[str, Any] | None
    draft: dict[str, Any]
    notes: list[str]


@router.post(
    "/{municipality}/lookups",
    response=LookUpOut,
    operation_id="look_up_party",
    summary="Consultar a una persona en el Registro Civil o el SRI",
)
def look_up(request: HttpRequest, municipality: str, asked: LookUpIn) -> dict[str, Any]:
    """Queda registrado quién, por qué y cuándo. Si el registro no responde, se sigue con los papeles."""
    desk = desk_of(request, municipality, "search_people")
    found = look_up_party(
        document=asked.document,
        municipality=desk.municipality,
        by=desk.who,
        purpose=asked.purpose,
        procedure=asked.procedure,
        ask_again=asked.ask_again,
    )
    return {
        "source": found.source,
        "source_name": found.source_name,
        "outcome": found.outcome,
        "told_on": found.told_on.isoformat() if found.told_on else None,
        "answer": found.answer.plain() if found.answer else None,
        "draft": found.draft,
        "notes": list(found.notes),
    }
