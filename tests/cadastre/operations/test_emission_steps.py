"""An emission goes from hand to hand: closed, generated, approved, received; voided and supplemented with four eyes."""

import csv
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import IntegrityError, connection, transaction

from cadastre.models import CadastreClosing, Right, RollDoubt, RollStep, TaxTitle
from cadastre.operations.advance_tax_roll import RollNotThere, approve_tax_roll, receive_tax_roll
from cadastre.operations.close_cadastre import YearNotOver, close_cadastre
from cadastre.operations.decide_proposal import SamePerson
from cadastre.operations.emit_tax_roll import CadastreOpen, NothingToSupplement, emit_tax_roll
from cadastre.operations.export_bulletin import export_bulletin
from cadastre.operations.void_title import (
    VoidingNotThere,
    VoidingUnfounded,
    ask_voiding,
    decide_voiding,
)
from cadastre.queries.roll_novelties import roll_novelties
from cadastre.queries.roll_state import roll_state, titles_that_count
from cadastre.queries.roll_titles import roll_titles
from cadastre.queries.titles import titles_of
from cadastre.valuation.facts import UnitKind
from gis_project.core.errors import NotAllowed
from gis_project.territory.models import Membership, Ordinance, Role
from gis_project.territory.policy import CONSOLE
from tests import people, register, staff
from tests.cadastre.operations.small_town import build_town

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    return build_town()


@pytest.fixture
def offices(town):
    """Avalúos, Rentas, Financiero, Tesorería."""
    roles = ("cadastre_chief", "revenue_officer", "finance_director", "treasurer")
    cast = (people.ROSA, people.ALMA, people.VERA, people.CLARA)
    return [staff.appoint(who, role, town) for who, role in zip(cast, roles, strict=True)]


def emit(town, by, **more):
    return emit_tax_roll(municipality=town, year=2026, kind=UnitKind.URBAN, by=by, **more).roll


def test_titles_are_owed_once_four_offices_did_their_step(town, offices):
    chief, revenue, finance, treasury = offices
    with pytest.raises(CadastreOpen, match="close_cadastre"):
        emit(town, revenue)
    with pytest.raises(YearNotOver):
        close_cadastre(municipality=town, year=2999, by=chief)
    close_cadastre(municipality=town, year=2025, by=chief)
    close_cadastre(municipality=town, year=2025, by=chief)
    assert CadastreClosing.objects.count() == 1

    roll = emit(town, revenue)
    assert (roll_state(roll), titles_that_count().count()) == ("GENERATED", 0)
    with pytest.raises(RollNotThere, match="por aprobar"):
        receive_tax_roll(roll, by=treasury)
    with pytest.raises(NotAllowed):
        approve_tax_roll(roll, by=revenue)
    approve_tax_roll(roll, by=finance)
    with pytest.raises(RollNotThere):
        approve_tax_roll(roll, by=finance)
    assert titles_that_count().count() == 0
    receive_tax_roll(roll, by=treasury)
    assert (roll_state(roll), titles_that_count().count()) == ("RECEIVED", 3)


def test_the_database_itself_wants_another_person_and_the_order(town, offices):
    chief, revenue, finance, treasury = offices
    close_cadastre(municipality=town, year=2025, by=chief)
    roll = emit(town, revenue)
    for step, who in (("APPROVED", revenue), ("RECEIVED", treasury)):
        with pytest.raises(IntegrityError), transaction.atomic():
            RollStep.objects.create(roll=roll, step=step, made_by=who)
    treasurer = Role.objects.get(code="treasurer")
    Membership.objects.create(
        user=finance, role=treasurer, municipality=town, valid=(staff.SINCE, None)
    )
    approve_tax_roll(roll, by=finance)
    with pytest.raises(SamePerson):
        receive_tax_roll(roll, by=finance)


def test_a_title_is_voided_by_two_persons_and_its_predio_billed_again(town, offices):
    _, revenue, finance, _ = offices
    roll = emit(town, CONSOLE)
    title = TaxTitle.objects.get(property_number="3")
    with pytest.raises(VoidingUnfounded):
        ask_voiding(title, reason=" ", resolution="12-2026", by=revenue)
    asked = ask_voiding(title, reason="Reclamo aceptado", resolution="12-2026", by=revenue)
    with pytest.raises(VoidingNotThere):
        ask_voiding(title, reason="Otra vez", resolution="13-2026", by=revenue)
    with pytest.raises(NotAllowed):
        decide_voiding(asked, is_granted=True, by=revenue)
    decide_voiding(asked, is_granted=True, by=finance)
    with pytest.raises(VoidingNotThere):
        decide_voiding(asked, is_granted=False, by=finance)
    assert set(titles_that_count().values_list("property_number", flat=True)) == {"1", "2"}
    assert titles_of(title.unit) == ()
    states = {row[0]: row[9] for row in roll_titles(municipality=town, year=2026)}
    assert {number for number, state in states.items() if state == "VOIDED"} == {title.number}

    supplement = emit(town, CONSOLE, is_supplement=True)
    again = supplement.titles.get()
    assert (supplement.supplement, again.number) == (1, "2026-U1-000001")
    assert (again.property_number, again.total) == ("3", title.total)
    assert roll.titles.count() == 3
    with pytest.raises(NothingToSupplement):
        emit(town, CONSOLE, is_supplement=True)


def test_what_becomes_known_later_is_a_novelty_and_then_a_supplement(town):
    roll = emit(town, CONSOLE)
    assert roll_novelties(roll) == ()
    act = register.operation(town, "register_holder")
    unit = roll.exceptions.get(unit__number="4").unit
    register.holder(act, unit, "Nueva Titular", "", share=Fraction(1))
    [told] = roll_novelties(roll)
    assert (told.unit_id, told.what, told.title) == (unit.pk, "HOLDER", "")

    assert [t.property_number for t in emit(town, CONSOLE, is_supplement=True).titles.all()] == [
        "4"
    ]


def test_the_bulletin_adds_up_by_account_and_lists_what_is_left(town, tmp_path):
    accounts = {"PROPERTY_TAX_URBAN": "1.1.02.01", "FIRE_LEVY": "2.1.2.03"}
    ordinance = Ordinance.objects.get()
    Ordinance.objects.update(parameters=ordinance.parameters | {"accounts": accounts})
    roll = emit(town, CONSOLE)
    made = export_bulletin(municipality=town, year=2026, folder=tmp_path, by=CONSOLE)
    with made.bulletin.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert sum(Decimal(row["monto"]) for row in rows) == roll.total == made.total
    booked = {row["cuenta"] for row in rows if row["rubro"] == "FIRE_LEVY"}
    assert booked == {"2.1.2.03"}
    assert {row["de_quien"] for row in rows if row["rubro"] == "FIRE_LEVY"} == {
        "Cuerpo de Bomberos"
    }
    with made.work.open(encoding="utf-8", newline="") as file:
        work = {(row["lista"], row["codigo"]) for row in csv.DictReader(file)}
    assert {("sin título", "HOLDER"), ("sin título", "ZONE"), ("duda", "AGE")} <= work
    assert made.manifest.stat().st_mode & 0o077 == 0
    before = made.manifest.read_bytes()
    export_bulletin(municipality=town, year=2026, folder=tmp_path, by=CONSOLE)
    assert made.manifest.read_bytes() == before


def test_a_doubt_names_its_holder_and_leaves_the_bill(town):
    emit(town, CONSOLE)
    rosa = Right.objects.filter(unit__number="1").get().party_id
    assert RollDoubt.objects.filter(party=rosa, code="AGE").count() == 2


def test_the_first_emission_seals_the_ordinance(town):
    ordinance = emit(town, CONSOLE).ordinance
    ordinance.refresh_from_db()
    assert len(ordinance.content_hash) == 64
    assert ordinance.locked_at is not None
    with connection.cursor() as cursor, pytest.raises(IntegrityError), transaction.atomic():
        cursor.execute("UPDATE territory_ordinance SET title = 'otra'")
