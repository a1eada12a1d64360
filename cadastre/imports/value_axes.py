"""The road axes of a value plan: each line with the code and kind of its price; a flaw refuses all."""

import numpy as np
import shapely
from shapely import MultiLineString
from shapely.geometry.base import BaseGeometry

from cadastre.geometry.grid import snapped
from cadastre.imports.plain_values import as_text
from cadastre.imports.raw_layer import RawLayer
from gis_project.core.areas import reprojected
from gis_project.core.crs import STORAGE_SRID
from gis_project.core.errors import InvalidInput

CODE, KIND = "codigo", "clase"
_LINES = (shapely.GeometryType.LINESTRING, shapely.GeometryType.MULTILINESTRING)


class InvalidAxes(InvalidInput):
    """An axis has no line, code or kind, or stands twice: correct the records that are named."""

    code = "invalid_axes"


def value_axes(layer: RawLayer, *, srid: int) -> dict[tuple[str, str], BaseGeometry]:
    """Kind and code → MultiLineString in the storage CRS, on its grid; several records of a code are one axis."""
    found: dict[tuple[str, str], list[BaseGeometry]] = {}
    flaws = []
    for record in layer.records:
        kind = as_text(record.attributes.get(KIND)).upper()
        code = as_text(record.attributes.get(CODE))
        line = shapely.from_wkb(record.shape) if record.shape else None
        if kind not in ("URBAN", "RURAL") or not code:
            flaws.append(
                f"registro {record.position}: necesita «{CODE}» y «{KIND}» (URBAN o RURAL)."
            )
        elif line is None or line.is_empty or shapely.get_type_id(line) not in _LINES:
            flaws.append(f"registro {record.position} ({code}): no es una línea.")
        else:
            found.setdefault((kind, code), []).append(line)
    if flaws:
        raise InvalidAxes("Ejes que no pueden entrar:\n  " + "\n  ".join(flaws[:20]))
    return {name: _stored(lines, srid) for name, lines in found.items()}


def _stored(lines: list[BaseGeometry], srid: int) -> BaseGeometry:
    parts = shapely.get_parts(np.array(lines, dtype=object))
    moved = snapped(reprojected(parts, to_srid=STORAGE_SRID, from_srid=srid))
    return MultiLineString(list(moved))
