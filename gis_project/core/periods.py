"""Half-open periods of civil dates and of instants; there is no clock in here.

A period holds its start and not its end, so that two versions that follow each other share the
border and nothing is valid twice. ``None`` means open. "Today" is always given by the caller:
the civil date of an instant depends on the municipality's time zone, never on UTC.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from gis_project.core.errors import InvalidInput

Moment = TypeVar("Moment", date, datetime)


class InvalidPeriod(InvalidInput):
    """The period ends before it starts, or mixes dates with instants: correct its ends."""

    code = "invalid_period"


class UnknownTimeZone(InvalidInput):
    """The time zone has no IANA name, as ``America/Guayaquil`` or ``Pacific/Galapagos``."""

    code = "unknown_time_zone"


@dataclass(frozen=True, slots=True)
class DatePeriod:
    """``[start, end)`` in civil dates."""

    start: date | None = None
    end: date | None = None

    def __post_init__(self) -> None:
        if isinstance(self.start, datetime) or isinstance(self.end, datetime):
            raise InvalidPeriod("Un período de fechas no admite horas.")
        _check_order(self.start, self.end)

    def contains(self, day: date) -> bool:
        """Whether ``day`` lies in the period (the start does, the end does not)."""
        return _contains(self.start, self.end, day)

    def overlaps(self, other: "DatePeriod") -> bool:
        """Whether the two share at least one day."""
        return _overlap(self.start, self.end, other.start, other.end)

    def intersection(self, other: "DatePeriod") -> "DatePeriod | None":
        """The days that both hold, or ``None``."""
        if not self.overlaps(other):
            return None
        starts = [day for day in (self.start, other.start) if day is not None]
        ends = [day for day in (self.end, other.end) if day is not None]
        return DatePeriod(max(starts, default=None), min(ends, default=None))


@dataclass(frozen=True, slots=True)
class InstantPeriod:
    """``[start, end)`` in instants with time zone."""

    start: datetime | None = None
    end: datetime | None = None

    def __post_init__(self) -> None:
        for instant in (self.start, self.end):
            if instant is not None:
                _check_aware(instant)
        _check_order(self.start, self.end)

    def contains(self, instant: datetime) -> bool:
        """Whether ``instant`` lies in the period (the start does, the end does not)."""
        _check_aware(instant)
        return _contains(self.start, self.end, instant)

    def overlaps(self, other: "InstantPeriod") -> bool:
        """Whether the two share at least one instant."""
        return _overlap(self.start, self.end, other.start, other.end)


def civil_date(instant: datetime, *, time_zone: str) -> date:
    """The date on the wall of ``time_zone`` at ``instant``: 20:30 in Quito is not yet tomorrow."""
    _check_aware(instant)
    return instant.astimezone(_zone(time_zone)).date()


def civil_day(day: date, *, time_zone: str) -> InstantPeriod:
    """The instants of one civil day in ``time_zone``."""
    zone = _zone(time_zone)
    return InstantPeriod(
        datetime.combine(day, time.min, tzinfo=zone),
        datetime.combine(day + timedelta(days=1), time.min, tzinfo=zone),
    )


def calendar_year(year: int) -> DatePeriod:
    """1 January of ``year`` to 1 January of the next."""
    return DatePeriod(date(year, 1, 1), date(year + 1, 1, 1))


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise UnknownTimeZone(
            f"No existe la zona horaria «{name}»: use un nombre como America/Guayaquil.",
            details={"time_zone": name},
        ) from error


def _check_aware(instant: datetime) -> None:
    if instant.utcoffset() is None:
        raise InvalidPeriod("El instante necesita zona horaria.")


def _check_order(start: Moment | None, end: Moment | None) -> None:
    if start is not None and end is not None and end <= start:
        raise InvalidPeriod(
            "El período termina antes de empezar.", details={"start": str(start), "end": str(end)}
        )


def _contains(start: Moment | None, end: Moment | None, moment: Moment) -> bool:
    return (start is None or start <= moment) and (end is None or moment < end)


def _overlap(
    start: Moment | None, end: Moment | None, other_start: Moment | None, other_end: Moment | None
) -> bool:
    starts_in_time = end is None or other_start is None or other_start < end
    ends_in_time = start is None or other_end is None or start < other_end
    return starts_in_time and ends_in_time
