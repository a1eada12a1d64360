"""Moving the boundary between two parcels: both change, their union does not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic

import shapely

from cadastre.geometry.densify import Densified, Place, densified_all, points_mm
from cadastre.geometry.exact_area import twice_area_mm2
from cadastre.geometry.grid_rings import Area, parts_of, vertices_of
from cadastre.geometry.ledger import K, LedgerLine, ledger
from cadastre.geometry.merge import merge
from cadastre.geometry.noding import Line
from cadastre.geometry.refusal import GeometryRefused, place
from cadastre.geometry.split import all_pieces, regroup


class NotTheirBoundary(GeometryRefused):
    """The new line does not part the two parcels: draw it from outer boundary to outer boundary."""

    code = "not_their_boundary"


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustment(Generic[K]):
    """Parcels with a new common boundary: ``members`` are all parties, changed; the ledger sums to zero.

    ``neighbours`` holds only those third parcels that gained a vertex; ``inserted`` the vertices gained on
    the outer boundary.
    """

    members: Mapping[K, Area]
    neighbours: Mapping[K, Area]
    inserted: tuple[Place, ...]
    ledger: tuple[LedgerLine[K], ...]


def adjust_boundary(
    pair: Mapping[K, Area], lines: Sequence[Line], *, neighbours: Mapping[K, Area]
) -> Adjustment[K]:
    """Two contiguous parcels parted anew along the lines; each piece stays with who held most of it.

    The union keeps its outline but for inserted vertices. Raises ``NotTheirBoundary``, or what ``merge`` and
    ``split_by_lines`` raise.
    """
    if len(pair) != 2:
        raise NotTheirBoundary("El lindero se ajusta entre dos predios: elija los dos.")
    first, second = pair
    whole = merge(pair, neighbours=neighbours)
    around = {**neighbours, **whole.neighbours}
    cut = all_pieces(whole.merged, lines, key=first, neighbours=around)
    groups: tuple[list[int], list[int]] = ([], [])
    held = shapely.area(shapely.intersection(list(cut.children), pair[first]))
    others = shapely.area(shapely.intersection(list(cut.children), pair[second]))
    for number, is_second in enumerate((others > held).tolist()):
        groups[is_second].append(number)
    for key, group in zip((first, second), groups, strict=True):
        if not group:
            spot = shapely.point_on_surface(pair[key])
            at = (spot.x, spot.y)
            raise NotTheirBoundary(
                f"La línea no separa los dos predios: el de {place(at)} perdería más de la mitad de cada "
                "parte. Dibújela más cerca del lindero actual.",
                at=at,
            )
    parted = regroup(cut, groups)
    members = dict(zip((first, second), parted.children, strict=True))
    for key, geom in members.items():
        if _part_count(geom) > _part_count(pair[key]):
            spot = shapely.point_on_surface(geom)
            at = (spot.x, spot.y)
            raise NotTheirBoundary(
                f"Uno de los predios quedaría en partes sueltas junto a {place(at)}: "
                "dibuje una sola línea entre los dos.",
                at=at,
            )
    inserted = (*whole.inserted, *cut.inserted)
    outline = vertices_of(parts_of(cut.parent))
    changed = densified_all(neighbours, points_mm(inserted), corners=outline)
    return Adjustment(
        members=members,
        neighbours={key: dense.geom for key, dense in changed.items()},
        inserted=inserted,
        ledger=changes(pair, members, changed),
    )


def changes(
    before: Mapping[K, Area], after: Mapping[K, Area], neighbours: Mapping[K, Densified]
) -> tuple[LedgerLine[K], ...]:
    """The ledger of an act that closes nothing: what each member and each densified neighbour gained."""
    gained = {key: twice_area_mm2(after[key]) - twice_area_mm2(before[key]) for key in before}
    gained |= {key: dense.twice_change_mm2 for key, dense in neighbours.items()}
    return ledger(closed={}, changed=gained)


def _part_count(geom: Area) -> int:
    return int(shapely.get_num_geometries(geom))
