"""When the action to collect a debt prescribes (Código Tributario Arts. 55, 56).

Counted from when it was exigible, anew from each interruption. It must be alleged by the debtor: this
tells a date and cancels nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cadastre.taxation.national_law import law_parameter


@dataclass(frozen=True, slots=True)
class Prescription:
    """The first day on which the debt may be alleged prescribed, and from which fact it was counted."""

    prescribes_on: date
    counted_from: date
    years: int
    citation: str


def prescription(
    *, exigible_on: date, interruptions: Sequence[date] = (), is_declared: bool = True
) -> Prescription:
    """The prescription of a debt; an interruption after it had prescribed revives nothing."""
    parameter = law_parameter("prescription")
    value = parameter.on(exigible_on)
    years = int(value.number("years" if is_declared else "years_without_declaration"))
    counted_from, ends = exigible_on, _after(exigible_on, years)
    for day in sorted(interruptions):
        if counted_from <= day < ends:
            counted_from, ends = day, _after(day, years)
    return Prescription(ends, counted_from, years, parameter.citation)


def _after(day: date, years: int) -> date:
    if (day.month, day.day) == (2, 29):
        return date(day.year + years, 3, 1)
    return day.replace(year=day.year + years)
