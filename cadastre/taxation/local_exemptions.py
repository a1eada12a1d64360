"""A council's own exemptions: dated steps of percentages, by act or by value alone (COOTAD Art. 498)."""

from decimal import Decimal

from cadastre.taxation.granted_exemptions import last_year
from cadastre.taxation.relief import Considered, Outcome, Relief, TaxRelief
from cadastre.valuation.facts import AppraisedUnit
from cadastre.valuation.local_taxes import LocalExemption, ReliefOn
from gis_project.core.money import format_usd
from gis_project.core.quantity import Operation, derived, given

_HUNDRED = Decimal(100)


def local_exemption(
    rule: LocalExemption, held: AppraisedUnit, *, year: int, remaining: Decimal
) -> Outcome:
    """What the council's rule takes from value or tax in ``year``."""
    if held.unit.kind not in rule.kinds:
        return Outcome()
    grant = next((grant for grant in held.standing.grants if grant.code == rule.code), None)
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


def _percent(rule: LocalExemption, elapsed: int) -> Decimal | None:
    start = 0
    for years, percent in rule.steps:
        if elapsed >= start and (years is None or elapsed < start + years):
            return percent
        start += years or 0
    return None
