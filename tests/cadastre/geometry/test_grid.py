"""The 1 mm grid, fingerprints and the checks of polygons, over every type of geometry."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from cadastre.geometry.fingerprint import fingerprints
from cadastre.geometry.grid import on_grid, snapped
from cadastre.geometry.polygon_checks import size_flaws, stored_flaws, validity_flaws
from tests.shapes import at, bow_tie, comb, every_geometry, multi, sliver, square, strip, with_hole


def several(*geoms: object) -> np.ndarray:
    made = np.empty(len(geoms), dtype=object)
    made[:] = geoms
    return made


@given(st.lists(st.floats(-1e7, 1e7), min_size=2, max_size=20))
def test_snapping_twice_is_snapping_once(values: list[float]) -> None:
    once = on_grid(np.array(values))
    assert (on_grid(once) == once).all()
    assert np.abs(once - values).max() <= 0.000_501


@pytest.mark.parametrize("name", every_geometry)
def test_every_geometry_keeps_its_type_on_the_grid(name: str) -> None:
    (moved,) = snapped(several(every_geometry[name]))
    assert moved.geom_type == every_geometry[name].geom_type


def test_no_geometry_stays_none() -> None:
    assert snapped(several(None, square()))[0] is None


def test_neighbours_still_share_their_side_after_snapping() -> None:
    left, right = strip(2)
    shift = shapely.transform(several(left, right), lambda xy: xy + 0.000_37)
    left, right = snapped(shift)
    assert left.intersection(right).length == 20
    assert left.intersection(right).area == 0


def test_equal_ground_has_an_equal_fingerprint() -> None:
    lot = with_hole()
    ring = list(lot.exterior.coords)[:-1]
    turned = shapely.Polygon([*ring[2:], *ring[:2]][::-1], [h.coords[::-1] for h in lot.interiors])
    two, owt = multi(square(), square(40)), multi(square(40), square())
    high = shapely.force_3d(lot, 5)
    one, other, raised, a, b = fingerprints([lot, turned, high, two, owt])
    assert one == other == raised
    assert a == b
    assert fingerprints([square()]) != fingerprints([square(0.001)])


def test_a_bow_tie_is_told_with_its_crossing() -> None:
    (flaw,) = validity_flaws(several(bow_tie()))
    assert flaw is not None
    assert (flaw.code, flaw.x, flaw.y) == ("invalid_geometry", *at(10, 10))
    assert "se cruza" in flaw.message


@pytest.mark.parametrize(
    ("geom", "code"),
    [
        (shapely.Polygon(), "no_geometry"),
        (comb(2_600), "too_many_vertices"),
        (multi(*[square(x * 30) for x in range(201)]), "too_many_vertices"),
    ],
)
def test_what_forbids_to_look_closer(geom: shapely.Geometry, code: str) -> None:
    (flaw,) = size_flaws(several(geom))
    assert flaw is not None
    assert flaw.code == code


def test_nan_and_infinity_are_flaws() -> None:
    wkb = bytearray(shapely.to_wkb(square()))
    for number in (np.nan, np.inf, -np.inf):
        wkb[29:37] = np.float64(number).tobytes()
        with np.errstate(invalid="ignore"):
            geom = shapely.from_wkb(bytes(wkb))
        (flaw,) = size_flaws(several(geom))
        assert flaw is not None
        assert flaw.code == "not_finite"


def test_what_the_database_would_refuse() -> None:
    far = shapely.transform(square(), lambda xy: xy[:, ::-1])
    flaws = stored_flaws(several(square(), far, sliver(width_m=0.002), square(side_m=1)))
    assert [flaw and flaw.code for flaw in flaws] == [None, "out_of_bounds", "too_small", None]
