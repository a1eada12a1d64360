"""What is owed on a predio, and from which day."""

from datetime import date

import pytest

from cadastre.models import PropertyUnit
from cadastre.operations.emit_tax_roll import emit_tax_roll
from cadastre.queries.open_debts import open_debts
from cadastre.valuation.facts import UnitKind
from gis_project.territory.policy import CONSOLE
from tests.cadastre.operations.small_town import build_town


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
