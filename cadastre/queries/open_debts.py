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
    """A title that is still owed; `amount` is USD as the books have it, without what the day adds or takes off."""

    title_id: UUID
    number: str
    year: int
    kind: str
    amount: Decimal
    issued_at: datetime


def open_debts(unit: PropertyUnit, on: date) -> tuple[OpenDebt, ...]:
    """The titles of a predio owed on a civil date, oldest first; empty when nothing is.

    A title is owed from 1 January of its year (COOTAD 512) while the ledger leaves something of it unpaid, and so
    are those taken over from a former system. Debts follow the ground: a predio also answers for the
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
