"""Business days (días hábiles): Monday to Friday without the national holidays of ``holidays.toml``.

Pure. Holidays are the days of rest, after the moves that the law orders; a local holiday is told by the
caller in ``also``. A year before the law's first value raises ``LawNotInForce``.
"""

from collections.abc import Collection
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from types import MappingProxyType

from gis_project.core.law import LawParameter, LawValue, load_law

_FILE = Path(__file__).parent / "holidays.toml"
_SATURDAY = 6
_DAY = timedelta(days=1)


@cache
def holiday_law() -> LawParameter:
    """The dated parameter with its citation."""
    return load_law(_FILE)


@cache
def holidays(year: int) -> MappingProxyType[date, str]:
    """The days of rest that fall in the year, with the name of what they commemorate."""
    found: dict[date, str] = {}
    # The rest for 1 January may fall on the last day of the year before.
    for of_year in (year, year + 1):
        found |= _commemorated_in(of_year)
    return MappingProxyType({day: name for day, name in sorted(found.items()) if day.year == year})


def is_business_day(day: date, *, also: Collection[date] = ()) -> bool:
    """Whether offices work on that civil date; ``also`` are further days of rest."""
    return day.isoweekday() < _SATURDAY and day not in also and day not in holidays(day.year)


def add_business_days(start: date, days: int, *, also: Collection[date] = ()) -> date:
    """The last day of a term of ``days`` business days that begins the day after ``start``."""
    if days < 0:
        raise ValueError("a term has no negative days")
    day, left = start, days
    while left:
        day += _DAY
        left -= is_business_day(day, also=also)
    return day


def business_days_between(start: date, end: date, *, also: Collection[date] = ()) -> int:
    """How many business days follow ``start`` until ``end`` inclusive; 0 when ``end`` is not later."""
    days = (end - start).days
    return sum(
        is_business_day(start + timedelta(days=one), also=also) for one in range(1, days + 1)
    )


def _commemorated_in(year: int) -> dict[date, str]:
    law = holiday_law().on(date(year, 12, 31))
    found: dict[date, str] = {}
    for row in law.fields["days"]:
        day = date(year, row["month"], row["day"])
        found[_moved(day, row["moves"].get(str(day.isoweekday()), 0))] = row["name"]
    for row in law.fields["pairs"]:
        first = date(year, row["month"], row["day"])
        moves = row["moves"][str(first.isoweekday())]
        for place, (name, move) in enumerate(zip(row["names"], moves, strict=True)):
            found[_moved(first, place + move)] = name
    return found | _of_easter(year, law) | _decreed(year, law)


def _of_easter(year: int, law: LawValue) -> dict[date, str]:
    sunday = easter_sunday(year)
    return {_moved(sunday, row["offset"]): row["name"] for row in law.fields["easter"]}


def _decreed(year: int, law: LawValue) -> dict[date, str]:
    return {day: "Descanso por decreto" for day in law.fields["decreed"] if day.year == year}


def easter_sunday(year: int) -> date:
    """Easter in the Gregorian calendar (the anonymous computus)."""
    golden = year % 19
    century, of_century = divmod(year, 100)
    leaps, rest = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leaps - correction + 15) % 30
    fours, odd = divmod(of_century, 4)
    weekday = (32 + 2 * rest + 2 * fours - epact - odd) % 7
    shift = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def _moved(day: date, by: int) -> date:
    return day + timedelta(days=by)
