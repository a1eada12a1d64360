"""Transfers that notaries and the Registro told, with what the register says of each now: the officials' work list.

Returns personal data: callers check the capability and log the access.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from uuid import UUID

from django.db import connection

from gis_project.territory.models import Municipality
from gis_project.territory.scope import check_within

_SQL = (Path(__file__).parent / "sql" / "judged_notices.sql").read_text(encoding="utf-8")


class Verdict(StrEnum):
    """What became of a transfer in the register; all but the first are work."""

    REGISTERED = "REGISTERED"
    NOT_BROUGHT = "NOT_BROUGHT"
    HOLDER_DIFFERS = "HOLDER_DIFFERS"
    KEY_NOT_FOUND = "KEY_NOT_FOUND"


TOLD = {
    Verdict.REGISTERED: "ya consta",
    Verdict.NOT_BROUGHT: "inscrita y no traída",
    Verdict.HOLDER_DIFFERS: "el titular es otro",
    Verdict.KEY_NOT_FOUND: "la clave no se encuentra",
}
WHAT_TO_DO = {
    Verdict.REGISTERED: "",
    Verdict.NOT_BROUGHT: "Pida a quien adquirió la razón de inscripción, o actualice de oficio.",
    Verdict.HOLDER_DIFFERS: "Compare con el certificado de gravámenes: ninguna de las partes es titular.",
    Verdict.KEY_NOT_FOUND: "Busque el predio por el nombre de quien transfiere y avise la clave correcta.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedNotice:
    """A told transfer; ``unit_id`` is the predio its key or number means now."""

    id: UUID
    row_number: int
    origin: str
    inscription: str
    repertory: str
    noticed_on: date
    notary: str
    key_text: str
    property_number: str
    seller_document: str
    seller_name: str
    buyer_document: str
    buyer_name: str
    price: Decimal | None
    unit_id: UUID | None
    verdict: str


def judged_notices(
    municipality: Municipality, *, on: date, batch: UUID | None = None
) -> list[JudgedNotice]:
    """Every notice (or those of one load) in the order of their days, judged as of the civil date ``on``."""
    check_within(municipality.pk)
    with connection.cursor() as cursor:
        cursor.execute(_SQL, {"town": municipality.pk, "day": on, "batch": batch})
        names = [column.name for column in cursor.description]
        return [JudgedNotice(**dict(zip(names, row, strict=True))) for row in cursor]
