"""A title of 2026 that a predio owes, written straight into the tables."""

from datetime import date
from decimal import Decimal

from cadastre.models import PropertyUnit, TaxRoll, TaxTitle
from gis_project.territory.models import Municipality, Ordinance
from tests import register


def owe(town: Municipality, unit: PropertyUnit) -> TaxTitle:
    """The predio owes 10.00 USD of 2026."""
    ordinance = Ordinance.objects.create(
        municipality=town, number="1", title="x", valid=(date(2025, 1, 1), None)
    )
    roll = TaxRoll.objects.create(
        municipality=town,
        year=2026,
        kind="URBAN",
        ordinance=ordinance,
        operation=register.operation(town, "emit_tax_roll"),
        titles_count=1,
        exceptions_count=0,
        total=Decimal("10"),
        control_totals={},
    )
    return TaxTitle.objects.create(
        municipality=town,
        roll=roll,
        unit=unit,
        number="2026-U-1",
        key_text="x",
        base=Decimal("1000"),
        property_tax=Decimal("9"),
        fire_levy=Decimal("1"),
        others=Decimal("0"),
        total=Decimal("10"),
        explanation={},
    )
