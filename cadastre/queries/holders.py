"""Who holds what: the officials' search by document or name, and the holders of one predio.

Both return personal data. Callers check the capability and log the access; nothing public calls them.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection

from cadastre.keys.plain_text import plain
from cadastre.models import PropertyUnit, Right
from gis_project.territory.models import Municipality

_SEARCH = (Path(__file__).parent / "sql" / "search_holders.sql").read_text()
_NO_WILDCARDS = re.compile(r"[%_\\]")


@dataclass(frozen=True, slots=True)
class Holding:
    """A holder and one predio of theirs; `share` is "1/2", or None when undetermined."""

    party_id: UUID
    full_name: str
    id_kind: str
    id_number: str
    unit_id: UUID
    key: str | None
    number: str | None
    tenure: str
    share: str | None


@dataclass(frozen=True, slots=True)
class HoldingsResult:
    matched: int
    holdings: tuple[Holding, ...]


def search_holders(
    *, municipality: Municipality, text: str, on: date, limit: int = 50, offset: int = 0
) -> HoldingsResult:
    """Holders found by cédula, RUC or passport, or by words of their name in any order.

    Names holding every word come first; misspelt ones follow only when few do, those sharing the
    rarer words before those sharing the common ones.
    """
    text = text.strip()[:120]
    document = "".join(text.split()) if any(letter.isdigit() for letter in text) else ""
    name = "" if document else plain(text)
    words = [bare for word in name.split() if (bare := _NO_WILDCARDS.sub("", word))]
    parts = [f"%{word}%" for word in words]
    parameters: dict[str, Any] = {
        "town": municipality.pk,
        "day": on,
        "document": document.replace("-", ""),
        "name": name,
        "words": words,
        "parts": parts,
        "longest_part": max(parts, key=len, default=""),
        "limit": limit,
        "offset": offset,
    }
    with connection.cursor() as cursor:
        cursor.execute(_SEARCH, parameters)
        rows = cursor.fetchall()
    return HoldingsResult(
        matched=rows[0][-1] if rows else 0,
        holdings=tuple(_holding(*row[:10]) for row in rows),
    )


def holders_of(
    unit: PropertyUnit, *, on: date, known: datetime | None = None
) -> tuple[Holding, ...]:
    """Those who hold a predio on a civil date, as the register knows it now or knew it at an instant."""
    rights = (
        Right.objects.as_known(known)
        .valid_on(on)
        .filter(unit=unit)
        .select_related("party__identity")
        .order_by("party__identity__search_name", "kind", "party_id")
    )
    return tuple(
        Holding(
            party_id=right.party_id,
            full_name=right.party.identity.full_name,
            id_kind=right.party.identity.id_kind,
            id_number=right.party.identity.id_number,
            unit_id=unit.pk,
            key=None,
            number=unit.number,
            tenure=right.kind,
            share=_share(right.share_numerator, right.share_denominator),
        )
        for right in rights
    )


def _holding(*columns: Any) -> Holding:
    *facts, numerator, denominator = columns
    return Holding(*facts, share=_share(numerator, denominator))  # type: ignore[misc]  # the eight columns in their order


def _share(numerator: int | None, denominator: int | None) -> str | None:
    return None if numerator is None else f"{numerator}/{denominator}"
