"""Deliberately broken layers of another project (LINDERO_REAL_DATA/ladm_col): each defect by its rule, no other one.

The shapes keep their metres and are moved to where Lindero's coordinates lie.
"""

from pathlib import Path

import numpy as np
import pytest
import shapely
from django.contrib.gis.geos import GEOSGeometry
from django.db import transaction
from pyogrio import raw

from cadastre.models import Road
from tests.cadastre.quality import sound_town
from tests.cadastre.quality.brute_force.differences import differences
from tests.shapes import at

pytestmark = [pytest.mark.django_db, pytest.mark.real_data]

TOPOLOGY = (
    "parcel_overlaps_parcel",
    "parcels_nearly_touch",
    "ground_twin",
    "gap_between_parcels",
    "island_without_parcel",
    "ground_off_grid",
    "ground_spike",
    "ground_narrow",
    "unshared_vertex",
)


def shapes(folder: Path, file: str, layer: str) -> list:
    _, _, wkb, _ = raw.read(folder / "ladm_col" / file, layer=layer)
    found = shapely.from_wkb(wkb)
    corner = shapely.total_bounds(found)[:2]
    home = np.array(at(0, 300))
    return [
        shapely.transform(one, lambda xy: np.rint((xy - corner + home) * 1000) / 1000)
        for one in found
    ]


def found_in(scene, grounds) -> dict[str, int]:
    """How often each rule finds something, once these stand as lots of one block."""
    with transaction.atomic():
        for ground in grounds:
            scene.lot(ground, block_code="M9")
        counts = {code: len(scene.found(code)) for code in TOPOLOGY}
        transaction.set_rollback(True)
    return {code: count for code, count in counts.items() if count}


@pytest.fixture
def scene():
    return sound_town.build()


def oracle(grounds) -> dict[str, int]:
    """Overlapping pairs, islands and enclosed gaps by shapely alone."""
    pairs = sum(
        shapely.intersection(a, b).area > 0.01
        and shapely.intersection(a, b).buffer(-0.005).area > 0
        for n, a in enumerate(grounds)
        for b in grounds[n + 1 :]
    )
    everything = shapely.union_all(grounds)
    rings = [r for g in grounds for p in shapely.get_parts(g) for r in p.interiors]
    islands = [shapely.difference(shapely.Polygon(r), everything) for r in rings]
    gaps = [shapely.Polygon(r) for p in shapely.get_parts(everything) for r in p.interiors]
    return {
        "parcel_overlaps_parcel": pairs,
        "island_without_parcel": sum(i.area >= 1 for i in islands),
        "gap_between_parcels": sum(g.area > 1 for g in gaps) if len(grounds) > 1 else 0,
    }


@pytest.mark.parametrize(
    ("file", "layer"),
    [
        ("quality_validations.gpkg", "terreno"),
        ("quality_validations.gpkg", "check_gaps_in_plots"),
        ("quality_validations.gpkg", "topology_plots"),
        ("quality_validations.gpkg", "construccion"),
        ("topology_cases.gpkg", "polygon_case1"),
        ("topology_cases.gpkg", "polygon_case6"),
        ("topology_cases.gpkg", "polygon_case7"),
    ],
)
def test_overlaps_gaps_and_islands_are_those_of_an_independent_check(scene, real_data, file, layer):
    grounds = shapes(real_data, file, layer)
    found = found_in(scene, grounds)
    expected = oracle(grounds)
    assert {code: found.get(code, 0) for code in expected} == expected


def test_the_one_vertex_that_the_neighbour_lacks_is_named(scene, real_data):
    """The two share their boundary but for one corner on it, which only the first has."""
    grounds = shapes(real_data, "topology_cases.gpkg", "polygon_case7")
    assert found_in(scene, grounds) == {"unshared_vertex": 1}


def test_an_invalid_map_is_named_and_stops_no_other_rule(scene, real_data):
    _, _, wkb, _ = raw.read(
        real_data / "ladm_col" / "quality_validations.gpkg", layer="right_of_way"
    )
    ways = shapely.from_wkb(wkb)
    corner = shapely.total_bounds(ways)[:2]
    for way in shapely.transform(ways, lambda xy: xy - corner + np.array(at(0, 300))):
        sound_town.UrbanLimit.objects.create(
            geom=GEOSGeometry(memoryview(shapely.to_wkb(way)), srid=32717), **scene.since
        )
    (named,) = scene.found("support_map_invalid")
    assert "límite urbano" in named.message
    assert scene.found("kind_against_urban_limit") == []


def test_lines_that_fall_short_or_run_twice_are_named(scene, real_data):
    """Ends that touch nothing within two metres are no undershoot; stretches in common are a double line."""
    lines = shapes(real_data, "geometry_utils.gpkg", "overlapping_lines")
    for line in lines:
        Road.objects.create(
            geom=GEOSGeometry(
                memoryview(shapely.to_wkb(shapely.MultiLineString([line]))), srid=32717
            ),
            **scene.since,
        )
    common = sum(
        shapely.intersection(a, b).length > 0.1 for n, a in enumerate(lines) for b in lines[n + 1 :]
    )
    assert common > 0
    assert len(scene.found("road_over_road")) == common


@pytest.mark.parametrize(
    ("file", "layer"),
    [
        *(
            ("quality_validations.gpkg", layer)
            for layer in ("terreno", "check_gaps_in_plots", "topology_plots", "construccion")
        ),
        *(("topology_cases.gpkg", f"polygon_case{number}") for number in range(1, 8)),
        ("geometry_utils.gpkg", "overlapping_polygons"),
    ],
)
def test_every_rule_names_in_broken_plots_what_a_plain_check_names(scene, real_data, file, layer):
    grounds = [one for one in shapes(real_data, file, layer) if one.is_valid and one.area >= 1]
    assert grounds
    with transaction.atomic():
        for number, ground in enumerate(grounds):
            scene.lot(
                ground, block_code=f"M{number % 2 + 8}", held=False, ficha=False, billed=False
            )
        assert differences(scene.town) == {}
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("file", "layer"),
    [
        *(("topology_cases.gpkg", f"lines_case{number}") for number in range(1, 8)),
        *(
            ("quality_validations.gpkg", layer)
            for layer in ("boundary", "bad_boundary", "good_boundary", "bbox_intersect_boundary")
        ),
    ],
)
def test_every_rule_names_in_broken_lines_what_a_plain_check_names(scene, real_data, file, layer):
    lines = shapes(real_data, file, layer)
    assert lines
    for line in lines:
        whole = shapely.MultiLineString(shapely.get_parts(line).tolist())
        Road.objects.create(
            geom=GEOSGeometry(memoryview(shapely.to_wkb(whole)), srid=32717), **scene.since
        )
    assert differences(scene.town) == {}
