"""Contribución especial de mejoras (COOTAD Arts. 569-593): a work's cost shared out, every cent of it.

By frontage and by appraised value, in the law's proportion for the kind of work. No predio owes more
than half of the value it gains, where that gain is known; what the cap frees stays with the town and is
never put on the neighbours. A corner has counted half of each side when its frontage was measured.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cadastre.taxation.national_law import law_parameter
from gis_project.core.assessment import Line, RateUnit
from gis_project.core.errors import InvalidInput
from gis_project.core.law import LawParameter
from gis_project.core.money import ZERO, to_cents
from gis_project.core.quantity import Operation, Quantity, derived, given

CONCEPT = "IMPROVEMENT_CONTRIBUTION"
_LABEL = "Contribución especial de mejoras"
_HUNDRED = Decimal(100)
_ONE = Decimal(1)


class InvalidWork(InvalidInput):
    """The work cannot be shared out: its kind, cost, term or benefited predios are not admissible."""

    code = "invalid_work"


@dataclass(frozen=True, slots=True)
class Work:
    """A public work; ``recovered_percent`` is the part of its cost that the council recovers."""

    code: str
    kind: str
    cost: Decimal
    finished_on: date
    recovered_percent: Decimal = _HUNDRED


@dataclass(frozen=True, slots=True)
class Benefited:
    """A benefited predio: frontage in m, appraised value and gain in dollars (None: not appraised)."""

    unit_id: str
    frontage_m: Decimal
    appraised_value: Decimal
    gain: Decimal | None = None


def corner_frontage(sides_m: Sequence[Decimal]) -> Decimal:
    """The frontage that counts: the one side, or half of each of a corner's."""
    return sides_m[0] if len(sides_m) == 1 else sum(sides_m, Decimal(0)) / 2


def improvement_contribution(work: Work, benefited: Sequence[Benefited]) -> list[Line]:
    """One line a predio, in their order; without a cap they sum to the recovered cost to the cent."""
    parameter = law_parameter("improvement_contribution")
    value = parameter.on(work.finished_on)
    rule = next((row for row in value.rows("works") if row["code"] == work.kind), None)
    if rule is None or work.cost <= 0 or not benefited or not 0 < work.recovered_percent <= 100:
        raise InvalidWork(
            f"La obra {work.code} no se puede repartir: revise clase, costo y predios."
        )
    recovered = to_cents(work.cost * work.recovered_percent / _HUNDRED)
    by_frontage = to_cents(recovered * Decimal(rule["by_frontage"]) / _HUNDRED)
    weights = [
        ("Por frente", by_frontage, [one.frontage_m for one in benefited]),
        ("Por avalúo", recovered - by_frontage, [one.appraised_value for one in benefited]),
    ]
    parts: list[list[Quantity]] = [[] for _ in benefited]
    for label, pool, weight in weights:
        for own, part in zip(parts, _shared_out(label, pool, weight, work), strict=True):
            own += part
    cap = value.number("cap_percent_of_gain")
    return [
        _line(one, own, cap, work, parameter) for one, own in zip(benefited, parts, strict=True)
    ]


def yearly_parts(line: Line, years: int, *, on: date) -> tuple[Decimal, ...]:
    """The contribution spread over ``years``; the parts sum to it, odd cents first."""
    most = int(law_parameter("improvement_contribution").on(on).number("most_years"))
    if not 1 <= years <= most:
        raise InvalidWork(f"El plazo va de 1 a {most} años.")
    left, parts = line.amount, []
    for remaining in range(years, 0, -1):
        parts.append(to_cents(left / remaining))
        left -= parts[-1]
    return tuple(parts)


def _shared_out(
    label: str, pool: Decimal, weights: Sequence[Decimal], work: Work
) -> list[list[Quantity]]:
    if not pool:
        return [[] for _ in weights]
    of = sum(weights, Decimal(0))
    if of <= 0 or any(weight < 0 for weight in weights):
        raise InvalidWork(
            f"La obra {work.code} no tiene por qué repartirse: {label.lower()}, nada."
        )
    whole = given("POOL", f"{label}, de todos", pool)
    found, before = [], Decimal(0)
    for weight in weights:
        ends = [given("WEIGHT", label, number) for number in (before, before + weight, of)]
        found.append([derived("SHARE", label, Operation.SHARE, [whole, *ends])])
        before += weight
    return found


def _line(
    one: Benefited, parts: list[Quantity], cap: Decimal, work: Work, parameter: LawParameter
) -> Line:
    due = derived("DUE", "Cuota de la obra", Operation.SUM, parts)
    if one.gain is not None:
        half = derived(
            "GAIN_CAP",
            "Tope por mayor valor",
            Operation.QUOTIENT,
            [
                derived(
                    "SCALED",
                    "Mayor valor por tope",
                    Operation.PRODUCT,
                    [given("GAIN", "Mayor valor", one.gain), given("CAP", "Tope (%)", cap)],
                ),
                given("HUNDRED", "Cien por ciento", _HUNDRED),
            ],
            decimals=2,
        )
        due = derived("DUE_CAPPED", "Cuota, hasta el tope", Operation.MINIMUM, [due, half])
    amount = due.value if due.value else ZERO
    return Line(
        CONCEPT,
        _LABEL,
        amount,
        _ONE,
        RateUnit.USD,
        to_cents(amount),
        parameter.citation,
        f"obra {work.code}",
        (),
        due,
    )
