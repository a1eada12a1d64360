"""Alcabala on the transfer of a predio (COOTAD Arts. 527-537), with the provincial council's part.

One per cent of the higher of price and appraised value, less the rebate for selling again soon; on the
tax so found the province's ten per cent. Exempt transfers are named by the office, with their letter.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from cadastre.taxation.national_law import law_parameter
from gis_project.core.assessment import Assessment, Line, RateUnit, assessment_of
from gis_project.core.errors import InvalidInput
from gis_project.core.law import LawValue
from gis_project.core.money import ZERO, to_cents
from gis_project.core.quantity import Operation, Quantity, derived, given

CONCEPT = "TRANSFER_TAX"
PROVINCIAL_CONCEPT = "TRANSFER_TAX_PROVINCE"
_HUNDRED = Decimal(100)


class InvalidTransfer(InvalidInput):
    """The notice of transfer cannot be liquidated: its dates, share or amounts contradict each other."""

    code = "invalid_transfer"


@dataclass(frozen=True, slots=True)
class Transfer:
    """A notice of transfer: price and appraised value in dollars, of the whole predio.

    ``share`` is the part of the predio that passes; ``acquired_on`` when the seller got it (None: never
    bought, or not known: no rebate). ``exemption``: letter and words where the office exempts it.
    """

    price: Decimal
    appraised_value: Decimal
    on: date
    acquired_on: date | None = None
    share: Fraction = Fraction(1)
    exemption: str = ""

    def __post_init__(self) -> None:
        if self.price < 0 or self.appraised_value < 0 or not 0 < self.share <= 1:
            raise InvalidTransfer("El precio, el avalúo o la cuota del aviso no son admisibles.")
        if self.acquired_on is not None and self.acquired_on > self.on:
            raise InvalidTransfer("El aviso dice que se adquirió después de transferirlo.")


def transfer_tax(transfer: Transfer) -> Assessment:
    """The alcabala and the province's part, as the law of the day of the transfer says."""
    parameter = law_parameter("transfer_tax")
    value = parameter.on(transfer.on)
    citation = parameter.citation_of(value)
    base = transfer_base(transfer)
    if transfer.exemption:
        line = Line(
            CONCEPT,
            "Impuesto de alcabala",
            ZERO,
            Decimal(0),
            RateUnit.PERCENT,
            ZERO,
            citation,
            f"exento: {transfer.exemption}",
        )
        return assessment_of([line])
    percent = value.number("percent")
    gross = Line(
        CONCEPT,
        "Impuesto de alcabala",
        base.value,
        percent,
        RateUnit.PERCENT,
        to_cents(base.value * percent / _HUNDRED),
        citation,
        "",
        (),
        base,
    )
    tax = _with_rebate(gross, transfer, value, citation)
    province = value.number("provincial_percent")
    provincial = Line(
        PROVINCIAL_CONCEPT,
        "Consejo provincial, sobre la alcabala",
        tax.amount,
        province,
        RateUnit.PERCENT,
        to_cents(tax.amount * province / _HUNDRED),
        citation,
    )
    return assessment_of([tax, provincial])


def transfer_base(transfer: Transfer) -> Quantity:
    """The higher of price and appraised value, of the share that passes."""
    higher = derived(
        "TRANSFER_VALUE",
        "El mayor entre precio y avalúo",
        Operation.MAXIMUM,
        [
            given("PRICE", "Precio del aviso", transfer.price),
            given("APPRAISED_VALUE", "Avalúo", transfer.appraised_value),
        ],
    )
    if transfer.share == 1:
        return higher
    ends = (0, transfer.share.numerator, transfer.share.denominator)
    parts = [given("SHARES", "Cuotas", Decimal(number)) for number in ends]
    return derived("SHARE", f"Cuota {transfer.share}", Operation.SHARE, [higher, *parts])


def years_held(acquired_on: date, on: date) -> int:
    """Whole years of holding on the day of the transfer."""
    anniversary = (on.month, on.day) >= (acquired_on.month, acquired_on.day)
    return on.year - acquired_on.year - (0 if anniversary else 1)


def _with_rebate(gross: Line, transfer: Transfer, value: LawValue, citation: str) -> Line:
    if transfer.acquired_on is None:
        return gross
    held = years_held(transfer.acquired_on, transfer.on)
    for row in value.rows("resale_rebates"):
        if held < row["years"] or (held == row["years"] and _is_anniversary(transfer)):
            percent = Decimal(row["percent"])
            rebate = Line(
                "RESALE_REBATE",
                f"Rebaja por segunda venta dentro de {row['years']} años",
                gross.amount,
                -percent,
                RateUnit.PERCENT,
                to_cents(-gross.amount * percent / _HUNDRED),
                citation,
            )
            first = gross._replace(concept="GROSS_TAX", label_es="Alcabala antes de la rebaja")
            return gross._replace(amount=gross.amount + rebate.amount, children=(first, rebate))
    return gross


def _is_anniversary(transfer: Transfer) -> bool:
    acquired = transfer.acquired_on
    return acquired is not None and (acquired.month, acquired.day) == (
        transfer.on.month,
        transfer.on.day,
    )
