"""What day it is where the municipality is; the only place that asks the clock for a civil date."""

from datetime import date

from django.utils import timezone

from gis_project.core.periods import civil_date
from gis_project.territory.models import Municipality


def today_in(municipality: Municipality) -> date:
    """The civil date now in the municipality's time zone."""
    return civil_date(timezone.now(), time_zone=municipality.time_zone)
