"""Each rule: nothing in a sound town, and in a town with its one flaw exactly the predio that has it."""

from uuid import UUID

import pytest
from django.db import transaction

from cadastre.models import Parcel, PropertyUnit
from cadastre.quality.rule import Group, quality_rules
from tests.cadastre.quality import sound_town
from tests.cadastre.quality.flaws.by_rule import flaw_of, flaws_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    return sound_town.build()


@pytest.mark.parametrize("group", Group)
def test_every_rule_has_its_flaw_in_the_file_of_its_group(group):
    rules = {code for code, rule in quality_rules().items() if rule.group is group}
    assert set(flaws_of(group)) == rules


def test_there_are_enough_of_them():
    assert len(quality_rules()) >= 40


def test_nothing_is_invented_in_a_sound_town(scene):
    found = {code: [one.detail for one in scene.found(code)] for code in quality_rules()}
    assert {code: rows for code, rows in found.items() if rows} == {}


@pytest.mark.parametrize("code", quality_rules())
def test_the_flaw_is_named_and_told(scene, code):
    # Some flaws break the database's own laws, which look at them at the end: it never comes.
    with transaction.atomic():
        guilty = flaw_of(code)(scene)
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
