"""Rules on the shape of one ground, one line or one map."""

from math import acos, degrees, hypot

import numpy as np
import shapely

from tests.cadastre.quality.brute_force.drawn_town import DrawnTown
from tests.cadastre.quality.brute_force.named import Check, holes, meeting_pairs, rings


def ground_missing(town: DrawnTown):
    drawn = {ground.id for ground in town.grounds}
    for _unit, parcel in town.whole_units:
        if parcel not in drawn:
            yield parcel, None


def ground_off_grid(town: DrawnTown):
    for ground in town.grounds:
        millimetres = shapely.get_coordinates(ground.geom) * 1000
        if (abs(millimetres - np.rint(millimetres)) > 0.001).any():
            yield ground.id, None


def ground_short_edge(town: DrawnTown):
    for ground in town.grounds:
        if any(length < 0.01 for ring in rings(ground.geom) for length in _edges(ring)):
            yield ground.id, None


def _edges(ring) -> np.ndarray:
    return np.hypot(*np.diff(shapely.get_coordinates(ring), axis=0).T)


def ground_spike(town: DrawnTown):
    """Once a corner."""
    for ground in town.grounds:
        for ring in rings(ground.geom):
            corners = shapely.get_coordinates(shapely.remove_repeated_points(ring))[:-1]
            for before, here, after in zip(
                np.roll(corners, 1, axis=0), corners, np.roll(corners, -1, axis=0), strict=True
            ):
                if _angle_deg(before - here, after - here) < 1:
                    yield ground.id, None


def _angle_deg(a, b) -> float:
    cosine = float(a @ b) / (hypot(*a) * hypot(*b))
    return degrees(acos(max(-1.0, min(1.0, cosine))))


def ground_narrow(town: DrawnTown):
    for ground in town.grounds:
        if 2 * ground.geom.area / ground.geom.length < 0.5:
            yield ground.id, None


def ground_tiny_part(town: DrawnTown):
    for ground in town.grounds:
        parts = shapely.get_parts(ground.geom)
        if len(parts) > 1:
            yield from ((ground.id, None) for part in parts if part.area < 1)


def ground_tiny_hole(town: DrawnTown):
    for ground in town.grounds:
        yield from ((ground.id, None) for hole in holes(ground.geom) if hole.area < 1)


def ground_scattered(town: DrawnTown):
    for ground in town.grounds:
        first, *others = shapely.get_parts(ground.geom)
        if any(shapely.distance(first, part) > 50 for part in others):
            yield ground.id, None


def ground_twin(town: DrawnTown):
    for a, b in meeting_pairs(town.grounds):
        if shapely.normalize(a.geom) == shapely.normalize(b.geom):
            yield a.id, b.id


def ground_outside_town(town: DrawnTown):
    for ground in town.grounds:
        if shapely.difference(ground.geom, town.limit).area > 1:
            yield ground.id, None


def road_crosses_itself(town: DrawnTown):
    for road in town.roads:
        if not road.geom.is_simple:
            yield None, road.id


def support_map_invalid(town: DrawnTown):
    for one in town.loose_maps:
        if not one.geom.is_valid:
            yield None, one.id


CHECKS: dict[str, Check] = {
    check.__name__: check
    for check in (
        ground_missing,
        ground_off_grid,
        ground_short_edge,
        ground_spike,
        ground_narrow,
        ground_tiny_part,
        ground_tiny_hole,
        ground_scattered,
        ground_twin,
        ground_outside_town,
        road_crosses_itself,
        support_map_invalid,
    )
}
