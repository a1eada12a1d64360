"""Cutting a parcel into children that sum to it exactly.

How to use the package ``cadastre.geometry`` for the acts of the register. Everything is in EPSG:32717 on
the 1 mm grid, pure, frozen, and refuses with a subclass of ``GeometryRefused`` (Spanish message, ``x`` and
``y`` in ``details``). Ids are the caller's (UUIDs, numbers, text); a polygon may be ``Polygon`` or
``MultiPolygon``. ``neighbours`` are the parcels that touch, whatever the act may not change but in added
vertices; give every parcel within 2 mm.

    split_by_lines(parent, [line, …], key=…, neighbours={id: polygon})     split.py
    regroup(split, [(0, 2), (1,)])                  pieces that go together as one (multipart) child
    split_off_area(parent, area_m2, bearing_deg=…, side=…)                 parallel_cuts.py
    split_by_ratio · split_by_equal_area · split_by_equal_width
    split_by_partition(parent, [polygon, …])                               partition.py
    merge({id: polygon, …}, neighbours=…)                                  merge.py
    adjust_boundary({id: polygon, id: polygon}, [line, …], neighbours=…)   adjust.py
    apply_intents({id: polygon, …}, [MoveVertex(…), …], neighbours=…)      vertex_intents.py
    propose_replacement(old, new, neighbours=…, tolerance_m=…) · replace_parcel    replace.py
    boundary_parts(parcel, neighbours=…)                                   boundary_parts.py
    twice_area_mm2, area_m2                                                exact_area.py

The law of a split, checked before it is given back: the children are valid, their outline is the edge
set of the densified parent (``grid_rings``), hence they cover it without gap or overlap and their exact areas
sum to its area. What an operation stores: the children, and every polygon in ``neighbours`` (only those
that changed) as a new version; ``ledger`` goes to the area ledger as it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, NamedTuple

import shapely
from shapely import LineString

from cadastre.geometry.densify import (
    BoundaryTooTight,
    Densified,
    Place,
    densified_all,
    in_metres,
    points_mm,
    with_corners_of,
)
from cadastre.geometry.exact_area import area_m2, twice_area_mm2, twice_area_of
from cadastre.geometry.grid_rings import (
    Area,
    Edge,
    Parts,
    Point,
    area_of,
    edges_of,
    faces_of,
    outline_of,
    parts_of,
    vertices_of,
)
from cadastre.geometry.ledger import Entry, K, LedgerLine, ledger
from cadastre.geometry.noding import Line, LineNotUsable, noded, rounded_lines
from cadastre.geometry.polygon_checks import MIN_AREA_M2
from cadastre.geometry.refusal import GeometryRefused, place
from gis_project.core.units import format_m2

_MIN_TWICE_MM2 = int(2_000_000 * MIN_AREA_M2)


class DoesNotCut(GeometryRefused):
    """The line separates nothing: draw it from boundary to boundary, right through the parcel."""

    code = "does_not_cut"


class PieceTooSmall(GeometryRefused):
    """A piece would measure less than 1 m²: move the line away from the boundary or along it."""

    code = "piece_too_small"


@dataclass(frozen=True, slots=True, kw_only=True)
class Split(Generic[K]):
    """A parcel cut: ``parent`` is what was cut, densified; ``children`` the largest first (or as asked).

    ``neighbours`` holds only those that gained a vertex; ``inserted`` the vertices that the parent gained, in
    their order: corners of neighbours that stood on its bare sides, then what the cut brought;
    ``unused`` the parts of the lines inside the parcel that separate nothing (loose ends), to be shown.
    """

    key: K
    parent: Area
    children: tuple[Area, ...]
    neighbours: Mapping[K, Area]
    inserted: tuple[Place, ...]
    unused: tuple[LineString, ...]
    ledger: tuple[LedgerLine[K], ...]


def split_by_lines(
    parent: Area, lines: Sequence[Line], *, key: K, neighbours: Mapping[K, Area]
) -> Split[K]:
    """The pieces into which the lines, rounded to the grid, cut the parcel; lines may cross each other.

    Raises ``DoesNotCut``, ``PieceTooSmall``, ``LineNotUsable`` or ``BoundaryTooTight``.
    """
    result = all_pieces(parent, lines, key=key, neighbours=neighbours)
    _check_size(result.children)
    return result


def all_pieces(
    parent: Area, lines: Sequence[Line], *, key: K, neighbours: Mapping[K, Area]
) -> Split[K]:
    """The same, however small the pieces: to be regrouped."""
    whole = with_corners_of(parent, neighbours)
    cut = pieces_of(whole, lines, key=key)
    gained = points_mm(cut.inserted[len(whole.inserted) :])
    around = densified_all(neighbours, gained, corners=vertices_of(parts_of(cut.parent)))
    if not around:
        return cut
    lines_of_area = ledger(
        closed={key: -_amounts(cut, Entry.CLOSED)[0]},
        opened=_amounts(cut, Entry.OPENED),
        changed={k: dense.twice_change_mm2 for k, dense in around.items()},
    )
    return replace(cut, neighbours={k: d.geom for k, d in around.items()}, ledger=lines_of_area)


def pieces_of(whole: Densified, lines: Sequence[Line], *, key: K) -> Split[K]:
    """The same of a parcel that has its neighbours' corners already (``with_corners_of``); they stay as they are."""
    corners = parts_of(whole.geom)
    after, cuts, gained = noded(corners, rounded_lines(lines))
    dense = area_of(after, like=whole.geom)
    if not shapely.is_valid(dense):
        at = in_metres(gained[0]) if gained else None
        raise BoundaryTooTight(
            "Al insertar los extremos del corte el lindero se tocaría a sí mismo: "
            "aléjelo de esa esquina.",
            at=at,
        )
    own = edges_of(after)
    pieces = _faces_inside(dense, faces_of([*own, *cuts]))
    if len(pieces) <= len(after):
        raise _does_not_cut(dense, cuts)
    pieces.sort(key=lambda piece: (-twice_area_of(piece.parts), min(piece.parts[0][0])))
    children = tuple(piece.shape for piece in pieces)
    check_law(own, children)
    return Split(
        key=key,
        parent=dense,
        children=children,
        neighbours={},
        inserted=(*whole.inserted, *(in_metres(point) for point in gained)),
        unused=_unused(dense, cuts, own, pieces),
        ledger=ledger(
            closed={key: twice_area_of(corners) - whole.twice_change_mm2},
            opened=[twice_area_of(piece.parts) for piece in pieces],
            changed={},
        ),
    )


def regroup(split: Split[K], groups: Sequence[Sequence[int]]) -> Split[K]:
    """The same split with pieces put together, each piece in exactly one group, in the order of the groups.

    Pieces that touch along a line become one polygon again, others a ``MultiPolygon``. Raises
    ``PieceTooSmall``.
    """
    if sorted(number for group in groups for number in group) != list(range(len(split.children))):
        raise ValueError("Each piece belongs to exactly one group.")
    children = tuple(united([split.children[n] for n in group]) for group in groups)
    _check_size(children)
    if len(children) < len(split.children):  # else they are the pieces whose law is checked
        check_law(edges_of(parts_of(split.parent)), children)
    opened = _amounts(split, Entry.OPENED)
    lines = ledger(
        closed={split.key: -_amounts(split, Entry.CLOSED)[0]},
        opened=[sum(opened[n] for n in group) for group in groups],
        changed=dict(zip(split.neighbours, _amounts(split, Entry.CHANGED), strict=True)),
    )
    return replace(split, children=children, ledger=lines)


def _amounts(split: Split[K], entry: Entry) -> list[int]:
    return [line.twice_mm2 for line in split.ledger if line.entry is entry]


def united(pieces: Sequence[Area]) -> Area:
    """Polygons that share their vertices, as one; common edges vanish and every vertex stays.

    ``ValueError`` when they overlap.
    """
    if len(pieces) == 1:
        return pieces[0]
    outline = outline_of([edges_of(parts_of(piece)) for piece in pieces])
    if outline is None:
        raise ValueError("The pieces overlap.")
    # Each face that has a directed edge of the outline on its left lies inside.
    inside = []
    for face in faces_of(outline):
        if any(edge in outline for edge in edges_of(face)):
            inside.append(face[0])
    return area_of(inside)


class _Piece(NamedTuple):
    parts: Parts
    shape: Area


def _faces_inside(dense: Area, faces: Sequence[Parts]) -> list[_Piece]:
    pieces = [_Piece(face, area_of(face)) for face in faces]
    spots = shapely.point_on_surface([piece.shape for piece in pieces])
    shapely.prepare(dense)
    inside = shapely.contains(dense, spots)
    return [piece for piece, is_inside in zip(pieces, inside, strict=True) if is_inside]


def _unused(
    dense: Area, cuts: set[Edge], own: Sequence[Edge], pieces: Sequence[_Piece]
) -> tuple[LineString, ...]:
    used = {edge for piece in pieces for edge in edges_of(piece.parts)} | set(own)
    loose = [edge for edge in sorted(cuts) if edge not in used and edge[::-1] not in used]
    if not loose:
        return ()
    lines = shapely.linestrings([[in_metres(p), in_metres(q)] for p, q in loose])
    is_inside = shapely.contains_properly(dense, _middle(lines))
    return tuple(lines[is_inside])


def _middle(lines: Any) -> Any:
    return shapely.line_interpolate_point(lines, 0.5, normalized=True)


def _does_not_cut(dense: Area, cuts: set[Edge]) -> DoesNotCut:
    ends: dict[Point, int] = {}
    for edge in cuts:
        for point in edge:
            ends[point] = ends.get(point, 0) + 1
    loose = sorted(point for point, count in ends.items() if count == 1)
    for point in loose:
        if shapely.contains_properly(dense, shapely.Point(in_metres(point))):
            at = in_metres(point)
            return DoesNotCut(
                f"La línea empieza o termina dentro del predio en {place(at)}: "
                "prolónguela hasta el lindero.",
                at=at,
            )
    middles = [_middle(LineString([in_metres(p), in_metres(q)])) for p, q in sorted(cuts)]
    for middle in middles:
        if shapely.contains_properly(dense, middle):
            at = (middle.x, middle.y)
            return DoesNotCut(
                f"La línea entra al predio cerca de {place(at)} y no lo divide: une el contorno con un "
                "hueco. Siga hasta el otro lado.",
                at=at,
            )
    centre = shapely.point_on_surface(dense)
    at = (centre.x, centre.y)
    return DoesNotCut(
        "La línea no atraviesa el predio: solo pasa fuera, por un vértice o a lo largo del lindero. "
        f"Crúcela por dentro, por ejemplo cerca de {place(at)}.",
        at=at,
    )


def _check_size(children: Sequence[Area]) -> None:
    for child in children:
        if twice_area_mm2(child) < _MIN_TWICE_MM2:
            spot = shapely.point_on_surface(child)
            at = (spot.x, spot.y)
            raise PieceTooSmall(
                f"Una parte mediría {format_m2(area_m2(child))}, menos de 1 m², cerca de "
                f"{place(at)}: mueva la línea.",
                at=at,
            )


def check_law(own: Sequence[Edge], children: Sequence[Area]) -> None:
    """Valid children whose outline is the parent's: nothing is lost, nothing is counted twice."""
    valid = shapely.is_valid(list(children))
    for child, is_valid in zip(children, valid, strict=True):
        if not is_valid:
            at = (child.bounds[0], child.bounds[1])
            raise LineNotUsable(
                f"El corte dejaría una parte no válida junto a {place(at)}: mueva la línea.", at=at
            )
    if outline_of([edges_of(parts_of(child)) for child in children]) != set(own):
        at = in_metres(own[0][0])
        raise LineNotUsable(
            "El corte pasa demasiado cerca del lindero para redondearlo al milímetro: muévalo.",
            at=at,
        )
