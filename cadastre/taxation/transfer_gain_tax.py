"""Tax on the gain when an urban predio is transferred, and plusvalía (COOTAD Arts. 556-561).

The gain is the price less what was paid for it, improvements and contribuciones de mejoras; less five
per cent of it for each year of holding from the second. Held for twenty years it is not taxed.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cadastre.taxation.national_law import law_parameter
from cadastre.taxation.transfer_tax import InvalidTransfer, years_held
from gis_project.core.assessment import Line, RateUnit
from gis_project.core.money import ZERO, to_cents
from gis_project.core.quantity import Operation, Quantity, derived, given

CONCEPT = "TRANSFER_GAIN_TAX"
_LABEL = "Impuesto a la utilidad y plusvalía"
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Gain:
    """What the gain is made of, in dollars; ``percent``: the ordinance's own, where it set one."""

    price: Decimal
    acquisition_cost: Decimal
    acquired_on: date
    on: date
    improvements: Decimal = ZERO
    contributions: Decimal = ZERO
    percent: Decimal | None = None
    ordinance_citation: str = ""

    def __post_init__(self) -> None:
        amounts = (self.price, self.acquisition_cost, self.improvements, self.contributions)
        if any(amount < 0 for amount in amounts) or self.acquired_on > self.on:
            raise InvalidTransfer("Los montos o las fechas del aviso no son admisibles.")


def transfer_gain_tax(gain: Gain) -> Line:
    """The tax's line; zero, and why, without gain or after the law's years."""
    parameter = law_parameter("transfer_gain_tax")
    value = parameter.on(gain.on)
    citation = "; ".join(filter(None, [parameter.citation_of(value), gain.ordinance_citation]))
    held = years_held(gain.acquired_on, gain.on)
    raw = derived(
        "GAIN",
        "Utilidad",
        Operation.DIFFERENCE,
        [
            given("PRICE", "Precio de venta", gain.price),
            given("COST", "Precio de adquisición", gain.acquisition_cost),
            given("IMPROVEMENTS", "Mejoras", gain.improvements),
            given("CONTRIBUTIONS", "Contribuciones de mejoras pagadas", gain.contributions),
        ],
    )
    most = int(value.number("years_to_no_tax"))
    if raw.value <= 0 or held >= most:
        why = f"dominio de {held} años" if held >= most else "no hay utilidad"
        return Line(
            CONCEPT, _LABEL, ZERO, Decimal(0), RateUnit.PERCENT, ZERO, citation, f"exento: {why}"
        )
    deducted = max(0, held - int(value.number("first_deducted_year")) + 1)
    base = _less_years(raw, deducted, value.number("deduction_percent_per_year"))
    percent = value.number("percent") if gain.percent is None else gain.percent
    return Line(
        CONCEPT,
        _LABEL,
        base.value,
        percent,
        RateUnit.PERCENT,
        to_cents(base.value * percent / _HUNDRED),
        citation,
        f"{held} años de dominio, {deducted} se deducen",
        (),
        base,
    )


def _less_years(raw: Quantity, years: int, percent: Decimal) -> Quantity:
    rate = derived(
        "YEARS_PERCENT",
        "Por ciento por años",
        Operation.PRODUCT,
        [
            given("YEARS", "Años que se deducen", Decimal(years)),
            given("PERCENT_PER_YEAR", "Por ciento por año", percent),
        ],
    )
    scaled = derived("SCALED", "Utilidad por porcentaje", Operation.PRODUCT, [raw, rate])
    deduction = derived(
        "YEARS_DEDUCTION",
        "Deducción por años de dominio",
        Operation.QUOTIENT,
        [scaled, given("HUNDRED", "Cien por ciento", _HUNDRED)],
        decimals=2,
    )
    return derived("TAXED_GAIN", "Utilidad imponible", Operation.DIFFERENCE, [raw, deduction])
