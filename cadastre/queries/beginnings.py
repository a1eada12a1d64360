"""Since when predios are in the register, as it knows now."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from uuid import UUID

from gis_project.territory.scoped_postgis.prepared import run_prepared

_BEGINNINGS = (Path(__file__).parent / "sql" / "beginnings.sql").read_text(encoding="utf-8")


def beginnings(units: Sequence[UUID]) -> dict[UUID, date]:
    """The first civil day of each predio; one that was always there, or has neither key nor ground, is left out."""
    if not units:
        return {}
    found = run_prepared(_BEGINNINGS, {"units": list(units)})
    return {unit: began for unit, began in found if began is not None}
