"""Areas from the stored vertices: legal grid and ellipsoid, holes and parts respected.

+-----------+   +---+
|  +-----+  |   |   |   a square of 100 m with a hole of 50 m, and a square of 30 m:
|  |     |  |   +---+   10,000 - 2,500 + 900 = 8,400 m²
|  +-----+  |
+-----------+
"""

from pathlib import Path

import numpy as np
import pyogrio
import pytest
import shapely
from shapely import LineString, MultiPolygon, Point, Polygon, box

from gis_project.core.areas import (
    NotAnArea,
    ellipsoidal_area,
    ellipsoidal_areas,
    legal_area,
    legal_areas,
    reprojected,
)
from gis_project.core.crs import CrsNotAccepted

# Machachi: near the edge of zone 17, where the grid exaggerates by 1.016 per mille.
X, Y = 770_814.0, 9_943_567.0
SQUARE = box(X, Y, X + 100, Y + 100)
HOLE = box(X + 25, Y + 25, X + 75, Y + 75)
WITH_HOLE = Polygon(SQUARE.exterior.coords, [HOLE.exterior.coords])
TWO_PARTS = MultiPolygon([WITH_HOLE, box(X + 200, Y, X + 230, Y + 30)])


@pytest.mark.parametrize(
    ("geom", "grid_m2"), [(SQUARE, 10_000), (WITH_HOLE, 7_500), (TWO_PARTS, 8_400)]
)
def test_grid_and_ellipsoid_of_each_shape(geom: shapely.Geometry, grid_m2: float) -> None:
    assert legal_area(geom, legal_srid=32717) == pytest.approx(grid_m2, abs=1e-6)
    assert ellipsoidal_area(geom) == pytest.approx(grid_m2 / 1.001016, rel=1e-5)


def test_machachi_square_is_as_computed_by_hand() -> None:
    assert ellipsoidal_area(SQUARE) == pytest.approx(9_989.84, abs=0.01)


def test_celica_square_is_larger_on_the_ground() -> None:
    longitude_latitude = Point(-79.955, -4.105)
    x, y = (reprojected(np.array([longitude_latitude]), from_srid=4326, to_srid=32717)[0]).coords[0]

    assert ellipsoidal_area(box(x, y, x + 100, y + 100)) == pytest.approx(10_004.67, abs=0.05)


def test_orientation_does_not_matter() -> None:
    assert ellipsoidal_area(WITH_HOLE.reverse()) == pytest.approx(ellipsoidal_area(WITH_HOLE))


def test_an_empty_polygon_has_no_area_and_the_order_is_kept() -> None:
    geoms = [Polygon(), TWO_PARTS, MultiPolygon(), SQUARE]

    assert ellipsoidal_areas(geoms)[[0, 2]].tolist() == [0, 0]
    assert legal_areas(geoms, legal_srid=32717).round(6).tolist() == [0, 8_400, 0, 10_000]
    assert ellipsoidal_areas([]).tolist() == []


@pytest.mark.parametrize("wrong", [None, Point(X, Y), LineString([(X, Y), (X + 1, Y)])])
def test_what_is_no_polygon_is_refused(wrong: shapely.Geometry | None) -> None:
    with pytest.raises(NotAnArea) as refusal:
        legal_areas([SQUARE, wrong], legal_srid=32717)

    assert refusal.value.details == {"position": 1}


def test_degrees_are_no_legal_system() -> None:
    with pytest.raises(CrsNotAccepted):
        legal_area(SQUARE, legal_srid=4326)


@pytest.mark.real_data
def test_dayuma_measures_what_its_own_file_says(real_data: Path) -> None:
    file = real_data / "sigtierras_dayuma" / "predios_dayuma_32718.gpkg"
    own = shapely.from_wkb(pyogrio.raw.read(file)[2])
    stored = reprojected(own, from_srid=32718, to_srid=32717)

    hectares = {
        srid: legal_areas(stored, legal_srid=srid).sum() / 10_000 for srid in (32717, 32718)
    }

    assert len(stored) == 2_445
    assert hectares[32718] == pytest.approx(40_265.4, abs=0.05)
    assert hectares[32718] == pytest.approx(shapely.area(own).sum() / 10_000, rel=1e-9)
    assert hectares[32717] == pytest.approx(40_425.8, abs=0.05)
    assert ellipsoidal_areas(stored).sum() / 10_000 == pytest.approx(40_251.9, abs=0.05)
