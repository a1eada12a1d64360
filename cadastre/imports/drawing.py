"""Lines of drawings (DXF) and tracks (GPX) that may be predios: the closed ones, and only those."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from cadastre.imports.choose_layer import ChooseLayer

_FEWEST_RING_POINTS = 4
LABEL_FIELD = "texto"


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


def labels_inside(
    shapes: NDArray[np.object_], texts: Sequence[tuple[str, bytes]]
) -> NDArray[np.object_]:
    """For each shape (WKB) the texts that stand inside it, one a line; a text belongs to the smallest around it."""
    geoms = shapely.from_wkb(shapes, on_invalid="ignore")
    areal = np.array([g is not None and g.geom_type == "Polygon" for g in geoms], dtype=np.bool_)
    found: list[list[str]] = [[] for _ in geoms]
    places = shapely.force_2d(shapely.from_wkb([place for _, place in texts]))
    candidates = np.flatnonzero(areal)
    tree = shapely.STRtree(geoms[candidates])
    for (text, _), place in zip(texts, places, strict=True):
        around = candidates[tree.query(place, predicate="within")]
        if len(around):
            smallest = min(around.tolist(), key=lambda i: shapely.area(geoms[i]))
            found[smallest].append(" ".join(text.replace("\\P", " ").split()))
    return np.array(["\n".join(lines) for lines in found], dtype=object)
