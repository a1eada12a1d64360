"""merge ∘ split through the database: the parent's ground, rights and burdens come back, laws kept at each step."""

from fractions import Fraction

import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cadastre.geometry.exact_area import area_m2
from cadastre.geometry.merge import without_inserted
from cadastre.geometry.refusal import GeometryRefused
from cadastre.models import PropertyUnit
from cadastre.operations.merge_parcels import merge_parcels
from cadastre.operations.split_parcel import ByLines, split_parcel
from gis_project.territory.models import Municipality
from tests import filings, register
from tests.cadastre.operations.ground_scenes import assert_lawful, key, restriction, shape_now
from tests.strategies import blocks, cut_lines

pytestmark = pytest.mark.django_db


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(blocks(), st.data())
def test_the_united_parts_of_a_lot_are_the_lot(db, block, data):
    town = register.town(f"town-{town_number()}", f"{town_number():04d}")
    act = register.operation(town)
    units = {n: register.predio(act, lot, key(n + 1)) for n, lot in block.lots.items()}
    number = data.draw(st.sampled_from(sorted(units)))
    lot, before = units[number], shape_now(units[number])
    register.holder(act, lot, "Rosa Quishpe", share=Fraction(1))
    burden = restriction(act, lot)
    cut = ByLines((data.draw(cut_lines(block.lots[number])),))
    try:
        split = split_parcel(unit=lot, cut=cut, filing=filings.complete(town, "split_parcel"))
    except GeometryRefused:
        return
    assert_lawful(split)
    children = list(PropertyUnit.objects.filter(pk__in=[s.unit_id for s in split.after[1:]]))
    merged = merge_parcels(
        units=children, filing=filings.complete(town, "merge_parcels"), allow_parts=True
    )
    assert_lawful(merged)
    (again,) = [state for state in merged.after if state.state == "ACTIVE"]
    (shape,) = shapely.get_parts(again.geom)
    opened = sum(area for _, kind, area in split.ledger if kind == "OPENED")
    assert area_m2(shape) == opened
    inserted = [tuple(point) for point in split.facts["inserted"]]
    assert shapely.equals(without_inserted(shape, inserted), before)
    assert [right[1:] for right in again.rights] == [("OWNERSHIP", 1, 1)]
    assert [found[0] for found in again.encumbrances] == [str(burden.encumbrance_id)]


def town_number() -> int:
    """A code that no town has yet: one test's examples share a transaction."""
    return Municipality.objects.count() + 1
