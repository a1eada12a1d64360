"""Another key from a day on; whoever brings the old one still finds the predio."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection

from cadastre.acts.required_sources import SourcesMissing
from cadastre.models import KeyAlias, Observation, PropertyUnit
from cadastre.operations.carry_out_act import carry_out_act
from cadastre.operations.change_key import (
    KeyUnfit,
    NumberStays,
    change_key,
)
from cadastre.operations.deed.locks import PredioRetired
from cadastre.operations.deed.perform import KeyTaken, NumberTaken
from cadastre.operations.deed.rows import OutOfOrder
from cadastre.queries.properties import find_property
from gis_project.core.errors import NotFound
from tests import filings, register
from tests.cadastre.operations.ground_scenes import assert_lawful, key, observe
from tests.shapes import square

pytestmark = pytest.mark.django_db
AFTER = date(2026, 5, 1)


@pytest.fixture
def scene():
    town = register.town()
    act = register.operation(town)
    lots = [register.predio(act, square(20 * n), key(n + 1)) for n in range(2)]
    return town, act, lots


def change(town, unit, text, **fields):
    return change_key(unit=unit, key=text, filing=filings.complete(town, "change_key", **fields))


def test_the_new_key_is_principal_and_the_old_one_finds_it(scene):
    town, _, (lot, _) = scene
    outcome = change(town, lot, "17-03-50-01-01-001-045")
    assert (outcome.before[0].key, outcome.after[0].key) == (key(1), key(45))
    for text in (key(1), key(45)):
        assert find_property(municipality=town, text=text, on=AFTER) == lot
    rows = KeyAlias.objects.known().filter(unit=lot).order_by("text", "valid")
    assert [(row.text, row.is_principal, row.valid.lower, row.valid.upper) for row in rows] == [
        (key(1), True, register.EPOCH, filings.INSCRIBED_ON),
        (key(1), False, filings.INSCRIBED_ON, None),
        (key(45), True, filings.INSCRIBED_ON, None),
    ]
    assert_lawful(outcome)


def test_a_key_may_come_back(scene):
    town, _, (lot, _) = scene
    change(town, lot, key(45))
    outcome = change(town, lot, key(1), on=date(2026, 4, 1))
    assert outcome.after[0].key == key(1)
    assert find_property(municipality=town, text=key(45), on=AFTER) == lot
    assert_lawful(outcome)


def test_a_key_of_another_is_taken_even_as_an_alias(scene):
    town, _, (lot, neighbour) = scene
    with pytest.raises(KeyTaken):
        change(town, lot, key(2))
    change(town, neighbour, key(46))
    with pytest.raises(KeyTaken):
        change(town, lot, key(2))


@pytest.mark.parametrize("text", ["", "7", "1.7E+23", key(1), "170350010100100100100203"])
def test_an_unfit_key_is_refused(scene, text):
    town, _, (lot, _) = scene
    with pytest.raises(KeyUnfit):
        change(town, lot, text)


def test_doubts_are_told(scene):
    town, _, (lot, _) = scene
    outcome = change(town, lot, "110450010100100100000000")
    assert outcome.notes == ("La clave es de otro cantón: las de Mejia empiezan por 1703.",)


def test_a_matrix_tells_that_its_units_keep_theirs(scene):
    town, _, (lot, _) = scene
    PropertyUnit.objects.filter(pk=lot.pk).update(is_taxable=False)
    assert "unidades" in change(town, lot, key(45)).notes[0]


def test_an_observed_predio_is_mended_and_a_retired_one_is_not(scene):
    town, _, (lot, _) = scene
    PropertyUnit.objects.filter(pk=lot.pk).update(state="OBSERVED")
    assert change(town, lot, key(45)).after[0].key == key(45)
    PropertyUnit.objects.filter(pk=lot.pk).update(state="RETIRED")
    with pytest.raises(PredioRetired):
        change(town, lot, key(46))


def test_documents_order_and_town(scene):
    town, _, (lot, _) = scene
    with pytest.raises(SourcesMissing, match="informe técnico"):
        change(town, lot, key(45), sources=[])
    change(town, lot, key(45))
    with pytest.raises(OutOfOrder):
        change(town, lot, key(46), on=date(2026, 3, 1))
    celica = register.town("celica", "1104")
    told = {"unit": str(lot.pk), "key": key(47)}
    with pytest.raises(NotFound):
        carry_out_act(
            "change_key", told, municipality=celica, filing=filings.complete(celica, "change_key")
        )


def test_a_dry_run_shows_the_same_and_leaves_nothing(scene):
    town, *_ = scene
    filing = filings.complete(town, "change_key")
    told = {"unit": key(1), "key": key(45)}
    rehearsed = carry_out_act(
        "change_key", told, municipality=town, filing=replace(filing, dry_run=True)
    )
    assert not KeyAlias.objects.filter(text=key(45)).exists()
    done = carry_out_act("change_key", told, municipality=town, filing=filing)
    assert [s.plain() for s in rehearsed.after] == [s.plain() for s in done.after]


def number(town, unit, told):
    filing = filings.complete(town, "change_key")
    return change_key(unit=unit, number=told, filing=filing).after[0]


def test_a_predio_without_number_gets_the_next_and_keeps_it(scene):
    town, act, (lot, neighbour) = scene
    PropertyUnit.objects.filter(pk=neighbour.pk).update(number="1204")
    observe(act, "repeated_number", unit=lot)
    state = number(town, lot, "NEXT")
    assert (state.number, state.key) == ("1205", key(1))
    assert not Observation.objects.filter(resolved_by=None).exists()
    with pytest.raises(NumberStays, match="1205"):
        number(town, lot, "7")


def test_a_written_number_is_nobody_elses(scene):
    town, _, (lot, neighbour) = scene
    PropertyUnit.objects.filter(pk=neighbour.pk).update(number="1204")
    with pytest.raises(NumberTaken):
        number(town, lot, "1204")
    assert number(town, lot, "77").number == "77"


def test_a_slip_does_not_move_the_count_and_eight_nines_do_not_end_it(scene):
    town, _, (lot, neighbour) = scene
    with pytest.raises(KeyUnfit, match="muy por encima"):
        number(town, lot, "99999999")
    PropertyUnit.objects.filter(pk=neighbour.pk).update(number="99999999")
    assert number(town, lot, "NEXT").number == "100000000"


def test_a_written_number_waits_for_the_count(scene):
    town, _, (lot, _) = scene
    number(town, lot, "77")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND classid = 3 "
            "AND pid = pg_backend_pid()"
        )
        assert cursor.fetchone() == (1,)
