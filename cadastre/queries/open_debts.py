"""What is owed on a predio: the one question behind no-debt papers, transfers and subdivisions."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from uuid import UUID

from cadastre.models import PropertyUnit
from gis_project.territory.scope import check_within
from gis_project.territory.scoped_postgis.prepared import run_prepared

_OWED = (Path(__file__).parent / "sql" / "open_debts.sql").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class OpenDebt:
    """A title that is still owed; `amount` is USD as issued, without discount, surcharge or interest."""

    title_id: UUID
    number: str
    year: int
    kind: str
    amount: Decimal
    issued_at: datetime


def open_debts(unit: PropertyUnit, on: date) -> tuple[OpenDebt, ...]:
    """The titles of a predio owed on a civil date, oldest first; empty when nothing is.

    A title is owed from 1 January of its year (COOTAD 512). No payments are recorded yet, so each
    issued title of more than zero counts as owed. Debts follow the ground: a predio also answers for the
    predios that its parcel came from, and a unit of a condominium for its matrix.
    """
    check_within(unit.municipality_id)  # seeing no titles must not read as owing nothing
    asked = {
        "unit": unit.pk,
        "parcel": unit.parcel_id,
        "is_condominium": unit.kind == PropertyUnit.Kind.CONDOMINIUM,
        "year": on.year,
    }
    return tuple(OpenDebt(*row) for row in run_prepared(_OWED, asked))
