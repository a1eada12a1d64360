"""Ground from a map file as the text of a form's field, so that nothing is lost when the form comes back.

Pure: a layer as read goes in; rows of east and north (or WKT, where rows cannot say it) come out.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from cadastre.fieldwork.ground_acts import line_between
from cadastre.imports.raw_layer import RawLayer
from gis_project.core.areas import reprojected
from gis_project.core.crs import IMPORT_SRIDS, LEGAL_SRIDS
from gis_project.core.errors import InvalidInput

_DECIMALS = 4  # a tenth of the register's millimetre


class GroundFileUnfit(InvalidInput):
    """The file was read, but does not hold the one polygon or the one boundary asked for: see the message."""

    code = "ground_file_unfit"


@dataclass(frozen=True, slots=True)
class GroundText:
    """What stands in the field; `srid` is the CRS that the file tells, None where it tells none."""

    text: str
    srid: int | None
    notes: tuple[str, ...]


def polygon_text(layer: RawLayer, *, legal_srid: int) -> GroundText:
    """The file's one polygon. GroundFileUnfit for none, for several, and for a CRS that acts do not take."""
    shapes, srid = _shapes(layer, legal_srid)
    areas = [shape for shape in shapes if shape.geom_type in ("Polygon", "MultiPolygon")]
    if len(areas) > 1:
        raise GroundFileUnfit(
            f"El archivo trae {len(areas)} polígonos: deje uno, o propóngalos todos como levantamiento."
        )
    if not areas:
        raise GroundFileUnfit(f"El archivo no trae ningún polígono. {_why_none(layer)}".strip())
    return GroundText(area_text(areas[0]), srid, tuple(layer.notices))


def boundary_text(layer: RawLayer, *, legal_srid: int) -> GroundText:
    """The new boundary: the file's lines, or what its two polygons share. GroundFileUnfit for anything else."""
    shapes, srid = _shapes(layer, legal_srid)
    areas = [shape for shape in shapes if shape.geom_type in ("Polygon", "MultiPolygon")]
    notes = list(layer.notices)
    if len(areas) == 2:
        lines: Sequence[BaseGeometry] = line_between(*areas)
        if not lines:
            raise GroundFileUnfit(
                "Los dos polígonos no comparten lindero: dibújelos con los mismos vértices en él."
            )
        notes.append(
            "De los dos polígonos se toma el lindero que comparten; el contorno no cambia."
        )
    elif areas:
        raise GroundFileUnfit(
            f"El archivo trae {len(areas)} polígono(s): se esperan los dos predios, o la línea nueva."
        )
    else:
        lines = [part for shape in shapes for part in shapely.get_parts(shape)]
    if not lines:
        raise GroundFileUnfit(f"El archivo no trae ninguna línea. {_why_none(layer)}".strip())
    return GroundText("\n\n".join(_rows(line) for line in lines), srid, tuple(notes))


def area_text(shape: BaseGeometry) -> str:
    """One polygon as rows of east and north, WKT where it has holes or parts."""
    parts = shapely.get_parts(shape)
    if len(parts) == 1 and not parts[0].interiors:
        return _rows(shapely.LineString(parts[0].exterior.coords[:-1]))
    return str(shapely.to_wkt(shape, rounding_precision=_DECIMALS))


def _shapes(layer: RawLayer, legal_srid: int) -> tuple[list[BaseGeometry], int | None]:
    found = [shapely.from_wkb(record.shape) for record in layer.records if record.shape is not None]
    if layer.srid is None or layer.srid in LEGAL_SRIDS:
        return found, layer.srid
    if layer.srid not in IMPORT_SRIDS:
        raise GroundFileUnfit(
            f"El archivo está en EPSG:{layer.srid}: páselo a UTM 17 o 18 Sur y súbalo otra vez."
        )
    shapes = np.array(found, dtype=np.object_)
    moved = reprojected(shapes, to_srid=legal_srid, from_srid=layer.srid)
    return list(moved), legal_srid


def _why_none(layer: RawLayer) -> str:
    """What the reader said of the first record that is none."""
    return next((record.flaw[1] for record in layer.records if record.flaw is not None), "")


def _rows(line: BaseGeometry) -> str:
    return "\n".join(f"{x:.{_DECIMALS}f} {y:.{_DECIMALS}f}" for x, y in line.coords)
