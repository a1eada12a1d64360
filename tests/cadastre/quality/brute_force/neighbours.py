"""Rules on parcels beside each other and within their blocks: every pair is looked at."""

from collections import defaultdict

import numpy as np
import shapely

from tests.cadastre.quality.brute_force.drawn_town import DrawnTown, Shape
from tests.cadastre.quality.brute_force.named import (
    Check,
    area_of_common,
    holes,
    meeting,
    meeting_pairs,
    shares_ground,
)


def parcel_overlaps_parcel(town: DrawnTown):
    """As the no-overlap law measures: pieces over 0,01 m² in which a circle of 5 mm fits."""
    for a, b in meeting_pairs(town.grounds):
        common = shapely.get_parts(shapely.get_parts(shapely.intersection(a.geom, b.geom)))
        pieces = [
            piece
            for piece in common
            if piece.geom_type == "Polygon"
            and piece.area > 0.01
            and not piece.buffer(-0.005, join_style="mitre").is_empty
        ]
        if any(2 * piece.area / piece.length > 0.01 for piece in pieces):
            yield a.id, b.id


def parcels_nearly_touch(town: DrawnTown):
    in_order = sorted(town.grounds, key=lambda one: one.id)
    for number, a in enumerate(in_order):
        others = in_order[number + 1 :]
        gaps = shapely.distance(a.geom, [one.geom for one in others])
        near = [one for one, gap in zip(others, gaps, strict=True) if gap <= 0.2]
        yield from ((a.id, b.id) for b in near if not a.geom.intersects(b.geom))


def unshared_vertex(town: DrawnTown):
    corners = [shapely.get_coordinates(ground.geom) for ground in town.grounds]
    points = shapely.points(np.concatenate([np.empty((0, 2)), *corners]))
    holders = np.repeat([ground.id for ground in town.grounds], [len(one) for one in corners])
    for mine, own in zip(town.grounds, corners, strict=True):
        on_edge = shapely.distance(points, mine.geom.boundary) <= 0.02
        lone = on_edge & (shapely.distance(points, shapely.MultiPoint(own)) > 0.0005)
        for other in set(holders[lone]) - {mine.id}:
            yield mine.id, other


def gap_in_block(town: DrawnTown):
    """Once a hole, with the lowest parcel beside it."""
    held = shapely.union_all([ground.geom for ground in town.grounds])
    paved = shapely.union_all(
        [
            road.geom.buffer(road.width_m / 2, quad_segs=8, cap_style="square")
            for road in town.roads
            if road.width_m
        ]
    )
    for block in town.blocks:
        unheld = shapely.difference(block.geom, held)
        if unheld.area > block.geom.area - 1:
            continue
        for hole in shapely.get_parts(shapely.difference(unheld, paved)):
            if hole.area > 1:
                yield _lowest(town, hole, 0.01), block.id


def gap_between_parcels(town: DrawnTown):
    """Where no block of that code is drawn."""
    drawn = {block.code for block in town.blocks}
    by_code: dict[str, list[Shape]] = defaultdict(list)
    for ground in town.grounds:
        if ground.code and ground.code not in drawn:
            by_code[ground.code].append(ground)
    everything = shapely.union_all([ground.geom for ground in town.grounds])
    for together in by_code.values():
        if len(together) < 2:
            continue
        for ring in holes(shapely.union_all([ground.geom for ground in together])):
            for hole in shapely.get_parts(shapely.difference(ring, everything)):
                if hole.area > 1:
                    yield _lowest(town, hole, 0), None


def _lowest(town: DrawnTown, hole, distance_m: float):
    gaps = shapely.distance(hole, [one.geom for one in town.grounds])
    near = [one.id for one, gap in zip(town.grounds, gaps, strict=True) if gap <= distance_m]
    return min(near, default=None)


def island_without_parcel(town: DrawnTown):
    for ground in town.grounds:
        for hole in holes(ground.geom):
            others = shapely.union_all([one.geom for one in town.grounds if one is not ground])
            if shapely.difference(hole, others).area >= 1:
                yield ground.id, None


def parcel_outside_block(town: DrawnTown):
    for ground in town.grounds:
        own = [block for block in town.blocks if ground.code and block.code == ground.code]
        for block in own:
            if shapely.difference(ground.geom, block.geom).area > 1:
                yield ground.id, block.id


def parcel_in_other_block(town: DrawnTown):
    for ground in town.grounds:
        others = [block for block in town.blocks if ground.code and block.code != ground.code]
        for block in meeting(ground.geom, others):
            if area_of_common(ground.geom, block.geom) > 1:
                yield ground.id, block.id


def block_overlaps_block(town: DrawnTown):
    for a, b in meeting_pairs(town.blocks):
        if shares_ground(a.geom, b.geom) and area_of_common(a.geom, b.geom) > 1:
            yield None, a.id


CHECKS: dict[str, Check] = {
    check.__name__: check
    for check in (
        parcel_overlaps_parcel,
        parcels_nearly_touch,
        unshared_vertex,
        gap_in_block,
        gap_between_parcels,
        island_without_parcel,
        parcel_outside_block,
        parcel_in_other_block,
        block_overlaps_block,
    )
}
