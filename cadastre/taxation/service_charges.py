"""Service charges (tasas) on the bill, as the ordinance declares them (COOTAD Arts. 566-568).

Flat, by value, by use, or by the property tax; with the ordinance's floor and cap. Each has its own
concept and account; none has discount or surcharge.
"""

from decimal import Decimal

from cadastre.taxation.unbuilt_land import is_built
from cadastre.valuation.factors import clamped
from cadastre.valuation.facts import AppraisedUnit
from cadastre.valuation.local_taxes import ChargeBasis, ChargedPredios, ServiceCharge
from gis_project.core.assessment import DIVISOR, Line, RateUnit
from gis_project.core.money import to_cents
from gis_project.core.quantity import Operation, derived, given

CONCEPT_PREFIX = "SERVICE_"
_ONE = Decimal(1)
_UNIT = {
    ChargeBasis.FLAT: RateUnit.USD,
    ChargeBasis.PER_MILLE: RateUnit.PER_MILLE,
    ChargeBasis.PER_UNIT: RateUnit.USD_PER_UNIT,
    ChargeBasis.PERCENT_OF_TAX: RateUnit.PERCENT,
}


def service_charge(held: AppraisedUnit, charge: ServiceCharge, tax: Decimal) -> Line | None:
    """The charge's line; None where it is for other predios, or no use is known of it."""
    if held.unit.kind not in charge.kinds or not _is_for(held, charge):
        return None
    base, rate, note = charge.amount, _ONE, ""
    if charge.basis is ChargeBasis.PER_MILLE:
        base, rate = held.appraisal.total, charge.amount
    elif charge.basis is ChargeBasis.PERCENT_OF_TAX:
        base, rate = tax, charge.amount
    elif charge.basis is ChargeBasis.PER_UNIT:
        used = held.standing.quantities.get(charge.code)
        if used is None:
            return None
        base, rate = used, charge.amount
    unit = _UNIT[charge.basis]
    amount, base_from = to_cents(base * rate / DIVISOR[unit]), None
    if (charge.lowest is not None and amount < charge.lowest) or (
        charge.highest is not None and amount > charge.highest
    ):
        parts = [
            given("CHARGE_BASE", "Base", base),
            given("CHARGE_RATE", "Tarifa", rate),
        ]
        product = derived("CHARGE_PRODUCT", "Base por tarifa", Operation.PRODUCT, parts)
        divisor = given("DIVISOR", "Divisor de la tarifa", DIVISOR[unit])
        due = derived("CHARGE", charge.label_es, Operation.QUOTIENT, [product, divisor], decimals=2)
        base_from = clamped(due, charge.lowest, charge.highest, charge.citation)
        base, rate, unit, note = base_from.value, _ONE, RateUnit.USD, "con el tope de la ordenanza"
        amount = to_cents(base)
    return Line(
        f"{CONCEPT_PREFIX}{charge.code}",
        charge.label_es,
        base,
        rate,
        unit,
        amount,
        charge.citation,
        note,
        (),
        base_from,
    )


def _is_for(held: AppraisedUnit, charge: ServiceCharge) -> bool:
    if charge.applies_to is ChargedPredios.ALL:
        return True
    return is_built(held) is (charge.applies_to is ChargedPredios.BUILT)
