"""Rules on buildings, roads, ravine edges and risk areas against the ground and against each other."""

import shapely

from tests.cadastre.quality.brute_force.drawn_town import DrawnTown
from tests.cadastre.quality.brute_force.named import (
    Check,
    area_of_common,
    length_of_common,
    meeting,
    meeting_pairs,
    runs_inside,
    shares_ground,
)


def building_outside_parcel(town: DrawnTown):
    for building in town.buildings:
        ground = town.ground_of(building.parcel)
        if ground is not None and shapely.difference(building.geom, ground).area > 0.5:
            yield building.parcel, building.id


def building_over_neighbour(town: DrawnTown):
    for building in town.buildings:
        for ground in meeting(building.geom, town.grounds):
            if ground.id != building.parcel and area_of_common(building.geom, ground.geom) > 0.5:
                yield building.parcel, ground.id


def building_over_building(town: DrawnTown):
    for a, b in meeting_pairs(town.buildings):
        if area_of_common(a.geom, b.geom) > 1:
            yield a.parcel, b.id


def building_without_ground(town: DrawnTown):
    known = {ground.id for ground in town.grounds} | town.blank
    for building in town.buildings:
        if building.parcel not in known:
            yield building.parcel, building.id


def building_over_ravine_edge(town: DrawnTown):
    for building in town.buildings:
        for edge in meeting(building.geom, town.ravine_edges):
            if runs_inside(edge.geom, building.geom):
                yield building.parcel, edge.id


def building_in_high_risk(town: DrawnTown):
    for building in town.buildings:
        for area in town.risk_areas:
            if area.level == "HIGH" and shares_ground(area.geom, building.geom):
                yield building.parcel, area.id


def parcel_over_road(town: DrawnTown):
    for ground in town.grounds:
        for road in meeting(ground.geom, town.roads):
            length = length_of_common(road.geom, ground.geom)
            if length > 1 and runs_inside(road.geom, ground.geom):
                yield ground.id, road.id


def parcel_over_ravine_edge(town: DrawnTown):
    for ground in town.grounds:
        for edge in meeting(ground.geom, town.ravine_edges):
            length = length_of_common(edge.geom, ground.geom)
            if length > 1 and runs_inside(edge.geom, ground.geom):
                yield ground.id, edge.id


def road_over_road(town: DrawnTown):
    for a, b in meeting_pairs(town.roads):
        if length_of_common(a.geom, b.geom) > 0.1:
            yield None, a.id


def road_undershoot(town: DrawnTown):
    """Once an end and other line: ends that meet no other line and have one within two metres."""
    for road in town.roads:
        others = [other for other in town.roads if other is not road]
        for line in shapely.get_parts(shapely.line_merge(road.geom)):
            if line.is_closed:
                continue
            for tip in (shapely.Point(line.coords[0]), shapely.Point(line.coords[-1])):
                gaps = [shapely.distance(other.geom, tip) for other in others]
                if any(gap <= 0.001 for gap in gaps):
                    continue
                yield from ((None, road.id) for gap in gaps if gap <= 2)


CHECKS: dict[str, Check] = {
    check.__name__: check
    for check in (
        building_outside_parcel,
        building_over_neighbour,
        building_over_building,
        building_without_ground,
        building_over_ravine_edge,
        building_in_high_risk,
        parcel_over_road,
        parcel_over_ravine_edge,
        road_over_road,
        road_undershoot,
    )
}
