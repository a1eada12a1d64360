"""The days on which a municipality's offices rest beside the national holidays."""

from datetime import date

from django.db import connection
from django.db.models import QuerySet

from gis_project.territory.models import MunicipalHoliday, Municipality

# The days of rest's own space of advisory locks; 10 is the receipts'.
_LOCK_SPACE = 11


def hold_days_off(municipality: Municipality, *, to_change_them: bool = False) -> None:
    """Until the transaction ends nobody else changes the days, nor, when they are to change, counts a new term."""
    lock = "pg_advisory_xact_lock" if to_change_them else "pg_advisory_xact_lock_shared"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {lock}(%s, %s::int)", [_LOCK_SPACE, municipality.pk])


def days_off(municipality: Municipality) -> frozenset[date]:
    """Every local holiday in force, of all years; what the terms of `core.business_days` take as ``also``."""
    return frozenset(holidays_of(municipality).values_list("day", flat=True))


def holidays_of(municipality: Municipality) -> QuerySet[MunicipalHoliday]:
    """The local holidays in force, by day."""
    found = MunicipalHoliday.objects.filter(municipality=municipality, withdrawn_at__isnull=True)
    return found.order_by("day")
