"""Ground from a file becomes the rows of a form's field: one polygon, or the boundary between two."""

import pytest
import shapely
from shapely import LineString, Polygon, box

from cadastre.imports.raw_layer import RawLayer, RawRecord
from gis_project.core.areas import reprojected
from gis_project.portal.ground_text import GroundFileUnfit, boundary_text, polygon_text
from gis_project.portal.pasted_lines import pasted_lines, pasted_polygon
from tests.shapes import at, square, with_hole


def layer(*shapes, srid: int | None = 32717) -> RawLayer:
    records = [RawRecord(i, {}, shapely.to_wkb(shape)) for i, shape in enumerate(shapes, 1)]
    return RawLayer(format="GPKG", layer="l", srid=srid, records=records)


@pytest.mark.parametrize("shape", [square(), with_hole(0)], ids=["plain", "hole"])
def test_a_polygon_reads_back_as_it_was(shape: Polygon) -> None:
    told = polygon_text(layer(shape), legal_srid=32717)
    assert shapely.from_wkt(pasted_polygon(told.text)).equals(shape)
    assert told.srid == 32717


def test_degrees_become_metres_of_the_legal_crs() -> None:
    (degrees,) = reprojected(shapely.multipolygons([[square()]]), to_srid=4326)
    told = polygon_text(layer(degrees, srid=4326), legal_srid=32717)
    back = shapely.from_wkt(pasted_polygon(told.text))
    assert told.srid == 32717
    assert back.symmetric_difference(square()).area < 0.1


def test_a_file_without_crs_leaves_it_to_the_form() -> None:
    assert polygon_text(layer(square(), srid=None), legal_srid=32718).srid is None


@pytest.mark.parametrize(
    ("shapes", "srid", "why"),
    [
        ((square(), square(20)), 32717, "2 polígonos"),
        ((LineString([(0, 0), (1, 1)]),), 32717, "ningún polígono"),
        ((square(),), 24877, "EPSG:24877"),
    ],
)
def test_what_is_not_one_polygon_is_refused(shapes, srid: int, why: str) -> None:
    with pytest.raises(GroundFileUnfit, match=why):
        polygon_text(layer(*shapes, srid=srid), legal_srid=32717)


def test_the_boundary_of_two_polygons_is_what_they_share() -> None:
    """
    ┌──────┐┌────┐
    │      ││    │   the line between them, and nothing of the outline
    └──────┘└────┘
    """
    two = box(*at(0, 0), *at(22, 20)), box(*at(22, 0), *at(40, 20))
    (line,) = pasted_lines(boundary_text(layer(*two), legal_srid=32717).text)
    assert shapely.from_wkt(line).equals(LineString([at(22, 0), at(22, 20)]))


def test_lines_stay_apart_by_an_empty_row() -> None:
    lines = LineString([(0, 0), (1, 1)]), LineString([(2, 2), (3, 3)])
    assert len(pasted_lines(boundary_text(layer(*lines), legal_srid=32717).text)) == 2


@pytest.mark.parametrize(
    ("shapes", "why"),
    [
        ((square(),), "los dos predios, o la línea"),
        ((square(), square(60)), "no comparten lindero"),
        ((), "ninguna línea"),
    ],
)
def test_what_is_no_boundary_is_refused(shapes, why: str) -> None:
    with pytest.raises(GroundFileUnfit, match=why):
        boundary_text(layer(*shapes), legal_srid=32717)
