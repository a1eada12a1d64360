"""Which predios lie in the area that a field package is asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import shapely
from django.db import connection

from gis_project.core.errors import InvalidInput
from gis_project.territory.models import Municipality

_UNITS = (Path(__file__).parent / "sql" / "field_area.sql").read_text(encoding="utf-8")
MOST_PREDIOS = 5_000


class FieldAreaEmpty(InvalidInput):
    """No predio lies in the area: check the code of the block or sector, the polygon or the keys."""

    code = "field_area_empty"


class FieldAreaTooLarge(InvalidInput):
    """A telephone does not carry so many predios: ask for a smaller area, block by block."""

    code = "field_area_too_large"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldArea:
    """One way of choosing: a block's code, a sector's, a polygon (EPSG:32717), or predios by id."""

    block: str = ""
    sector: str = ""
    polygon: shapely.Geometry | None = None
    units: tuple[UUID, ...] = ()

    def plain(self) -> dict[str, Any]:
        """As it is kept with the package."""
        if self.block:
            return {"by": "block", "code": self.block}
        if self.sector:
            return {"by": "sector", "code": self.sector}
        if self.polygon is not None:
            return {"by": "polygon", "wkt": shapely.to_wkt(self.polygon, rounding_precision=3)}
        return {"by": "predios", "units": [str(unit) for unit in self.units]}


def area_words(area: dict[str, Any]) -> str:
    """How people call the area."""
    match area["by"]:
        case "block":
            return f"manzana {area['code']}"
        case "sector":
            return f"sector {area['code']}"
        case "polygon":
            return "polígono dibujado"
    return "predios elegidos"


def units_in(area: FieldArea, *, municipality: Municipality, on: date) -> Sequence[UUID]:
    """The predios in force there, condominium units included, in a fixed order. FieldAreaEmpty, FieldAreaTooLarge."""
    polygon = shapely.to_wkb(area.polygon) if area.polygon is not None else None
    asked: dict[str, Any] = {
        "town": municipality.pk,
        "day": on,
        "block": area.block or None,
        "sector": area.sector or None,
        "polygon": polygon,
        "units": list(area.units),
        "most": MOST_PREDIOS + 1,
    }
    with connection.cursor() as cursor:
        cursor.execute(_UNITS, asked)
        found = [unit for (unit,) in cursor.fetchall()]
    if not found:
        raise FieldAreaEmpty("No hay predios ahí: revise el código, el polígono o las claves.")
    if len(found) > MOST_PREDIOS:
        raise FieldAreaTooLarge(
            f"La zona pasa de {MOST_PREDIOS} predios: pida una más pequeña, por manzanas."
        )
    return found
