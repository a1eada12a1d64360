"""What was never so is mended for all the time that it was said; what is so from today on leaves the past alone."""

from dataclasses import replace
from datetime import date

import pytest

from cadastre.acts.required_sources import SourcesMissing
from cadastre.models import Ficha, Observation, Parcel, ParcelVersion, PropertyUnit
from cadastre.operations.carry_out_act import carry_out_act
from cadastre.operations.change_key import change_key
from cadastre.operations.correct_attributes import (
    AttributesUnfit,
    FichaFlawed,
    NothingToCorrect,
    correct_attributes,
)
from cadastre.operations.deed.locks import PredioRetired
from cadastre.operations.deed.perform import SecondPersonNeeded
from cadastre.operations.deed.rows import OutOfOrder, RegisterMovedOn
from gis_project.core.errors import NotFound
from tests import filings, people, register, staff
from tests.cadastre.operations.ground_scenes import assert_lawful, key, opened
from tests.shapes import square

pytestmark = pytest.mark.django_db
MARCH, MAY = filings.INSCRIBED_ON, date(2026, 5, 1)


@pytest.fixture
def scene():
    """Two lots side by side in Machachi."""
    town = register.town()
    parish = register.parish(town)
    act = register.operation(town)
    lots = [
        register.predio(act, square(20 * n), key(n + 1), address="Calle A", parish=parish)
        for n in range(2)
    ]
    return town, act, lots


def correct(town, unit, *, always, on=MARCH, **fields):
    told = {name: fields.pop(name) for name in ("attributes", "answers") if name in fields}
    filing = filings.complete(town, "correct_attributes", on=on, **fields)
    return correct_attributes(unit=unit, filing=filing, was_always_so=always, **told)


def said(unit, field="address"):
    """What the register knows now, by stretches of time."""
    rows = ParcelVersion.objects.known().filter(parcel=unit.parcel_id).order_by("valid")
    return [(row.valid.lower, row.valid.upper, getattr(row, field)) for row in rows]


def test_a_correction_holds_from_the_beginning(scene):
    town, _, (lot, _) = scene
    outcome = correct(town, lot, always=True, attributes={"address": "Calle B"})
    assert f"desde el {register.EPOCH:%d/%m/%Y}" in outcome.notes[0]
    assert said(lot) == [(register.EPOCH, None, "Calle B")]
    assert outcome.facts["changes"] == [
        {"what": "address", "before": "Calle A", "after": "Calle B"}
    ]
    assert outcome.ledger == ()
    assert ParcelVersion.objects.filter(parcel=lot.parcel_id, address="Calle A").count() == 1
    assert_lawful(outcome)


def test_a_change_holds_from_its_day(scene):
    town, _, (lot, _) = scene
    outcome = correct(town, lot, always=False, attributes={"address": "Calle B"})
    assert said(lot) == [(register.EPOCH, MARCH, "Calle A"), (MARCH, None, "Calle B")]
    assert_lawful(outcome)


def test_a_correction_reaches_back_as_far_as_the_same_was_said(scene):
    town, _, (lot, _) = scene
    correct(town, lot, always=False, attributes={"address": "Calle B"})
    correct(town, lot, always=False, on=MAY, attributes={"land_use": "DWELLING"})
    correct(town, lot, always=True, on=MAY, attributes={"address": "Calle C"})
    assert said(lot) == [
        (register.EPOCH, MARCH, "Calle A"),
        (MARCH, MAY, "Calle C"),
        (MAY, None, "Calle C"),
    ]
    assert [use for *_, use in said(lot, "land_use")] == ["", "", "DWELLING"]


def test_kind_and_parish(scene):
    town, _, (lot, _) = scene
    outcome = correct(town, lot, always=True, attributes={"kind": "RURAL", "parish": None})
    assert {c["what"]: (c["before"], c["after"]) for c in outcome.facts["changes"]} == {
        "kind": ("URBAN", "RURAL"),
        "parish": ("170350", None),
    }
    assert "impuesto" in outcome.notes[-1]


def test_nobody_alone_changes_the_kind_or_the_past(scene):
    town, _, (lot, _) = scene
    rosa = staff.appoint(people.ROSA, "cadastre_technician", town)
    vera = staff.appoint(people.VERA, "cadastre_chief", town)
    new = {"attributes": {"kind": "RURAL"}}
    for alone in (
        {"always": False, **new},
        {"always": True, "attributes": {"address": "Calle B"}},
        {"always": True, "answers": {"topography": "FLAT"}},
    ):
        with pytest.raises(SecondPersonNeeded):
            correct(town, lot, by=rosa, **alone)
        assert correct(town, lot, by=rosa, dry_run=True, **alone).facts["changes"]
    correct(town, lot, always=False, by=rosa, attributes={"address": "Calle B"})
    correct(town, lot, always=False, by=rosa, approved_by=vera, **new)
    assert [kind for *_, kind in said(lot, "kind")] == ["URBAN", "RURAL"]


def test_answers_of_the_ficha(scene):
    town, _, (lot, _) = scene
    outcome = correct(town, lot, always=True, answers={"topography": "FLAT", "access": "STREET"})
    assert Ficha.objects.get().valid.lower == register.EPOCH
    assert 0 < float(outcome.facts["completeness"]) < 1
    correct(town, lot, always=False, answers={"topography": "ROLLING", "access": None})
    ended, now = Ficha._default_manager.filter(recorded__upper_inf=True).order_by("valid")
    assert (ended.answers, ended.valid.upper) == (
        {"topography": "FLAT", "access": "STREET"},
        MARCH,
    )
    assert now.answers == {"topography": "ROLLING"}
    correct(town, lot, always=True, answers={"lot_shape": "REGULAR"})
    rows = Ficha._default_manager.filter(recorded__upper_inf=True)
    assert all(row.answers["lot_shape"] == "REGULAR" for row in rows)
    register.settle()


def test_a_first_ficha_of_today_says_nothing_of_yesterday(scene):
    town, _, (lot, _) = scene
    correct(town, lot, always=False, answers={"topography": "FLAT"})
    assert Ficha.objects.get().valid.lower == MARCH


@pytest.mark.parametrize(
    "answers", [{"topografia": "X"}, {"topography": "X"}, {"irrigation": "NONE"}]
)
def test_flawed_answers_are_refused_with_their_place(scene, answers):
    town, _, (lot, _) = scene
    with pytest.raises(FichaFlawed) as refusal:
        correct(town, lot, always=True, answers=answers)
    assert [flaw["variable"] for flaw in refusal.value.details["flaws"]] == list(answers)


def test_the_variables_follow_the_new_kind(scene):
    town, _, (lot, _) = scene
    told = {"attributes": {"kind": "RURAL"}, "answers": {"irrigation": "NONE"}}
    assert len(correct(town, lot, always=False, **told).facts["changes"]) == 2


def test_a_unit_of_a_condominium_has_a_ficha_but_not_the_land(scene):
    town, act, (lot, _) = scene
    unit = PropertyUnit.objects.create(
        municipality=town, parcel=lot.parcel, kind="CONDOMINIUM", aliquot="0.5", opened_by=act
    )
    with pytest.raises(AttributesUnfit, match="matriz"):
        correct(town, unit, always=True, attributes={"address": "x"})
    assert correct(town, unit, always=True, answers={"main_use": "OFFICE"})


def test_what_is_not_of_this_act_is_refused(scene):
    town, act, (lot, _) = scene
    for attributes in ({"titled_area_m2": 5}, {"kind": "LUNAR"}):
        with pytest.raises(AttributesUnfit):
            correct(town, lot, always=True, attributes=attributes)
    for told in ({}, {"attributes": {"address": "Calle A"}}, {"answers": {"access": None}}):
        with pytest.raises(NothingToCorrect):
            correct(town, lot, always=True, **told)
    landless = PropertyUnit.objects.create(municipality=town, opened_by=act)
    with pytest.raises(AttributesUnfit, match="terreno"):
        correct(town, landless, always=True, answers={"access": "PATH"})
    celica = register.town("celica", "1104")
    with pytest.raises(NotFound):
        correct(town, lot, always=True, attributes={"parish": register.parish(celica, "110450")})


def test_order_documents_revision_and_state(scene):
    town, _, (lot, _) = scene
    with pytest.raises(SourcesMissing, match="informe técnico"):
        correct(town, lot, always=True, attributes={"address": "x"}, sources=[])
    correct(town, lot, always=False, attributes={"address": "Calle B"})
    with pytest.raises(OutOfOrder):
        correct(town, lot, always=False, on=date(2026, 1, 1), attributes={"address": "x"})
    correct(town, lot, always=True, on=date(2026, 1, 1), attributes={"address": "x"})
    with pytest.raises(RegisterMovedOn):
        correct(town, lot, always=True, attributes={"address": "y"}, revisions={lot.pk: 0})
    PropertyUnit.objects.filter(pk=lot.pk).update(state="RETIRED")
    with pytest.raises(PredioRetired):
        correct(town, lot, always=True, attributes={"address": "z"})


def test_an_observed_predio_without_map_is_corrected(scene):
    town, act, _ = scene
    parcel = Parcel.objects.create(municipality=town)
    lot = PropertyUnit.objects.create(
        municipality=town, parcel=parcel, state="OBSERVED", opened_by=act
    )
    ParcelVersion.objects.create(parcel=parcel, kind="URBAN", is_observed=True, **opened(act))
    correct(town, lot, always=True, attributes={"address": "Calle B"})
    assert said(lot) == [(register.EPOCH, None, "Calle B")]


def test_a_dry_run_through_the_door_shows_the_same_and_leaves_nothing(scene):
    town, _, (lot, _) = scene
    told = {
        "unit": key(1),
        "was_always_so": True,
        "attributes": {"address": "Calle B", "parish": ""},
        "answers": {"topography": "FLAT"},
    }
    filing = filings.complete(town, "correct_attributes")
    rehearsed = carry_out_act(
        "correct_attributes", told, municipality=town, filing=replace(filing, dry_run=True)
    )
    assert said(lot) == [(register.EPOCH, None, "Calle A")]
    assert not Ficha.objects.exists()
    done = carry_out_act("correct_attributes", told, municipality=town, filing=filing)
    assert rehearsed.facts == done.facts
    assert said(lot, "parish_id") == [(register.EPOCH, None, None)]


def observe(town, act, lot, *codes):
    """The lot entered observed, for these reasons."""
    for code in codes:
        Observation.objects.create(
            municipality=town, unit=lot, code=code, message="Revise.", operation=act
        )
    PropertyUnit.objects.filter(pk=lot.pk).update(state="OBSERVED")
    return PropertyUnit.objects.select_related("municipality").get(pk=lot.pk)


@pytest.mark.parametrize("kind", ["URBAN", "RURAL"])
def test_what_was_observed_of_the_kind_is_resolved_by_telling_it(scene, kind):
    """Also when the import's guess was right: then the correction only confirms it."""
    town, act, _ = scene
    lot = register.predio(act, square(200), key(9), is_observed=True)
    lot = observe(town, act, lot, "no_kind")
    outcome = correct(town, lot, always=False, attributes={"kind": kind})
    assert (outcome.after[0].state, outcome.after[0].is_observed) == ("ACTIVE", False)
    told = [change["what"] for change in outcome.facts["changes"]]
    assert told == [*(["kind"] if kind == "RURAL" else []), "observation.no_kind"]
    assert Observation.objects.get().resolved_by_id == outcome.operation_id
    assert_lawful(outcome)


def test_what_the_correction_does_not_answer_goes_on(scene):
    town, act, (lot, _) = scene
    lot = observe(town, act, lot, "no_kind", "no_holder")
    outcome = correct(town, lot, always=False, attributes={"kind": "RURAL"})
    assert outcome.after[0].state == "OBSERVED"
    lot.refresh_from_db()
    correct(town, lot, always=False, on=MAY, attributes={"address": "Calle C"})
    assert Observation.objects.filter(resolved_by=None).get().code == "no_holder"


def test_a_key_answers_that_there_was_none(scene):
    town, act, _ = scene
    lot = register.predio(act, square(200), "P-1703-9", is_observed=True)
    lot = observe(town, act, lot, "no_key")
    outcome = change_key(unit=lot, key=key(30), filing=filings.complete(town, "change_key"))
    assert (outcome.after[0].state, outcome.after[0].is_observed) == ("ACTIVE", False)
    assert_lawful(outcome)
