"""A line is drawn on the way it goes at each end, by what was asked and no more."""

import pytest
import shapely

from gis_project.portal.prolonged_line import LineNotProlonged, prolonged


def test_each_end_goes_on_its_own_way() -> None:
    """
    ·──┐
       │     first to the west, last to the south
       ·
    """
    found = shapely.from_wkt(prolonged("LINESTRING (0 10, 4 10, 4 5)", by_m=2))
    assert list(found.coords) == [(-2, 10), (0, 10), (4, 10), (4, 5), (4, 3)]


@pytest.mark.parametrize(
    "wkt",
    [
        "LINESTRING (0 0, 0 0)",
        "LINESTRING (0 0, 1 1, 1 1)",
        "LINESTRING (0 0, 1 0, 1 1, 0 0)",
        "POLYGON ((0 0, 1 0, 1 1, 0 0))",
        "LINESTRING (0",
    ],
)
def test_what_has_no_way_to_go_on_is_refused(wkt: str) -> None:
    with pytest.raises(LineNotProlonged):
        prolonged(wkt, by_m=1)
