"""The civil date that a page's address asks for."""

import re
from datetime import date

from django.http import HttpRequest

from gis_project.core.errors import BadRequest
from gis_project.territory.clock import today_in
from gis_project.territory.models import Municipality

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def day_asked(request: HttpRequest, municipality: Municipality) -> date:
    """`?on=AAAA-MM-DD`, or today in the municipality; BadRequest for anything else."""
    text = request.GET.get("on", "")
    if not text:
        return today_in(municipality)
    try:
        if not _ISO_DATE.fullmatch(text):
            raise ValueError(text)
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadRequest("La fecha se escribe AAAA-MM-DD, por ejemplo 2026-03-02.") from error
