"""What the urban and the rural property tax have in common: exempt, accumulate, share out."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from cadastre.taxation.accumulation import Portfolio, accumulate
from cadastre.taxation.exemptions import Taxable, TotalExemption, taxable_value
from cadastre.taxation.national_law import NationalLaw, RateBand
from cadastre.taxation.relief import PERSONAL_LABEL, OwnTax, TaxRelief
from cadastre.valuation.facts import AppraisedUnit, UnitKind
from cadastre.valuation.ordinance import OrdinanceFacts
from cadastre.valuation.rate_table import RateMode, RateTable
from gis_project.core.assessment import Line, RateUnit
from gis_project.core.money import ZERO, to_cents
from gis_project.core.quantity import Operation, Quantity, derived, given, result_of

_THOUSAND = Decimal(1000)
_HUNDRED = Decimal(100)
_ONE = Decimal(1)
_NO_RATE = Decimal(0)


class TaxKind(NamedTuple):
    """The words and numbers in which one property tax differs from the other."""

    kind: UnitKind
    concept: str
    label_es: str
    table: RateTable
    band: RateBand
    progressive_note: str

    def citation(self, ordinance: OrdinanceFacts) -> str:
        """National band and the council's article."""
        article = f", Art. {self.table.article}" if self.table.article else ""
        return f"{self.band.citation}; Ordenanza {ordinance.number}{article}"

    @property
    def note(self) -> str:
        """The same words whether there are other predios or not: lines are public, those are not."""
        return "" if self.table.mode is RateMode.FLAT else self.progressive_note


def property_tax(
    tax: TaxKind, *, holdings: Sequence[AppraisedUnit], ordinance: OrdinanceFacts, law: NationalLaw
) -> tuple[Portfolio, list[Line], list[Taxable]]:
    """The portfolio of ``holdings`` (all of one kind), and a tax line and its base's making for each."""
    found = [taxable_value(held, ordinance, law) for held in holdings]
    citation = tax.citation(ordinance)
    portfolio = accumulate(
        kind=tax.kind,
        holdings=[
            (held.unit.unit_id, held.unit.key, taxed.value, taxed.taxable)
            for held, taxed in zip(holdings, found, strict=True)
        ],
        table=tax.table,
        band=tax.band,
        citation=citation,
    )
    rate = portfolio.rate_per_mille
    lines = []
    for taxed in found:
        if taxed.exemption is not None:
            lines.append(exempt_line(tax, taxed.exemption))
        else:
            gross = gross_line(tax, taxed.taxable, taxed.base_from, rate, citation)
            lines.append(with_tax_reliefs(gross, taxed.tax_reliefs))
    return portfolio, lines, found


def gross_line(
    tax: TaxKind, base: Decimal, base_from: Quantity | None, rate: Decimal, citation: str
) -> Line:
    """The tax on ``base`` before what is taken from the tax itself."""
    return Line(
        tax.concept,
        tax.label_es,
        base,
        rate,
        RateUnit.PER_MILLE,
        to_cents(base * rate / _THOUSAND),
        citation,
        tax.note,
        (),
        base_from,
    )


def exempt_line(tax: TaxKind, exemption: TotalExemption) -> Line:
    """The line of a predio that pays no property tax, saying why."""
    return Line(
        tax.concept,
        tax.label_es,
        ZERO,
        _NO_RATE,
        RateUnit.PER_MILLE,
        ZERO,
        exemption.citation,
        exemption.note,
    )


def with_tax_reliefs(gross: Line, reliefs: Sequence[TaxRelief]) -> Line:
    """``gross`` with its reliefs as children; itself where there are none. Never below zero.

    Children of ``gross`` are its co-owners' lines, in their order: a personal relief is on its holder's.
    """
    if not reliefs or not gross.amount:
        return gross
    children = [gross._replace(concept="GROSS_TAX", label_es="Impuesto antes de rebajas")]
    left = gross.amount
    for relief in reliefs:
        line = _relief_line(gross, relief, left)
        left += line.amount
        children.append(line)
    return gross._replace(amount=left, children=tuple(children))


def _relief_line(gross: Line, relief: TaxRelief, left: Decimal) -> Line:
    """The (negative) line of one relief; of a personal one only the amount is told."""
    if relief.of is not None:
        taken = min(_personal_amount(gross, relief, relief.of), left)
        return _taken(PERSONAL_LABEL, taken, "")
    part = derived(
        "TAX_PART",
        "Parte del impuesto",
        Operation.QUOTIENT,
        [
            derived(
                "SCALED",
                "Impuesto por parte",
                Operation.PRODUCT,
                [
                    given("GROSS_TAX", "Impuesto", gross.amount),
                    given("TOP", "Parte", relief.top),
                ],
            ),
            given("BOTTOM", "Del total", relief.bottom),
        ],
        decimals=2,
    )
    amount = to_cents(part.value * relief.percent / _HUNDRED)
    if amount > left:
        return _taken(relief.label_es, left, relief.citation)
    return Line(
        "TAX_RELIEF",
        relief.label_es,
        part.value,
        -relief.percent,
        RateUnit.PERCENT,
        -amount,
        relief.citation,
        "",
        (),
        part,
    )


def _personal_amount(gross: Line, relief: TaxRelief, of: OwnTax) -> Decimal:
    """What the relief takes of its holder's tax, rounded once: nobody is shown a step between."""
    tax, top, bottom = gross.amount, relief.top, relief.bottom
    if gross.children:
        tax = gross.children[of.place].amount
    else:
        top, bottom = top * of.own, bottom * of.taxable
    scaled = result_of(Operation.PRODUCT, [tax, top, relief.percent])
    whole = result_of(Operation.PRODUCT, [bottom, _HUNDRED])
    return result_of(Operation.QUOTIENT, [scaled, whole], decimals=2)


def _taken(label_es: str, amount: Decimal, citation: str) -> Line:
    return Line("TAX_RELIEF", label_es, amount, -_ONE, RateUnit.USD, -amount, citation)
