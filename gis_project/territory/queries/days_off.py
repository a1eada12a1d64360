"""The days on which a municipality's offices rest beside the national holidays."""

from datetime import date

from django.db.models import QuerySet

from gis_project.territory.models import MunicipalHoliday, Municipality


def days_off(municipality: Municipality) -> frozenset[date]:
    """Every local holiday in force, of all years; what the terms of `core.business_days` take as ``also``."""
    return frozenset(holidays_of(municipality).values_list("day", flat=True))


def holidays_of(municipality: Municipality) -> QuerySet[MunicipalHoliday]:
    """The local holidays in force, by day."""
    found = MunicipalHoliday.objects.filter(municipality=municipality, withdrawn_at__isnull=True)
    return found.order_by("day")
