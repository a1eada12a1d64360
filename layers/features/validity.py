"""The ``datetime`` parameter: an instant or interval (RFC 3339) as the civil days that it means.

Validity in the register is by civil day, so an instant becomes the date on the wall of the municipality.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime

from gis_project.core.errors import BadRequest
from gis_project.core.periods import civil_date

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_INSTANT = re.compile(
    r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})", re.ASCII
)
_OPEN = {"", ".."}


class BadDatetime(BadRequest):
    """``datetime`` is a date, an instant with time zone, or two of them with ``/`` (``..`` = open)."""

    code = "bad_datetime"


@dataclass(frozen=True, slots=True)
class ValidDays:
    """From the first day to the last, both included; None is open."""

    first: date | None
    last: date | None


def parse_valid_days(text: str, *, time_zone: str) -> ValidDays:
    """The days that ``text`` asks for."""
    parts = text.split("/", 2)
    if len(parts) == 1:
        day = _day(parts[0], time_zone)
        return ValidDays(day, day)
    if len(parts) != 2 or (parts[0] in _OPEN and parts[1] in _OPEN):
        raise BadDatetime(
            "datetime es un instante o un intervalo «desde/hasta» con al menos un extremo."
        )
    first, last = (None if part in _OPEN else _day(part, time_zone) for part in parts)
    if first is not None and last is not None and last < first:
        raise BadDatetime("datetime termina antes de empezar.")
    return ValidDays(first, last)


def _day(text: str, time_zone: str) -> date:
    refusal = BadDatetime(
        f"datetime no se entiende: «{text[:60]}». Escriba 2026-01-31 o 2026-01-31T08:00:00-05:00."
    )
    try:
        if _DATE.fullmatch(text):
            return date.fromisoformat(text)
        if not _INSTANT.fullmatch(text):
            raise refusal
        # Python reads at most microseconds; a civil day needs no more than the seconds.
        whole_seconds = re.sub(r"\.\d+", "", text).upper()
        return civil_date(datetime.fromisoformat(whole_seconds), time_zone=time_zone)
    except (ValueError, OverflowError):  # the form is right, the calendar has no such day
        raise refusal from None
