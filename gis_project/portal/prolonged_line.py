"""A surveyed line whose ends fall short of the outline, drawn on by as much as somebody says."""

from math import hypot

import shapely

from gis_project.core.errors import InvalidInput

Place = tuple[float, float]


class LineNotProlonged(InvalidInput):
    """Only an open line with two different places at each end can be drawn on."""

    code = "line_not_prolonged"


def prolonged(wkt: str, *, by_m: float) -> str:
    """The line as WKT, each end ``by_m`` metres further the way it goes there. LineNotProlonged."""
    try:
        line = shapely.from_wkt(wkt)
    except shapely.errors.GEOSException as error:
        raise LineNotProlonged("La línea no se puede leer: escriba sus vértices o WKT.") from error
    if line.geom_type != "LineString" or len(line.coords) < 2 or line.is_closed:
        raise LineNotProlonged("Solo se prolonga una línea abierta: revise lo que dibujó.")
    places = [(x, y) for x, y, *_ in line.coords]
    first = _beyond(places[1], places[0], by_m)
    last = _beyond(places[-2], places[-1], by_m)
    return str(shapely.to_wkt(shapely.LineString([first, *places, last]), rounding_precision=6))


def _beyond(start: Place, end: Place, by_m: float) -> Place:
    length = hypot(end[0] - start[0], end[1] - start[1])
    if length == 0:
        raise LineNotProlonged("La línea repite su último vértice: bórrelo.")
    part = by_m / length
    return end[0] + (end[0] - start[0]) * part, end[1] + (end[1] - start[1]) * part
