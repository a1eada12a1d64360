"""POST /api/<m>/parties/<party>/erasure: takes a person's data out of the register, or tells why not yet."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status
from ninja.security import django_auth
from pydantic import ConfigDict

from cadastre.api.desk import desk_of
from cadastre.operations.deed.door import party_named
from cadastre.operations.erase_person import erase_person

router = Router(tags=["titulares"], auth=django_auth)


class ErasureIn(Schema):
    model_config = ConfigDict(extra="forbid")
    reason: str = Field(min_length=1, max_length=300, description="motivo")
    legal_basis: str = Field(min_length=1, max_length=200, description="artículo o resolución")
    request: str = Field("", max_length=100, description="número de la solicitud del titular")


class ErasureOut(Schema):
    """`duties`: why the data must stay. `kept_scans`: files of acts that stay. `reports`: to look at by hand."""

    is_dry_run: bool
    duties: list[dict[str, str]]
    rows: dict[str, int]
    files: int
    kept_scans: int
    reports: list[str]


@router.post(
    "/{municipality}/parties/{party}/erasure",
    response={200: ErasureOut, 201: ErasureOut},
    operation_id="erase_person",
    summary="Suprimir los datos personales de un titular",
)
def erasure(
    request: HttpRequest, municipality: str, party: UUID, asked: ErasureIn, dry_run: bool = False
) -> Status[dict[str, Any]]:
    """Con `dry_run=true` dice qué lo impide y cuánto cambiaría. Los derechos, actos y títulos no cambian."""
    desk = desk_of(request, municipality, "erase_personal_data")
    done = erase_person(
        party_named(desk.municipality, party),
        by=desk.who,
        reason=asked.reason,
        legal_basis=asked.legal_basis,
        request=asked.request,
        dry_run=dry_run,
    )
    return Status(
        200 if dry_run else 201,
        {
            "is_dry_run": dry_run,
            "duties": [{"code": duty.code, "message": duty.message} for duty in done.duties],
            "rows": done.counts,
            "files": len(done.files),
            "kept_scans": done.kept_scans,
            "reports": list(done.reports),
        },
    )
