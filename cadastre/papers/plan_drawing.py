"""The drawing of a plan in millimetres of paper: chosen scale, grid, neighbours, corners, north and bar.

Input is in metres of the legal CRS; output is what the template draws, y pointing down.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import atan2, ceil, degrees, floor, hypot
from typing import Any

import shapely
from shapely import box

SCALES = (100, 200, 250, 500, 1000, 2000, 2500, 5000, 10_000, 20_000, 25_000, 50_000, 100_000)
_GRID_STEPS_M = (5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 2500, 5000, 10_000)
_MARGIN_MM = 14.0
_GRID_AT_LEAST_MM = 38.0
_LABELLED_AT_MOST = 60
_LENGTHS_AT_MOST = 30
_LENGTH_NEEDS_MM = 13.0
Place = tuple[float, float]


class DoesNotFit(ValueError):
    """The ground is larger than the smallest scale shows."""


@dataclass(slots=True)
class Drawing:
    """Shapes are lists of rings or lines of [x, y] in mm; labels have x, y, text and a style's name."""

    width: float
    height: float
    scale: int
    parcel: list[list[list[float]]] = field(default_factory=list)
    neighbours: list[list[list[float]]] = field(default_factory=list)
    roads: list[list[list[float]]] = field(default_factory=list)
    ticks: list[list[float]] = field(default_factory=list)
    corners: list[list[float]] = field(default_factory=list)
    labels: list[dict[str, Any]] = field(default_factory=list)
    bar: dict[str, Any] = field(default_factory=dict)


def scale_for(geom: Any, *, width_mm: float, height_mm: float) -> int:
    """The largest round scale at which the ground fits into the frame with its margin."""
    west, south, east, north = geom.bounds
    needed = 1000 * max(
        (east - west) / (width_mm - 2 * _MARGIN_MM), (north - south) / (height_mm - 2 * _MARGIN_MM)
    )
    for scale in SCALES:
        if scale >= needed:
            return scale
    raise DoesNotFit


def drawing_of(
    geom: Any,
    *,
    corners: Sequence[tuple[int, float, float]],
    around: Iterable[tuple[str, Any]],
    roads: Iterable[tuple[str, Any]],
    width_mm: float,
    height_mm: float,
) -> Drawing:
    """The drawing; `corners` are (number, easting, northing) in the order of the walk."""
    scale = scale_for(geom, width_mm=width_mm, height_mm=height_mm)
    paper = _Paper(geom, scale, width_mm, height_mm)
    drawing = Drawing(width_mm, height_mm, scale)
    for name, shape in around:
        _add_neighbour(drawing, paper, name, shape, own=geom)
    for name, line in roads:
        _add_road(drawing, paper, name, line)
    drawing.parcel = [paper.line(ring) for ring in _rings(geom)]
    _add_grid(drawing, paper)
    _add_corners(drawing, paper, corners, geom)
    drawing.bar = _scale_bar(scale)
    return drawing


class _Paper:
    """From metres to millimetres of the frame, the ground in its middle."""

    def __init__(self, geom: Any, scale: int, width: float, height: float) -> None:
        west, south, east, north = geom.bounds
        self.per_m = 1000 / scale
        self.width, self.height = width, height
        self.west = (west + east) / 2 - width / 2 / self.per_m
        self.north = (south + north) / 2 + height / 2 / self.per_m
        self.window = box(
            self.west, self.north - height / self.per_m, self.west + width / self.per_m, self.north
        )

    def at(self, x: float, y: float) -> Place:
        return round((x - self.west) * self.per_m, 2), round((self.north - y) * self.per_m, 2)

    def line(self, line: Any) -> list[list[float]]:
        return [list(self.at(x, y)) for x, y in shapely.get_coordinates(line)]


def _rings(geom: Any) -> list[Any]:
    return list(shapely.get_rings(shapely.get_parts(geom)))


def _add_neighbour(drawing: Drawing, paper: _Paper, name: str, shape: Any, *, own: Any) -> None:
    seen = shape.intersection(paper.window)
    if seen.is_empty:
        return
    edges = shape.boundary.intersection(paper.window)
    drawing.neighbours += [paper.line(line) for line in shapely.get_parts(edges) if line.length]
    spot = seen.difference(own.buffer(4 / paper.per_m)).representative_point()
    if not spot.is_empty:
        _label(drawing, paper, (spot.x, spot.y), name, "neighbour", room=0.32 * len(name))


def _add_road(drawing: Drawing, paper: _Paper, name: str, line: Any) -> None:
    seen = line.intersection(paper.window)
    parts = [part for part in shapely.get_parts(seen) if part.length > 5 / paper.per_m]
    drawing.roads += [paper.line(part) for part in parts]
    if parts and name and name not in {one["text"] for one in drawing.labels}:
        longest = max(parts, key=lambda part: part.length)
        # Not in the middle, where the ground itself lies.
        spot = longest.interpolate(0.2, normalized=True)
        _label(drawing, paper, (spot.x, spot.y), name, "road", room=0.8 * len(name))


def _label(
    drawing: Drawing, paper: _Paper, place: Place, text: str, style: str, *, room: float
) -> None:
    x, y = paper.at(*place)
    x = min(max(x, room + 2), paper.width - room - 2)
    y = min(max(y, 6), paper.height - 6)
    drawing.labels.append({"x": round(x, 2), "y": round(y, 2), "text": text, "style": style})


def _add_grid(drawing: Drawing, paper: _Paper) -> None:
    step = next(s for s in _GRID_STEPS_M if s * paper.per_m >= _GRID_AT_LEAST_MM)
    west, south, east, north = paper.window.bounds
    eastings = [step * n for n in range(ceil(west / step), floor(east / step) + 1)]
    northings = [step * n for n in range(ceil(south / step), floor(north / step) + 1)]
    drawing.ticks = [list(paper.at(x, y)) for x in eastings for y in northings]
    for x in eastings:
        across = paper.at(x, north)[0]
        if 10 <= across <= paper.width - 10:
            drawing.labels.append({"x": across, "y": -2.2, "text": _whole(x), "style": "grid"})
    for y in northings:
        down = paper.at(west, y)[1]
        if 10 <= down <= paper.height - 10:
            drawing.labels.append({"x": -2.2, "y": down, "text": _whole(y), "style": "grid-side"})


def _add_corners(
    drawing: Drawing, paper: _Paper, corners: Sequence[tuple[int, float, float]], geom: Any
) -> None:
    places = {number: paper.at(x, y) for number, x, y in corners}
    drawing.corners = [list(place) for place in places.values()]
    every = ceil(len(corners) / _LABELLED_AT_MOST)
    inside = geom.buffer(0)
    for position, (number, x, y) in enumerate(corners):
        if position % every:
            continue
        out = _outside(inside, x, y, 3.4 / paper.per_m)
        dx, dy = paper.at(*out)
        drawing.labels.append({"x": dx, "y": dy, "text": f"P{number}", "style": "corner"})
    if len(corners) <= _LENGTHS_AT_MOST:
        _add_lengths(drawing, paper, inside)


def _add_lengths(drawing: Drawing, paper: _Paper, geom: Any) -> None:
    for ring in _rings(geom):
        points = shapely.get_coordinates(ring)
        for (ax, ay), (bx, by) in pairwise(points):
            length = hypot(bx - ax, by - ay)
            if length * paper.per_m < _LENGTH_NEEDS_MM:
                continue
            inward = _outside(geom, (ax + bx) / 2, (ay + by) / 2, 2.6 / paper.per_m, away=False)
            x, y = paper.at(*inward)
            text = f"{length:.2f}".replace(".", ",")
            # Along its side, never upside down.
            turn = (90 - degrees(atan2(bx - ax, by - ay)) + 90) % 180 - 90
            drawing.labels.append(
                {"x": x, "y": y, "text": text, "style": "length", "turn": round(-turn, 1)}
            )


def _outside(geom: Any, x: float, y: float, reach: float, *, away: bool = True) -> Place:
    """A spot `reach` from a place on the outline where most around it is outside (inside) the ground."""
    disc = shapely.Point(x, y).buffer(reach)
    wanted = disc.difference(geom) if away else disc.intersection(geom)
    if wanted.is_empty:
        return x, y
    middle = wanted.centroid
    dx, dy = middle.x - x, middle.y - y
    length = hypot(dx, dy)
    return (x, y) if length == 0 else (x + dx / length * reach, y + dy / length * reach)


def _scale_bar(scale: int) -> dict[str, Any]:
    """Four steps of a round length, at most 60 mm together."""
    step = max(s for s in (1, 2, *_GRID_STEPS_M, 20_000) if 4 * s * 1000 / scale <= 62)
    return {"step_mm": round(step * 1000 / scale, 3), "marks": [_whole(step * n) for n in range(5)]}


def _whole(number: float) -> str:
    return f"{int(number):,}".replace(",", " ")
