"""A value taken over from the old system, told as what it is until the town values anew."""

from decimal import Decimal

from cadastre.valuation.facts import MigratedValue
from gis_project.core.assessment import Line, RateUnit
from gis_project.core.money import to_cents

_ONE = Decimal(1)


def migrated_value_lines(migrated: MigratedValue) -> tuple[Line, ...]:
    """Land, buildings and, where the old total holds more, a line for the rest; they sum to it."""
    land, buildings = to_cents(migrated.land), to_cents(migrated.buildings)
    rest = to_cents(migrated.total) - land - buildings
    source = f" ({migrated.source})" if migrated.source else ""
    citation = f"Avalúo migrado del año {migrated.year}{source}"
    told = (
        ("MIGRATED_LAND", "Avalúo migrado del suelo", land),
        ("MIGRATED_BUILDINGS", "Avalúo migrado de las edificaciones", buildings),
        ("MIGRATED_OTHER", "Otros componentes del avalúo migrado", rest),
    )
    return tuple(
        Line(concept, label, amount, _ONE, RateUnit.USD, amount, citation)
        for concept, label, amount in told
        if amount or concept == "MIGRATED_LAND"
    )
