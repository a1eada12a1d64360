"""What is owed on a predio, and from which day."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from shapely import LineString

from cadastre.models import PropertyUnit
from cadastre.operations.constitute_condominium import NewUnit, constitute_condominium
from cadastre.operations.deed.obstacles import DebtsOpen
from cadastre.operations.emit_tax_roll import emit_tax_roll
from cadastre.operations.merge_parcels import merge_parcels
from cadastre.operations.split_parcel import ByLines, split_parcel
from cadastre.queries.open_debts import open_debts
from cadastre.valuation.facts import UnitKind
from gis_project.territory.policy import CONSOLE
from tests import filings
from tests.cadastre.operations.ground_scenes import shape_now
from tests.cadastre.operations.small_town import build_town
from tests.shapes import at


@pytest.mark.django_db
def test_a_title_is_owed_from_the_first_day_of_its_year():
    town = build_town()
    for year in (2026, 2025):
        emit_tax_roll(municipality=town, year=year, kind=UnitKind.URBAN, by=CONSOLE)
    unit = PropertyUnit.objects.get(number="1")
    owed = open_debts(unit, date(2026, 1, 1))
    assert [(debt.year, str(debt.amount)) for debt in owed] == [(2025, "63.00"), (2026, "63.00")]
    assert [debt.year for debt in open_debts(unit, date(2025, 12, 31))] == [2025]
    assert open_debts(PropertyUnit.objects.get(number="4"), date(2026, 6, 1)) == ()


@pytest.fixture
def owing():
    """The town with its roll of 2026 of 63 USD a lot, and an order that lets acts pass debts by."""
    town = build_town()
    emit_tax_roll(municipality=town, year=2026, kind=UnitKind.URBAN, by=CONSOLE)
    return town


def ordered(town, verb):
    filing = filings.complete(town, verb)
    return replace(filing, sources=[*filing.sources, filings.source(town, "COURT_ORDER")])


def made(outcome):
    before = {state.unit_id for state in outcome.before}
    ids = [state.unit_id for state in outcome.after if state.unit_id not in before]
    return list(PropertyUnit.objects.filter(pk__in=ids).order_by("pk"))


def owed_by(unit):
    return [str(debt.amount) for debt in open_debts(unit, date(2026, 6, 1))]


def split(town, unit, x):
    cut = ByLines((LineString([at(x, -5), at(x, 25)]),))
    return made(split_parcel(unit=unit, cut=cut, filing=ordered(town, "split_parcel")))


@pytest.mark.django_db
def test_what_the_ground_owed_before_its_acts_follows_it(owing):
    """1 is split, its east half united with 2: the child of both owes what 1 and 2 did."""
    parts = split(owing, PropertyUnit.objects.get(number="1"), 10)
    assert [owed_by(part) for part in parts] == [["63.00"]] * 2
    with pytest.raises(DebtsOpen):
        split_parcel(
            unit=parts[0],
            cut=ByLines((LineString([at(5, -5), at(5, 25)]), LineString([at(15, -5), at(15, 25)]))),
            filing=filings.complete(owing, "split_parcel"),
        )
    neighbour = PropertyUnit.objects.get(number="2")
    east = max(parts, key=lambda part: shape_now(part).bounds[0])
    (child,) = made(merge_parcels(units=[east, neighbour], filing=ordered(owing, "merge_parcels")))
    assert owed_by(child) == ["63.00", "63.00"]
    with CaptureQueriesContext(connection) as asked:
        open_debts(child, date(2026, 6, 1))
    assert len(asked) == 1
    assert owed_by(PropertyUnit.objects.get(number="4")) == []


@pytest.mark.django_db
def test_units_of_a_condominium_answer_for_their_matrix(owing):
    (lot, other) = split(owing, PropertyUnit.objects.get(number="1"), 10)
    table = [NewUnit(aliquot=Decimal("0.5"), tower=1, floor=n, unit=1) for n in (1, 2)]
    outcome = constitute_condominium(
        unit=lot, units=table, filing=ordered(owing, "constitute_condominium")
    )
    units = made(outcome)
    assert [owed_by(unit) for unit in (*units, other)] == [["63.00"]] * 3
    matrix = PropertyUnit.objects.get(number="2")
    outcome = constitute_condominium(
        unit=matrix, units=table, filing=ordered(owing, "constitute_condominium")
    )
    assert [owed_by(unit) for unit in made(outcome)] == [["63.00"]] * 2
