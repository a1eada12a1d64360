"""Payment in instalments that the treasurer grants (Código Tributario Arts. 152, 153): a part down, the rest by months.

The instalments are of tax, surcharge and fines owed on the day of the plan; interest goes on until each payment and is
paid on top of them.
Asking for a plan recognises the debt, which interrupts its prescription (Art. 56).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cadastre.taxation.national_law import law_parameter
from gis_project.core.errors import InvalidInput
from gis_project.core.money import ZERO, to_cents

_HUNDRED = Decimal(100)


class PlanOutsideTheLaw(InvalidInput):
    """The first payment is too small or the term too long: the article says from how much and until when."""

    code = "plan_outside_the_law"


@dataclass(frozen=True, slots=True)
class PlanInstalment:
    """``number`` 0 is the first payment, on the day of the plan."""

    number: int
    due_on: date
    amount: Decimal


def payment_plan(
    *, owed: Decimal, down: Decimal, months: int, granted_on: date
) -> tuple[PlanInstalment, ...]:
    """The first payment and ``months`` equal ones; they sum to ``owed``, odd cents on the last.

    Raises ``PlanOutsideTheLaw``.
    """
    parameter = law_parameter("payment_plans")
    value = parameter.on(granted_on)
    least = to_cents(owed * value.number("lowest_down_percent") / _HUNDRED)
    most = int(value.number("most_months"))
    if not least <= down < owed or not 1 <= months <= most:
        raise PlanOutsideTheLaw(
            f"La primera cuota es de {least} USD o más, y el plazo de 1 a {most} meses ({parameter.citation}).",
            details={"least": str(least), "most_months": most},
        )
    rest = owed - down
    each = to_cents(rest / months)
    found = [PlanInstalment(0, granted_on, down)]
    for number in range(1, months + 1):
        amount = each if number < months else rest - each * (months - 1)
        found.append(PlanInstalment(number, _months_later(granted_on, number), amount))
    return tuple(found)


def late_by(instalments: Sequence[PlanInstalment], *, paid: Decimal, on: date) -> Decimal:
    """How much of what was due before ``on`` is not paid; zero while the plan is kept."""
    due = sum((one.amount for one in instalments if one.due_on < on), ZERO)
    return max(ZERO, due - paid)


def _months_later(day: date, months: int) -> date:
    """The same day of a later month, or that month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for candidate in range(day.day, 0, -1):
        try:
            return date(year, month + 1, candidate)
        except ValueError:
            continue
    raise AssertionError("a month has a first day")
