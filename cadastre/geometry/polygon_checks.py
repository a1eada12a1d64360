"""What makes a polygon unfit for the register, in the order in which it is cheap to find out.

The same bounds stand in the database (``cadastre_geometry_is_lawful``); here they get a reason that
a technician can act on. Nothing is ever repaired.
"""

import re
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from gis_project.core.units import format_m2

MAX_VERTICES = 10_000
MAX_RINGS = 200
MIN_AREA_M2 = 1.0
# The mainland, coarsely, in EPSG:32717.
BOUNDS = (300_000.0, 9_300_000.0, 1_300_000.0, 10_400_000.0)

_LOCATED = re.compile(r"(?P<what>[^\[]+)\[(?P<x>\S+) (?P<y>\S+)\]")
_SPANISH = {
    "self-intersection": "el lindero se cruza a sí mismo",
    "ring self-intersection": "un anillo se toca a sí mismo",
    "hole lies outside shell": "un hueco está fuera del contorno",
    "holes are nested": "hay un hueco dentro de otro",
    "nested shells": "una parte está dentro de otra",
    "interior is disconnected": "los huecos parten el interior",
    "too few points in geometry component": "un anillo tiene menos de tres vértices distintos",
    "duplicate rings": "hay anillos repetidos",
}


@dataclass(frozen=True, slots=True)
class Flaw:
    """Why a polygon cannot be stored: stable ``code``, Spanish ``message``, place in its CRS if known."""

    code: str
    message: str
    x: float | None = None
    y: float | None = None


def size_flaws(geoms: NDArray[np.object_]) -> list[Flaw | None]:
    """For each polygon, what forbids even looking closer: empty, too many vertices, not finite."""
    vertices = shapely.get_num_coordinates(geoms)
    rings = _ring_counts(geoms)
    empty = shapely.is_empty(geoms)
    finite = _are_finite(geoms)
    flaws: list[Flaw | None] = [None] * len(geoms)
    for i in np.flatnonzero(empty | (vertices > MAX_VERTICES) | (rings > MAX_RINGS) | ~finite):
        if empty[i]:
            flaws[i] = Flaw("no_geometry", "El registro no tiene geometría: dibuje el predio.")
        elif vertices[i] > MAX_VERTICES or rings[i] > MAX_RINGS:
            flaws[i] = Flaw(
                "too_many_vertices",
                f"Tiene {vertices[i]} vértices y {rings[i]} anillos; el máximo es {MAX_VERTICES} y "
                f"{MAX_RINGS}: simplifique el lindero o divida el polígono.",
            )
        else:
            flaws[i] = Flaw(
                "not_finite", "Tiene coordenadas que no son números finitos: corrija los vértices."
            )
    return flaws


def validity_flaws(geoms: NDArray[np.object_]) -> list[Flaw | None]:
    """For each polygon, the first thing that makes it invalid (OGC Simple Features) and where."""
    flaws: list[Flaw | None] = [None] * len(geoms)
    for i in np.flatnonzero(~shapely.is_valid(geoms)):
        flaws[i] = _invalidity(shapely.is_valid_reason(geoms[i]))
    return flaws


def stored_flaws(geoms: NDArray[np.object_]) -> list[Flaw | None]:
    """For each polygon in EPSG:32717, whether it lies in the country's bounds and has an area."""
    boxes = shapely.bounds(geoms)
    xmin, ymin, xmax, ymax = BOUNDS
    inside = (
        (boxes[:, 0] > xmin) & (boxes[:, 1] > ymin) & (boxes[:, 2] < xmax) & (boxes[:, 3] < ymax)
    )  # NaN compares false
    areas = shapely.area(geoms)
    flaws: list[Flaw | None] = [None] * len(geoms)
    for i in np.flatnonzero(~inside | ~(areas >= MIN_AREA_M2)):
        if not inside[i]:
            flaws[i] = Flaw(
                "out_of_bounds",
                "Queda fuera del Ecuador continental: revise el sistema de coordenadas o si X e Y "
                "están cambiadas.",
            )
        else:
            flaws[i] = Flaw("too_small", f"Mide {format_m2(float(areas[i]))}, menos de 1 m².")
    return flaws


def _invalidity(reason: str) -> Flaw:
    found = _LOCATED.fullmatch(reason)
    what = (found["what"] if found else reason).strip()
    told = _SPANISH.get(what.lower(), what)
    message = f"Geometría no válida: {told}. Corríjala en el archivo de origen."
    if found is None:
        return Flaw("invalid_geometry", message)
    return Flaw("invalid_geometry", message, float(found["x"]), float(found["y"]))


def _are_finite(geoms: NDArray[np.object_]) -> NDArray[np.bool_]:
    # Not by the bounds: GEOS may leave NaN out of them.
    vertices, owners = shapely.get_coordinates(geoms, return_index=True)
    finite = np.ones(len(geoms), dtype=np.bool_)
    finite[owners[~np.isfinite(vertices).all(axis=1)]] = False
    return finite


def _ring_counts(geoms: NDArray[np.object_]) -> NDArray[np.int64]:
    parts, owners = shapely.get_parts(geoms, return_index=True)
    holes = shapely.get_num_interior_rings(parts)
    return np.bincount(owners, weights=holes + 1, minlength=len(geoms)).astype(np.int64)
