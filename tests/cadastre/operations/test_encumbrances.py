"""What binds a predio is inscribed with its document and lifted with its document; that it did stays known."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from cadastre.acts.required_sources import SourcesMissing
from cadastre.models import Party, PropertyUnit, Responsibility, Restriction
from cadastre.operations.carry_out_act import carry_out_act
from cadastre.operations.deed.locks import PredioObserved
from cadastre.operations.deed.rows import OutOfOrder
from cadastre.operations.lift_encumbrance import EncumbranceNotFound, lift_encumbrance
from cadastre.operations.register_encumbrance import (
    EncumbranceUnfit,
    NewEncumbrance,
    register_encumbrance,
)
from cadastre.queries.unit_states import unit_states
from gis_project.core.errors import NotFound
from tests import filings, register
from tests.cadastre.operations.ground_scenes import assert_lawful, key
from tests.shapes import square

pytestmark = pytest.mark.django_db
MORTGAGE = NewEncumbrance(kind="MORTGAGE", amount=Decimal("25000.00"), rank=1)
LATER = date(2026, 6, 1)


@pytest.fixture
def scene():
    town = register.town()
    act = register.operation(town)
    lots = [register.predio(act, square(20 * n), key(n + 1)) for n in range(2)]
    bank = Party.objects.create(municipality=town, kind="LEGAL")
    return town, lots, bank


def inscribe(town, units, encumbrance=MORTGAGE, **fields):
    filing = filings.complete(town, "register_encumbrance", **fields)
    return register_encumbrance(units=units, encumbrance=encumbrance, filing=filing)


def lift(town, unit, outcome, **fields):
    everywhere = fields.pop("everywhere", False)
    return lift_encumbrance(
        unit=unit,
        encumbrance=outcome.facts["encumbrance"],
        everywhere=everywhere,
        filing=filings.complete(town, "lift_encumbrance", **({"on": LATER} | fields)),
    )


def test_a_mortgage_binds_from_its_inscription_until_it_is_lifted(scene):
    town, (lot, _), bank = scene
    outcome = inscribe(town, [lot], replace(MORTGAGE, beneficiary=bank))
    identity = outcome.facts["encumbrance"]
    assert outcome.before[0].encumbrances == ()
    assert outcome.after[0].encumbrances == ((identity, "MORTGAGE", "25000.00"),)
    assert outcome.notes == ()
    lifted = lift(town, lot, outcome)
    assert lifted.after[0].encumbrances == ()
    (then,) = unit_states([lot.pk], on=date(2026, 5, 31))
    assert then.encumbrances == outcome.after[0].encumbrances
    assert_lawful(lifted)


def test_one_burden_on_two_predios_is_lifted_on_one_or_everywhere(scene):
    town, lots, _ = scene
    outcome = inscribe(town, lots)
    assert len({row.encumbrance_id for row in Restriction.objects.known()}) == 1
    lifted = lift(town, lots[0], outcome)
    assert lifted.notes == ("Sigue sobre otros predios (1): cancélelo también en ellos.",)
    again = inscribe(town, lots, NewEncumbrance(kind="CLAIM"))
    assert len(lift(town, lots[1], again, everywhere=True).after) == 2


def test_a_responsibility_is_one_too(scene):
    town, (lot, _), _ = scene
    outcome = inscribe(
        town, [lot], NewEncumbrance(kind="ENCLOSURE", description=" cerrar el frente ")
    )
    assert Responsibility.objects.known().get().description == "cerrar el frente"
    assert lift(town, lot, outcome).after[0].encumbrances == ()


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "HIPOTECA"},
        {"kind": "MORTGAGE", "amount": Decimal(0)},
        {"kind": "ENCLOSURE", "amount": Decimal(1)},
        {"kind": "SEIZURE", "rank": 1},
        {"kind": "MORTGAGE", "rank": 0},
    ],
)
def test_what_contradicts_its_kind_is_refused(scene, fields):
    town, (lot, _), _ = scene
    with pytest.raises(EncumbranceUnfit):
        inscribe(town, [lot], NewEncumbrance(**fields))


def test_doubts_are_told(scene):
    town, (lot, _), _ = scene
    inscribe(town, [lot], NewEncumbrance(kind="SALE_BAN"))
    inscribe(town, [lot])
    assert len(inscribe(town, [lot]).notes) == 3


def test_what_is_not_there_is_not_lifted(scene):
    town, lots, _ = scene
    outcome = inscribe(town, [lots[0]])
    with pytest.raises(EncumbranceNotFound):
        lift(town, lots[1], outcome)
    lift(town, lots[0], outcome)
    with pytest.raises(EncumbranceNotFound):
        lift(town, lots[0], outcome)


def test_documents_order_and_town(scene):
    town, (lot, _), _ = scene
    with pytest.raises(SourcesMissing, match="la inscripción"):
        inscribe(town, [lot], sources=[])
    outcome = inscribe(town, [lot])
    with pytest.raises(SourcesMissing, match="cancelación"):
        lift(town, lot, outcome, sources=[])
    with pytest.raises(OutOfOrder):
        lift(town, lot, outcome, on=date(2026, 1, 1))
    celica = register.town("celica", "1104")
    stranger = Party.objects.create(municipality=celica, kind="LEGAL")
    with pytest.raises(NotFound):
        inscribe(town, [lot], replace(MORTGAGE, beneficiary=stranger))
    with pytest.raises(NotFound):
        carry_out_act(
            "lift_encumbrance",
            {"unit": str(lot.pk), "encumbrance": outcome.facts["encumbrance"]},
            municipality=celica,
            filing=filings.complete(celica, "lift_encumbrance"),
        )


def test_an_observed_predio_waits(scene):
    town, (lot, _), _ = scene
    PropertyUnit.objects.filter(pk=lot.pk).update(state="OBSERVED")
    with pytest.raises(PredioObserved):
        inscribe(town, [lot])


def test_dry_runs_leave_nothing(scene):
    town, (lot, _), bank = scene
    told = {"unit": key(1), "kind": "MORTGAGE", "amount": "9.50", "beneficiary": str(bank.pk)}
    for dry_run in (True, False):
        filing = filings.complete(town, "register_encumbrance", dry_run=dry_run)
        outcome = carry_out_act("register_encumbrance", told, municipality=town, filing=filing)
        assert outcome.after[0].encumbrances[0][1:] == ("MORTGAGE", "9.50")
        assert Restriction.objects.count() == (0 if dry_run else 1)
    told = {"unit": key(1), "encumbrance": outcome.facts["encumbrance"], "everywhere": True}
    filing = filings.complete(town, "lift_encumbrance", on=LATER, dry_run=True)
    rehearsed = carry_out_act("lift_encumbrance", told, municipality=town, filing=filing)
    assert rehearsed.after[0].encumbrances == ()
    assert unit_states([lot.pk], on=LATER)[0].encumbrances != ()
    with pytest.raises(EncumbranceNotFound):
        carry_out_act(
            "lift_encumbrance",
            told | {"encumbrance": str(uuid4())},
            municipality=town,
            filing=filing,
        )
