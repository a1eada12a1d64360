"""Rebate for a person with disability, on one predio (law of 2012 Art. 75; law of 3 July 2025).

Up to a value in basic salaries the law's percentage of the tax on his share. Above it the law of 2012
gives it on the part up to the limit, that of 2025 by the degree of the disability.
"""

from decimal import Decimal

from cadastre.taxation.national_rules import DisabilityRule
from cadastre.taxation.relief import Considered, Outcome, TaxRelief
from cadastre.valuation.tax_standing import HolderStanding
from gis_project.core.law import LawNotInForce

CODE = "DISABILITY"
_LABEL = "Rebaja de persona con discapacidad"
_HUNDRED = Decimal(100)


def disability_exemption(
    holder: HolderStanding,
    own: Decimal,
    rule: DisabilityRule | None,
    *,
    taxable: Decimal,
    value: Decimal,
    sbu: Decimal,
) -> Outcome:
    """The rebate on the tax of the holder's ``own`` part of the ``taxable`` value; ``value`` is the predio's."""
    if holder.disability_pct is None or not holder.claims_here:
        return Outcome()
    if rule is None:
        raise LawNotInForce(
            "La ley de discapacidad de ese año no está cargada: agréguela con su cita."
        )
    if holder.disability_pct < rule.min_pct:
        why = f"la discapacidad calificada no llega al {rule.min_pct} %"
        return Outcome(considered=(Considered(CODE, False, why),))
    if not taxable:
        return Outcome()
    limit = rule.value_sbu * sbu
    top, bottom, percent = own, taxable, rule.percent
    if value > limit:
        if rule.above_limit == "EXCESS":
            top, bottom = own * limit, taxable * value
        else:
            percent = min(holder.disability_pct, _HUNDRED)
    relief = TaxRelief(CODE, _LABEL, top, bottom, percent, rule.citation, is_personal=True)
    return Outcome(tax_reliefs=(relief,), considered=(Considered(CODE, True, _LABEL),))
