"""Who lives on a predio is asked by those who may know, replaced whole, and repeated nowhere."""

from datetime import date

import pytest

from cadastre.models import HouseholdRecord, PropertyUnit
from cadastre.operations.carry_out_act import carry_out_act
from cadastre.operations.correct_attributes import FichaFlawed, NothingToCorrect
from cadastre.operations.deed.filing import Filing
from cadastre.operations.deed.ground import NoGround
from cadastre.operations.deed.rows import OutOfOrder
from cadastre.operations.update_households import update_households
from gis_project.core.errors import NotAllowed, NotFound
from gis_project.territory.field_visibility import audiences_of, fields_for, visible_fields
from gis_project.territory.models import AuditEvent
from tests import filings, people, register, staff
from tests.cadastre.operations.ground_scenes import assert_lawful, key
from tests.shapes import square

pytestmark = pytest.mark.django_db
MARCH, JUNE = date(2026, 3, 2), date(2026, 6, 1)
FIVE = {"inhabitants": 5, "households": 1, "self_identification": "MONTUBIO"}


@pytest.fixture
def scene():
    town = register.town()
    act = register.operation(town)
    return town, act, register.predio(act, square(), key(1), number="7")


def visit(town, on=MARCH, **fields):
    sources = [filings.source(town, "TECHNICAL_REPORT", on=on)]
    return filings.complete(town, "update_households", **({"sources": sources} | fields))


def test_each_visit_replaces_the_last_from_its_day_on(scene):
    town, _, lot = scene
    update_households(unit=lot, answers=FIVE, filing=visit(town))
    outcome = update_households(
        unit=lot, answers={"inhabitants": 3, "households": None}, filing=visit(town, JUNE)
    )
    rows = HouseholdRecord._default_manager.filter(recorded__upper_inf=True).order_by("valid")
    assert [(row.valid.lower, row.valid.upper, row.answers) for row in rows] == [
        (MARCH, JUNE, FIVE),
        (JUNE, None, {"inhabitants": 3}),
    ]
    assert outcome.facts == {"completeness": "0.5000"}
    assert_lawful(outcome)
    update_households(unit=lot, answers={}, filing=visit(town, date(2026, 7, 1)))
    assert not HouseholdRecord._default_manager.filter(
        recorded__upper_inf=True, valid__upper_inf=True
    ).exists()


def test_no_answer_is_repeated(scene):
    town, _, lot = scene
    outcome = update_households(unit=lot, answers=FIVE, filing=visit(town))
    assert "MONTUBIO" not in str(outcome.plain())
    assert "MONTUBIO" not in str(AuditEvent.objects.values_list("body", flat=True))


def test_only_who_may_know_asks(scene):
    town, _, lot = scene
    rosa = staff.appoint(people.ROSA, "cadastre_technician", town)
    clara = staff.appoint(people.CLARA, "cashier", town)
    update_households(unit=lot, answers=FIVE, filing=visit(town, by=rosa))
    with pytest.raises(NotAllowed):
        update_households(unit=lot, answers={}, filing=visit(town, by=clara))


def test_only_who_may_know_sees(scene):
    town, *_ = scene
    for person, role, sees in (
        (people.ROSA, "cadastre_technician", True),
        (people.CLARA, "cashier", False),
        (people.VERA, "auditor", False),
    ):
        who = staff.appoint(person, role, town)
        mine = audiences_of(who, municipality=town, on=JUNE)
        assert ("answers" in fields_for(mine, "household")) is sees
    for audience in ("bulk", "lookup", "official", "personal", "chief", "treasury"):
        assert visible_fields(audience, "household") == frozenset()


def test_flaws_repetition_order_ground_and_town(scene):
    town, act, lot = scene
    with pytest.raises(FichaFlawed):
        update_households(unit=lot, answers={"inhabitants": -1}, filing=visit(town))
    with pytest.raises(FichaFlawed):
        update_households(unit=lot, answers={"topography": "FLAT"}, filing=visit(town))
    with pytest.raises(NothingToCorrect):
        update_households(unit=lot, answers={}, filing=visit(town))
    update_households(unit=lot, answers=FIVE, filing=visit(town))
    with pytest.raises(OutOfOrder):
        update_households(unit=lot, answers={}, filing=visit(town, date(2026, 1, 1)))
    bare = PropertyUnit.objects.create(municipality=town, opened_by=act)
    with pytest.raises(NoGround):
        update_households(unit=bare, answers=FIVE, filing=visit(town))
    celica = register.town("celica", "1104")
    with pytest.raises(NotFound):
        carry_out_act(
            "update_households",
            {"unit": str(lot.pk), "answers": FIVE},
            municipality=celica,
            filing=filings.complete(celica, "update_households"),
        )


def test_a_dry_run_through_the_door_leaves_nothing(scene):
    town, *_ = scene
    told = {"unit": "7", "answers": FIVE}
    for dry_run in (True, False):
        filing: Filing = visit(town, dry_run=dry_run)
        outcome = carry_out_act("update_households", told, municipality=town, filing=filing)
        assert outcome.facts == {"completeness": "1.0000"}
        assert HouseholdRecord.objects.count() == (0 if dry_run else 1)
