"""A council's own exemptions: dated steps of percentages, by act or by value alone (COOTAD Art. 498)."""

from collections.abc import Sequence
from decimal import Decimal

from cadastre.taxation.granted_exemptions import last_year
from cadastre.taxation.relief import Considered, Outcome, Relief, TaxRelief
from cadastre.valuation.facts import AppraisedUnit
from cadastre.valuation.local_taxes import LocalExemption, ReliefOn
from cadastre.valuation.tax_standing import Grant
from gis_project.core.money import format_usd
from gis_project.core.quantity import Operation, derived, given

_HUNDRED = Decimal(100)


def local_exemption(
    rule: LocalExemption, held: AppraisedUnit, *, year: int, remaining: Decimal
) -> Outcome:
    """What the council's rule takes from value or tax in ``year``."""
    if held.unit.kind not in rule.kinds:
        return Outcome()
    grant = _grant(rule, held.standing.grants, year)
    if grant is None and rule.needs_grant:
        return Outcome()
    value = held.appraisal.total
    if rule.value_below is not None and value >= rule.value_below:
        why = f"su avalúo {format_usd(value)} no es menor que {format_usd(rule.value_below)}"
        return Outcome(considered=(Considered(rule.code, False, why),))
    elapsed = 0 if grant is None else year - grant.from_year
    until = None if grant is None else last_year(grant, None)
    percent = _percent(rule, elapsed)
    if not percent or (until is not None and year > until):
        return Outcome(considered=(Considered(rule.code, False, f"no rige en {year}"),))
    applied = (Considered(rule.code, True, rule.label_es),)
    if rule.on is ReliefOn.TAX:
        one = Decimal(1)
        relief = TaxRelief(rule.code, rule.label_es, one, one, percent, rule.citation)
        return Outcome(tax_reliefs=(relief,), considered=applied)
    scaled = derived(
        "SCALED",
        "Valor por porcentaje",
        Operation.PRODUCT,
        [
            given("REMAINING", "Lo que queda por gravar", remaining),
            given("PERCENT", "Porcentaje", percent),
        ],
    )
    amount = derived(
        "RELIEF",
        rule.label_es,
        Operation.QUOTIENT,
        [scaled, given("HUNDRED", "Cien por ciento", _HUNDRED)],
        decimals=2,
        citation=rule.citation,
    )
    frees_all = percent == _HUNDRED
    relief_on_base = Relief(rule.code, rule.label_es, amount, rule.citation, frees_all=frees_all)
    return Outcome((relief_on_base,), considered=applied)


def _grant(rule: LocalExemption, grants: Sequence[Grant], year: int) -> Grant | None:
    """The newest act that has begun and not ended; where none holds, the first one, to say so."""
    if not rule.needs_grant:
        return None
    own = [grant for grant in grants if grant.code == rule.code]
    in_force = [
        grant
        for grant in own
        if grant.from_year <= year and (grant.until_year is None or year <= grant.until_year)
    ]
    newest_first = sorted(in_force, key=lambda grant: grant.from_year, reverse=True)
    return next(iter([*newest_first, *own]), None)


def _percent(rule: LocalExemption, elapsed: int) -> Decimal | None:
    start = 0
    for years, percent in rule.steps:
        if elapsed >= start and (years is None or elapsed < start + years):
            return percent
        start += years or 0
    return None
