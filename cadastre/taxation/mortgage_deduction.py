"""Deduction for a mortgage on an urban predio (COOTAD Art. 503): part of the balance, capped by the value.

The ordinance's percentage must lie in the law's band. Asked for after the law's last day of the year
before, it does not count for the title of this year.
"""

from datetime import date
from decimal import Decimal

from cadastre.taxation.national_rules import MortgageRule
from cadastre.taxation.relief import Considered, Outcome, Relief
from cadastre.valuation.facts import AppraisedUnit
from gis_project.core.errors import InvalidInput
from gis_project.core.quantity import Operation, derived, given

CODE = "MORTGAGE"
_LABEL = "Deducción por hipoteca"
_HUNDRED = given("HUNDRED", "Cien por ciento", Decimal(100))


class MortgagePercentOutsideLaw(InvalidInput):
    """The ordinance's percentage of the mortgage leaves the law's band: the council must correct it."""

    code = "mortgage_percent_outside_law"


def mortgage_deduction(
    held: AppraisedUnit,
    rule: MortgageRule,
    *,
    percent: Decimal | None,
    year: int,
    remaining: Decimal,
) -> Outcome:
    """The deduction for tax year ``year``; nothing where the ordinance sets no percentage."""
    mortgage = held.standing.mortgage
    if mortgage is None:
        return Outcome()
    if percent is None:
        return _not("la ordenanza no fija el porcentaje")
    if not rule.lowest_percent <= percent <= rule.highest_percent:
        raise MortgagePercentOutsideLaw(
            f"La ordenanza deduce el {percent} % de la hipoteca; la ley admite de "
            f"{rule.lowest_percent} a {rule.highest_percent} % ({rule.citation})."
        )
    if mortgage.requested_on > date(year - 1, *rule.request_until):
        return _not(f"se pidió el {mortgage.requested_on:%d/%m/%Y}, después del plazo")
    value = given("APPRAISED_VALUE", "Avalúo", held.appraisal.total)
    limits = [
        (
            "DEDUCTION",
            "Parte del saldo",
            given("BALANCE", "Saldo de capital", mortgage.balance),
            percent,
        ),
        ("DEDUCTION_CAP", "Tope por avalúo", value, rule.cap_percent_of_value),
    ]
    parts = [
        derived(
            name,
            label,
            Operation.QUOTIENT,
            [
                derived(
                    "SCALED",
                    "Por porcentaje",
                    Operation.PRODUCT,
                    [base, given("PERCENT", "Porcentaje", rate)],
                ),
                _HUNDRED,
            ],
            decimals=2,
        )
        for name, label, base, rate in limits
    ]
    parts.append(given("REMAINING", "Lo que queda por gravar", remaining))
    amount = derived("RELIEF", _LABEL, Operation.MINIMUM, parts, citation=rule.citation)
    return Outcome(
        (Relief(CODE, _LABEL, amount, rule.citation),), considered=(Considered(CODE, True, _LABEL),)
    )


def _not(why: str) -> Outcome:
    return Outcome(considered=(Considered(CODE, False, why),))
