"""A new polygon for one parcel (rectified area): what would snap to the neighbours is proposed, never done silently.

First ``propose_replacement``; a person looks at the snaps and at what would overlap or be left to nobody and chooses
``as_drawn`` or ``snapped``; then ``replace_parcel`` with the chosen polygon.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic

import numpy as np
import shapely

from cadastre.geometry.adjust import changes
from cadastre.geometry.densify import (
    Densified,
    Place,
    densified_all,
    in_metres,
    with_corners_of,
)
from cadastre.geometry.exact_area import area_m2, twice_area_mm2
from cadastre.geometry.grid import on_grid, snapped
from cadastre.geometry.grid_rings import Area, Point, area_of, parts_of, vertices_of
from cadastre.geometry.ledger import K, LedgerLine, ledger
from cadastre.geometry.polygon_checks import size_flaws, stored_flaws, validity_flaws
from cadastre.geometry.refusal import GeometryRefused

_LEAST_PIECE_M2 = 1e-6


class ReplacementNotUsable(GeometryRefused):
    """The new polygon is empty, crosses itself or lies elsewhere: correct it and propose it again."""

    code = "replacement_not_usable"


@dataclass(frozen=True, slots=True)
class Snap(Generic[K]):
    """A vertex that would move onto a neighbour's boundary, or (``at`` is ``None``) a neighbour's vertex to take in."""

    at: Place | None
    to: Place
    distance_m: float
    neighbour: K


@dataclass(frozen=True, slots=True)
class Piece(Generic[K]):
    """Ground between the new polygon and the register, with the neighbours it touches."""

    geom: Area
    area_m2: float
    neighbours: tuple[K, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal(Generic[K]):
    """The new polygon two ways: ``as_drawn`` (only rounded to the grid) and ``snapped``.

    For the snapped one: ``overlaps`` with neighbours, ``released`` ground that the parcel had and nobody would
    have, ``taken`` ground that was nobody's. ``snapped`` equals ``as_drawn`` when snapping would break it
    (``is_snap_possible`` is false).
    """

    as_drawn: Area
    snapped: Area
    is_snap_possible: bool
    snaps: tuple[Snap[K], ...]
    overlaps: tuple[Piece[K], ...]
    released: tuple[Piece[K], ...]
    taken: tuple[Piece[K], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Replacement(Generic[K]):
    """What to store: the ``parcel`` with its neighbours' vertices on its edges, and the neighbours that gained one."""

    parcel: Area
    neighbours: Mapping[K, Area]
    ledger: tuple[LedgerLine[K], ...]


def propose_replacement(
    old: Area, new: Area, *, neighbours: Mapping[K, Area], tolerance_m: float
) -> Proposal[K]:
    """What the new polygon would do, with vertices within the tolerance of a neighbour's boundary snapped to it."""
    drawn: Area = snapped(np.array([new], dtype=np.object_))[0]
    check_usable(drawn)
    shape, snaps = _snapped(drawn, neighbours, tolerance_m)
    is_possible = shape is not None and bool(shapely.is_valid(shape)) and area_m2(shape) >= 1
    chosen = shape if shape is not None and is_possible else drawn
    others = shapely.union_all(list(neighbours.values()))
    return Proposal(
        as_drawn=drawn,
        snapped=chosen,
        is_snap_possible=is_possible,
        snaps=tuple(snaps),
        overlaps=_pieces(shapely.intersection(chosen, others), neighbours),
        released=_pieces(shapely.difference(old, shapely.union(chosen, others)), neighbours),
        taken=_pieces(shapely.difference(chosen, shapely.union(old, others)), neighbours),
    )


def replace_parcel(old: Area, new: Area, *, key: K, neighbours: Mapping[K, Area]) -> Replacement[K]:
    """The chosen polygon with shared vertices on both sides of its boundary; the ledger tells what was gained."""
    check_usable(new)
    if not shapely.relate_pattern(old, new, "2********"):
        raise ReplacementNotUsable(
            "El nuevo polígono está en otro lugar que el predio: revise coordenadas y predio.",
            at=(new.bounds[0], new.bounds[1]),
        )
    parcel, changed = _sharing(new, neighbours)
    return Replacement(
        parcel=parcel,
        neighbours={k: d.geom for k, d in changed.items()},
        ledger=changes({key: old}, {key: parcel}, changed),
    )


def enter_parcel(new: Area, *, neighbours: Mapping[K, Area]) -> Replacement[K]:
    """The same for ground that no parcel had: the ledger opens it, its last line tells whence it came."""
    check_usable(new)
    parcel, changed = _sharing(new, neighbours)
    return Replacement(
        parcel=parcel,
        neighbours={k: d.geom for k, d in changed.items()},
        ledger=ledger(
            closed={},
            opened=[twice_area_mm2(parcel)],
            changed={k: d.twice_change_mm2 for k, d in changed.items()},
        ),
    )


def check_usable(geom: Area) -> None:
    """Raise ReplacementNotUsable for a polygon that no parcel could have."""
    one = np.array([geom], dtype=np.object_)
    for check in (size_flaws, validity_flaws, stored_flaws):
        (flaw,) = check(one)
        if flaw is not None:
            at = None if flaw.x is None or flaw.y is None else (flaw.x, flaw.y)
            raise ReplacementNotUsable(flaw.message, at=at, flaw=flaw.code)


def _sharing(new: Area, neighbours: Mapping[K, Area]) -> tuple[Area, dict[K, Densified]]:
    """The polygon with the neighbours' vertices on its edges, and the neighbours that gained its own."""
    dense = with_corners_of(new, neighbours)
    own = vertices_of(parts_of(dense.geom))
    return dense.geom, densified_all(neighbours, own)


def _snapped(
    drawn: Area, neighbours: Mapping[K, Area], tolerance_m: float
) -> tuple[Area | None, list[Snap[K]]]:
    """The drawn polygon after the snaps; ``None`` when a ring would collapse."""
    corners = [
        (point, key)
        for key, geom in neighbours.items()
        for part in parts_of(geom)
        for ring in part
        for point in ring
    ]
    moves = _vertex_moves(parts_of(drawn), corners, neighbours, tolerance_m)
    snaps = [
        Snap(in_metres(p), in_metres(s.to), s.distance_m, s.key)
        for p, s in moves.items()
        if p != s.to
    ]
    to = {point: move.to for point, move in moves.items()}
    parts = []
    for part in parts_of(drawn):
        rings = []
        for ring in part:
            moved = [to.get(p, p) for p in ring]
            moved = [p for n, p in enumerate(moved) if p != moved[n - 1]]
            rings.append(moved)
        parts.append(rings)
    if any(len(ring) < 3 for part in parts for ring in part):
        return None, snaps
    taken_in = _taken_in(parts, corners, tolerance_m)
    snaps += taken_in
    return area_of(parts, like=drawn), snaps


@dataclass(frozen=True, slots=True)
class _Move(Generic[K]):
    to: Point
    distance_m: float
    key: K


def _vertex_moves(
    parts: Sequence[Sequence[list[Point]]],
    corners: Sequence[tuple[Point, K]],
    neighbours: Mapping[K, Area],
    tolerance_m: float,
) -> dict[Point, _Move[K]]:
    """For each drawn vertex the nearest neighbour's vertex, each taken once; else the nearest place on an edge."""
    points = [p for part in parts for ring in part for p in ring]
    moves: dict[Point, _Move[K]] = {}
    if not corners:
        return moves
    steps = np.array([p for p, _ in corners], dtype=np.int64)
    pairs = []
    for point in points:
        far = np.hypot(*(steps - np.array(point)).T) / 1000
        pairs += [(float(far[n]), point, n) for n in np.flatnonzero(far <= tolerance_m).tolist()]
    taken: set[Point] = set()
    for distance, point, number in sorted(pairs, key=lambda pair: pair[:2]):
        corner, key = corners[number]
        if point not in moves and corner not in taken:
            moves[point] = _Move(corner, distance, key)
            taken.add(corner)
    boundaries = {key: shapely.boundary(geom) for key, geom in neighbours.items()}
    for point in points:
        if point in moves:
            continue
        spot = shapely.Point(in_metres(point))
        far_of = {key: float(shapely.distance(line, spot)) for key, line in boundaries.items()}
        key = min(far_of, key=far_of.__getitem__)
        if far_of[key] <= tolerance_m:
            moves[point] = _Move(_nearest(boundaries[key], spot), far_of[key], key)
    return moves


def _nearest(line: shapely.Geometry, spot: shapely.Point) -> Point:
    place = shapely.get_coordinates(shapely.shortest_line(line, spot))[0]
    x, y = np.rint(on_grid(place) * 1000).astype(np.int64).tolist()
    return (x, y)


def _taken_in(
    parts: list[list[list[Point]]], corners: Sequence[tuple[Point, K]], tolerance_m: float
) -> list[Snap[K]]:
    """Put neighbours' vertices that lie within the tolerance of an edge into it; changes the rings given."""
    snaps: list[Snap[K]] = []
    for part in parts:
        for ring in part:
            for corner, key in corners:
                if corner in ring:
                    continue
                number, distance = _edge_near(ring, corner)
                if number is not None and distance <= tolerance_m:
                    ring.insert(number + 1, corner)
                    snaps.append(Snap(None, in_metres(corner), distance, key))
    return snaps


def _edge_near(ring: Sequence[Point], point: Point) -> tuple[int | None, float]:
    starts = np.array(ring, dtype=np.float64)
    way = np.roll(starts, -1, axis=0) - starts
    out = np.array(point, dtype=np.float64) - starts
    square = (way**2).sum(axis=1)
    along = (out * way).sum(axis=1) / square
    off = np.abs(way[:, 0] * out[:, 1] - way[:, 1] * out[:, 0]) / np.sqrt(square) / 1000
    off[(along <= 0) | (along >= 1)] = np.inf
    number = int(np.argmin(off))
    return (number, float(off[number])) if np.isfinite(off[number]) else (None, np.inf)


def _pieces(ground: shapely.Geometry, neighbours: Mapping[K, Area]) -> tuple[Piece[K], ...]:
    found: list[Piece[K]] = []
    for piece in shapely.get_parts(ground):
        if isinstance(piece, shapely.Polygon) and piece.area > _LEAST_PIECE_M2:
            near = tuple(k for k, geom in neighbours.items() if shapely.dwithin(geom, piece, 0.001))
            found.append(Piece(piece, float(piece.area), near))
    return tuple(sorted(found, key=lambda piece: -piece.area_m2))
