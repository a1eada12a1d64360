"""Each rule on the map finds what a check of every thing against every other one finds, without SQL or index.

The checks stand in `brute_force`, a function of the rule's name for each rule on geometry and topology.
"""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely.affinity import rotate, translate

from cadastre.operations.load_samples import load_sample_town
from cadastre.quality.rule import Group, quality_rules
from cadastre.queries.quality_findings import of_units
from fixtures.samples.celica import CELICA
from fixtures.samples.generate import generate_town
from gis_project.territory.policy import CONSOLE
from tests import register
from tests.cadastre.quality.brute_force.differences import CHECKS, differences, found
from tests.cadastre.quality.brute_force.drawn_town import drawn
from tests.cadastre.quality.random_towns import RandomTown, place, random_towns
from tests.cadastre.quality.sound_town import TODAY

pytestmark = pytest.mark.django_db

PAIRS = ("ground_twin", "parcel_overlaps_parcel", "parcels_nearly_touch")
quick = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
thorough = settings(quick, max_examples=1000)


def test_every_rule_on_the_map_has_its_check():
    on_map = {
        code
        for code, rule in quality_rules().items()
        if rule.group in (Group.GEOMETRY, Group.TOPOLOGY)
    }
    assert set(CHECKS) == on_map


def assert_same(town: RandomTown) -> None:
    with transaction.atomic():
        scene = place(town)
        assert differences(scene.town) == {}
        transaction.set_rollback(True)


@quick
@given(random_towns())
def test_a_random_town(town):
    assert_same(town)


@pytest.mark.slow
@thorough
@given(random_towns())
def test_a_thousand_random_towns(town):
    assert_same(town)


@quick
@given(random_towns(), st.data())
def test_chosen_predios_of_a_random_town(town, data):
    """The pairs of which one is chosen, told of that one."""
    with transaction.atomic():
        scene = place(town)
        units = sorted(unit for unit, _ in drawn(scene.town, on=TODAY).whole_units)
        chosen = data.draw(st.lists(st.sampled_from(units), unique=True)) if units else []
        scope = of_units(scene.town, chosen, on=TODAY)
        for code in PAIRS:
            every = {
                pair
                for a, b in CHECKS[code](drawn(scene.town, on=TODAY))
                for pair in ((a, b), (b, a))
            }
            mine = {pair for pair in every if pair[0] in (scope.parcels or ())}
            assert set(found(code, scope)) == mine
        transaction.set_rollback(True)


@pytest.mark.slow
def test_the_sample_of_celica_with_things_put_wrong():
    """A whole town: 1,672 grounds, and on every thirtieth one more, moved or turned a little."""
    with transaction.atomic():
        municipality = load_sample_town(town=generate_town(CELICA), by=CONSOLE).municipality
        act = register.operation(municipality)
        grounds = sorted(drawn(municipality, on=TODAY).grounds, key=lambda one: one.geom.wkb)
        for number, one in enumerate(grounds[::30], start=1):
            wrong = (
                translate(one.geom, 0.07 * number, -0.05 * number)
                if number % 3
                else rotate(one.geom, number / 10)
            )
            register.place_parcel(act, wrong, block_code=one.code if number % 2 else "NINGUNA")
        assert differences(municipality) == {}
        transaction.set_rollback(True)
