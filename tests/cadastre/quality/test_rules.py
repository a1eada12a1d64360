"""Each rule: nothing in a sound town, and in a town with its one flaw exactly the predio that has it."""

from uuid import UUID

import pytest
from django.db import transaction

from cadastre.models import Parcel, PropertyUnit
from cadastre.quality.rule import quality_rules
from tests.cadastre.quality import sound_town
from tests.cadastre.quality.flaws import FLAWS

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    return sound_town.build()


def test_every_rule_has_its_flaw():
    assert set(FLAWS) == set(quality_rules())
    assert len(FLAWS) >= 40


def test_nothing_is_invented_in_a_sound_town(scene):
    found = {code: [one.detail for one in scene.found(code)] for code in quality_rules()}
    assert {code: rows for code, rows in found.items() if rows} == {}


@pytest.mark.parametrize("code", sorted(FLAWS))
def test_the_flaw_is_named_and_told(scene, code):
    # Some flaws break the database's own laws, which look at them at the end: it never comes.
    with transaction.atomic():
        guilty = FLAWS[code](scene)
        (found,) = scene.found(code)
        transaction.set_rollback(True)
    assert named(guilty) & {found.unit_id, found.parcel_id, found.other_id}
    assert "{" not in found.message


def named(guilty) -> set:
    if isinstance(guilty, UUID):
        return {guilty}
    if isinstance(guilty, PropertyUnit):
        return {guilty.pk, guilty.parcel_id} - {None}
    if isinstance(guilty, Parcel):
        return {guilty.pk}
    return {guilty.feature_id}
