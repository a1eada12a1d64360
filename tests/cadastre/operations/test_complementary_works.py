"""Obras complementarias: a pool, a wall or a cistern enters, is corrected and leaves, and counts in the roll."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from cadastre.acts.required_sources import SourcesMissing
from cadastre.models import ComplementaryWork, PropertyUnit
from cadastre.operations.add_complementary_work import add_complementary_work
from cadastre.operations.carry_out_act import carry_out_act
from cadastre.operations.correct_attributes import NothingToCorrect
from cadastre.operations.correct_complementary_work import correct_complementary_work
from cadastre.operations.deed.complementary_works import (
    ComplementaryWorkNotFound,
    ComplementaryWorkUnfit,
    NewWork,
)
from cadastre.operations.deed.ground import NoGround
from cadastre.operations.deed.perform import SecondPersonNeeded
from cadastre.operations.remove_complementary_work import remove_complementary_work
from cadastre.operations.split_parcel import OnlyPlainPredio
from cadastre.queries.properties import property_facts
from gis_project.territory.models import Ordinance
from tests import filings, people, register, staff
from tests.cadastre.operations.ground_scenes import assert_lawful, key
from tests.shapes import square

pytestmark = pytest.mark.django_db
LATER, LAST = date(2026, 6, 1), date(2026, 9, 1)
POOL = NewWork(
    kind="POOL", quantity=Decimal("32.00"), measure="M2", material="CONCRETE", built_in=2021
)


@pytest.fixture
def scene():
    town = register.town()
    return town, register.predio(register.operation(town), square(), key(1))


def add(town, unit, work=POOL, **fields):
    filing = filings.complete(town, "add_complementary_work", **fields)
    return add_complementary_work(unit=unit, work=work, filing=filing)


def correct(town, unit, work, was_always_so=False, on=LATER, **changes):
    filing = filings.complete(town, "correct_complementary_work", on=on)
    return correct_complementary_work(
        unit=unit, work=work, changes=changes, was_always_so=was_always_so, filing=filing
    )


def rows():
    return list(ComplementaryWork.objects.known().order_by("valid"))


def test_a_pool_enters_is_corrected_and_leaves(scene):
    town, lot = scene
    outcome = add(town, lot)
    pool = UUID(outcome.facts["work"])
    (row,) = rows()
    assert (row.work_id, row.parcel_id, row.kind) == (pool, lot.parcel_id, "POOL")
    assert (row.quantity, row.valid.lower) == (Decimal(32), filings.INSCRIBED_ON)
    assert outcome.notes == ()
    changed = correct(town, lot, pool, quantity=Decimal("40.00"))
    assert changed.facts["changes"] == [
        {"what": "work.quantity", "before": "32.00", "after": "40.00"}
    ]
    assert [(row.quantity, row.valid.upper) for row in rows()] == [(32, LATER), (40, None)]
    filing = filings.complete(town, "remove_complementary_work", on=LAST)
    gone = remove_complementary_work(unit=lot, work=pool, filing=filing)
    assert [row.valid.upper for row in rows()] == [LATER, LAST]
    assert_lawful(gone)
    with pytest.raises(ComplementaryWorkNotFound):
        correct(town, lot, pool, on=LAST, quantity=Decimal(1))
    assert [w.quantity for w in property_facts(lot, on=LATER).works] == [Decimal("40.00")]
    assert property_facts(lot, on=LAST).works == ()


def test_what_was_never_so_is_mended_for_all_its_time(scene):
    town, lot = scene
    pool = UUID(add(town, lot).facts["work"])
    correct(town, lot, pool, quantity=Decimal(40))
    correct(town, lot, pool, True, on=LAST, built_in=1999, material="")
    assert [(row.built_in, row.material, row.quantity) for row in rows()] == [
        (1999, "", 32),
        (1999, "", 40),
    ]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"kind": "MOAT"}, "no se conoce"),
        ({"measure": "ACRE"}, "unidad de medida"),
        ({"material": "GOLD"}, "material"),
        ({"conservation": "NUEVO"}, "conservación"),
        ({"quantity": Decimal(0)}, "cantidad"),
        ({"built_in": 2030}, "año"),
    ],
)
def test_what_cannot_be_is_refused(scene, changes, message):
    town, lot = scene
    with pytest.raises(ComplementaryWorkUnfit, match=message):
        add(town, lot, replace(POOL, **changes))
    pool = UUID(add(town, lot).facts["work"])
    with pytest.raises(ComplementaryWorkUnfit, match=message):
        correct(town, lot, pool, **changes)


def test_doubts_are_told(scene):
    town, lot = scene
    add(town, lot)
    Ordinance.objects.create(
        municipality=town,
        subject="PROPERTY_TAX",
        number="1",
        title="Ordenanza de prueba",
        valid=DateRange(date(2026, 1, 1), None),
        state="APPROVED",
        parameters={"valuation": {"works": {"FENCE": {"cost": "25", "life": 20}}}},
    )
    notes = add(town, lot, replace(POOL, built_in=None), dry_run=True).notes
    assert ["sin título" in notes[0], "Sin año" in notes[1], "ya una obra" in notes[2]] == [
        True
    ] * 3
    assert add(town, lot, replace(POOL, kind="FENCE", measure="M")).notes == ()


def test_papers_second_person_and_whose_it_is(scene):
    town, lot = scene
    with pytest.raises(SourcesMissing, match="declaración del propietario"):
        add(town, lot, sources=[])
    pool = UUID(add(town, lot).facts["work"])
    with pytest.raises(NothingToCorrect):
        correct(town, lot, pool, quantity=Decimal(32))
    with pytest.raises(ComplementaryWorkUnfit, match="no es de una obra"):
        correct(town, lot, pool, owner="Rosa")
    rosa = staff.appoint(people.ROSA, "cadastre_technician", town)
    filing = filings.complete(town, "remove_complementary_work", by=rosa)
    with pytest.raises(SecondPersonNeeded):
        remove_complementary_work(unit=lot, work=pool, filing=filing)
    act = register.operation(town)
    flat = PropertyUnit.objects.create(
        municipality=town, parcel=lot.parcel, kind="CONDOMINIUM", aliquot="0.5", opened_by=act
    )
    with pytest.raises(OnlyPlainPredio, match="matriz"):
        add(town, flat)
    with pytest.raises(NoGround):
        add(town, PropertyUnit.objects.create(municipality=town, opened_by=act))


def test_through_the_doors(scene):
    town, _ = scene

    def ask(verb, told, **fields):
        filing = filings.complete(town, verb, **fields)
        return carry_out_act(verb, {"unit": key(1), **told}, municipality=town, filing=filing)

    wall = {"kind": "WALL", "quantity": "40", "measure": "M", "built_in": 2010}
    work = ask("add_complementary_work", wall).facts["work"]
    asked = {
        "work": work,
        "was_always_so": True,
        "changes": {"built_in": None, "material": "BLOCK"},
    }
    outcome = ask("correct_complementary_work", asked)
    assert [one["what"] for one in outcome.facts["changes"]] == ["work.material", "work.built_in"]
    assert (rows()[0].built_in, rows()[0].material) == (None, "BLOCK")
    assert ask("remove_complementary_work", {"work": work}, on=LATER).facts["work"] == work
    with pytest.raises(ComplementaryWorkNotFound):
        ask("remove_complementary_work", {"work": str(uuid4())})
