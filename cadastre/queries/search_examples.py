"""What the search box of one town takes, shown with that town's own key, number, street and point."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import connection

from gis_project.territory.models import Municipality

_EXAMPLES = (Path(__file__).parent / "sql" / "search_examples.sql").read_text()
_HOUSE_NUMBER = re.compile(r"[\s,]+(?:n[.º°]*\s*)?[\d-]+\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SearchExamples:
    """Texts to show as examples; empty where the town has none. `metres` is in the legal CRS."""

    key: str = ""
    number: str = ""
    street: str = ""
    metres: str = ""
    degrees: str = ""


def search_examples(municipality: Municipality, *, on: date) -> SearchExamples:
    """Examples that find something in this municipality on a civil date; nothing personal in them."""
    parameters: dict[str, Any] = {
        "town": municipality.pk,
        "day": on,
        "legal_srid": municipality.legal_srid,
    }
    with connection.cursor() as cursor:
        cursor.execute(_EXAMPLES, parameters)
        row = cursor.fetchone()
    if row is None:
        return SearchExamples()
    key, number, address, easting, northing, longitude, latitude = row
    has_point = easting is not None
    return SearchExamples(
        key=key,
        number=number or "",
        street=_HOUSE_NUMBER.sub("", address or ""),
        metres=f"{easting:.0f} {northing:.0f}" if has_point else "",
        degrees=f"{latitude:.5f}, {longitude:.5f}" if has_point else "",
    )
