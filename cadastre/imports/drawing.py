"""Lines of drawings (DXF) and tracks (GPX) that may be predios: the closed ones, and only those."""

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from cadastre.imports.choose_layer import ChooseLayer

_FEWEST_RING_POINTS = 4


def polylines(
    subclasses: NDArray[Any], layers: NDArray[Any], wanted: str | None
) -> NDArray[np.bool_]:
    """Which entities of a drawing are polylines of the layer asked for (any layer when ``None``)."""
    named = np.array([str(layer or "") for layer in layers], dtype=object)
    if wanted is not None and wanted not in set(named):
        there = ", ".join(sorted(set(named)))
        raise ChooseLayer(f"El dibujo no tiene la capa «{wanted}». Hay: {there}.")
    drawn = np.array(["olyline" in str(kind or "") for kind in subclasses], dtype=np.bool_)
    return drawn & ((named == wanted) if wanted is not None else True)


def closed_lines(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    """WKB in which each line that ends where it begins has become a polygon; the rest as it was."""
    geoms = shapely.from_wkb(shapes, on_invalid="ignore")
    made = shapes.copy()
    for i, geom in enumerate(geoms):
        if geom is None:
            continue
        parts = shapely.get_parts(geom)
        if len(parts) != 1 or parts[0].geom_type != "LineString" or parts[0].is_empty:
            continue
        vertices = shapely.get_coordinates(parts[0], include_z=bool(parts[0].has_z))
        if len(vertices) >= _FEWEST_RING_POINTS and (vertices[0] == vertices[-1]).all():
            made[i] = shapely.to_wkb(shapely.Polygon(vertices))
    return made
