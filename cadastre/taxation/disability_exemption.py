"""Rebate for a person with disability, on one predio (law of 2012 Art. 75; law of 3 July 2025).

Up to a value in basic salaries the law's percentage of the tax on his share. Above it the law of 2012
gives it on the part up to the limit, that of 2025 by the degree of the disability.
"""

from decimal import Decimal

from cadastre.taxation.national_rules import DisabilityRule
from cadastre.taxation.relief import Considered, Outcome, OwnTax, TaxRelief
from cadastre.valuation.tax_standing import HolderStanding
from gis_project.core.law import LawNotInForce

CODE = "DISABILITY"
_LABEL = "Rebaja de persona con discapacidad"
_ONE = Decimal(1)
_HUNDRED = Decimal(100)


def disability_exemption(
    holder: HolderStanding,
    of: OwnTax,
    rule: DisabilityRule | None,
    *,
    value: Decimal,
    sbu: Decimal,
) -> Outcome:
    """The rebate on the holder's own tax, that is ``of`` the predio's; ``value`` is the predio's."""
    if holder.disability_pct is None or not holder.claims_here:
        return Outcome()
    if rule is None:
        raise LawNotInForce(
            "La ley de discapacidad de ese año no está cargada: agréguela con su cita."
        )
    if holder.disability_pct < rule.min_pct:
        why = f"la discapacidad calificada no llega al {rule.min_pct} %"
        return Outcome(considered=(Considered(CODE, False, why),))
    if not of.taxable:
        return Outcome()
    limit = rule.value_sbu * sbu
    top, bottom, percent = _ONE, _ONE, rule.percent
    if value > limit:
        if rule.above_limit == "EXCESS":
            top, bottom = limit, value
        else:
            percent = min(holder.disability_pct, _HUNDRED)
    relief = TaxRelief(CODE, _LABEL, top, bottom, percent, rule.citation, of)
    return Outcome(tax_reliefs=(relief,), considered=(Considered(CODE, True, _LABEL),))
