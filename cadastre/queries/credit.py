"""What stands in a predio's favour: paid too much, or left over from a provisional receipt."""

from decimal import Decimal
from uuid import UUID

from django.db.models import Sum

from cadastre.models import LedgerPosting
from gis_project.core.money import ZERO
from gis_project.territory.models import Municipality


def credit_of(unit_id: UUID, *, municipality: Municipality) -> Decimal:
    """The credit of the predio, USD; zero when there is none."""
    return _held(unit_id, municipality, account="CREDIT")


def provisional_of(unit_id: UUID, *, municipality: Municipality, year: int) -> Decimal:
    """What was paid provisionally on the tax of a year and not settled yet, USD."""
    return _held(unit_id, municipality, account="PROVISIONAL", tax_year=year)


def _held(unit_id: UUID, municipality: Municipality, **asked: object) -> Decimal:
    held = LedgerPosting.objects.filter(
        entry__municipality=municipality, unit_id=unit_id, **asked
    ).aggregate(held=Sum("amount", default=ZERO))["held"]
    return Decimal(-held)
