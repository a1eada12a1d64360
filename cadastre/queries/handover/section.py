"""One section of the handover report, and how its values are told."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from gis_project.territory.models import Municipality

MOST_ROWS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """`told` says it in a sentence; `rows` are texts under `head`. `right` are the columns of figures.

    ``is_whole``: every row is printed, for whoever must answer each; of other lists the first hundred are.
    """

    title: str
    told: str
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    right: tuple[int, ...] = ()
    widths: tuple[int, ...] = ()
    is_whole: bool = False

    @property
    def shown(self) -> tuple[tuple[str, ...], ...]:
        return self.rows if self.is_whole else self.rows[:MOST_ROWS]

    @property
    def hidden(self) -> int:
        """How many rows are counted but not printed."""
        return len(self.rows) - len(self.shown)


def day(told: date | None, *, open_end: str = "sin fecha") -> str:
    return open_end if told is None else f"{told:%d/%m/%Y}"


def day_of(instant: datetime | None, municipality: Municipality) -> str:
    """The civil date of an instant in the municipality."""
    if instant is None:
        return "sin fecha"
    return day(instant.astimezone(ZoneInfo(municipality.time_zone)).date())


def figure(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def many(number: int, one: str, several: str) -> str:
    """«1 propuesta», «12 propuestas»."""
    return f"{figure(number)} {one if number == 1 else several}"
