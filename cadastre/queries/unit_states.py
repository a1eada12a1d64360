"""Predios as they stand on a day: the facts an act changes, in one frozen row each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import shapely
from shapely.geometry.base import BaseGeometry

from gis_project.territory.scoped_postgis.prepared import run_prepared

_STATES = (Path(__file__).parent / "sql" / "unit_states.sql").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class UnitState:
    """A predio on a day. `rights`: (party, kind, numerator, denominator); `encumbrances`: (id, kind, USD).

    `geom` is EPSG:32717, or None; a predio that is not there on the day has neither key nor ground. `began` is the
    first civil day of the predio in the register, None for one that was always there.
    """

    unit_id: UUID
    parcel_id: UUID | None
    kind: str
    state: str
    number: str | None
    aliquot: Decimal | None
    is_taxable: bool
    revision: int
    began: date | None
    key: str | None
    version_id: int | None
    legal_area_m2: Decimal | None
    titled_area_m2: Decimal | None
    geom_hash: str | None
    geom: BaseGeometry | None
    is_observed: bool
    rights: tuple[tuple[str, str, int | None, int | None], ...]
    encumbrances: tuple[tuple[str, str, str | None], ...]

    def plain(self) -> dict[str, Any]:
        """The state as JSON values; geometry as WKT in EPSG:32717 with its millimetres."""
        return {
            "unit": str(self.unit_id),
            "parcel": str(self.parcel_id) if self.parcel_id else None,
            "kind": self.kind,
            "state": self.state,
            "number": self.number,
            "aliquot": str(self.aliquot) if self.aliquot is not None else None,
            "is_taxable": self.is_taxable,
            "key": self.key,
            "legal_area_m2": str(self.legal_area_m2) if self.legal_area_m2 is not None else None,
            "titled_area_m2": str(self.titled_area_m2) if self.titled_area_m2 is not None else None,
            "geom_hash": self.geom_hash,
            "geom": shapely.to_wkt(self.geom, rounding_precision=3) if self.geom else None,
            "rights": [list(right) for right in self.rights],
            "encumbrances": [list(encumbrance) for encumbrance in self.encumbrances],
        }


def unit_states(units: Sequence[UUID], *, on: date) -> tuple[UnitState, ...]:
    """The predios on a civil date, as the register knows them now, in the order asked."""
    return tuple(_state(row) for row in run_prepared(_STATES, {"units": list(units), "day": on}))


def _state(row: tuple[Any, ...]) -> UnitState:
    facts: list[Any] = list(row)
    shape, is_observed, rights, encumbrances = facts[-4:]
    facts[-4:] = [
        shapely.from_wkb(bytes(shape)) if shape is not None else None,
        bool(is_observed),
        tuple(tuple(right) for right in rights or ()),
        tuple(tuple(encumbrance) for encumbrance in encumbrances or ()),
    ]
    return UnitState(*facts)
