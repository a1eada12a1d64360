"""Predios found by what people hold in their hands: a key, a número de predio, an address, a point."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection

from cadastre.keys.any_key import normalise
from cadastre.keys.plain_text import plain
from cadastre.queries.places import place_of
from gis_project.territory.models import Municipality

_SEARCH = (Path(__file__).parent / "sql" / "search_properties.sql").read_text()


@dataclass(frozen=True, slots=True)
class FoundProperty:
    """One line of a result list; nothing personal in it."""

    unit_id: UUID
    key: str | None
    number: str | None
    kind: str
    state: str
    address: str | None
    parish: str | None
    ground: str | None
    legal_area_m2: Decimal | None


@dataclass(frozen=True, slots=True)
class SearchResult:
    """One page of what was found; `is_point` tells that the text was read as coordinates."""

    matched: int
    properties: tuple[FoundProperty, ...]
    is_point: bool = False


def search_properties(
    *, municipality: Municipality, text: str, on: date, limit: int = 20, offset: int = 0
) -> SearchResult:
    """What a text finds among the predios of a municipality on a civil date, best first.

    Keys and numbers come before addresses; an address written as the register writes it comes
    before those that only hold its words, and misspelt ones fill the list when few hold them all.
    """
    text = text.strip()[:120]
    place = place_of(text, legal_srid=municipality.legal_srid)
    key = "" if place else normalise(text)
    words = "" if place else text
    parts = [f"%{_literal(word)}%" for word in plain(words).split()]
    parameters: dict[str, Any] = {
        "town": municipality.pk,
        "day": on,
        "key": key[:60],
        "key_part": f"{_literal(key[:60])}%",
        "number": text if len(text) <= 30 else "",
        "words": plain(words),
        "word_parts": parts,
        "longest_part": max(parts, key=len, default=""),
        "easting": place.easting if place else None,
        "northing": place.northing if place else None,
        "limit": limit,
        "offset": offset,
    }
    with connection.cursor() as cursor:
        cursor.execute(_SEARCH, parameters)
        rows = cursor.fetchall()
    found = tuple(FoundProperty(*row[:-1]) for row in rows)
    return SearchResult(
        matched=rows[0][-1] if rows else 0, properties=found, is_point=place is not None
    )


def _literal(text: str) -> str:
    """Text in which LIKE's wildcards mean themselves."""
    return text.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
