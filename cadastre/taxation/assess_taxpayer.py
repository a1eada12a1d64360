"""The year's bill of every predio of one taxpayer: the one assessor, for bill and simulation alike.

A title belongs to one predio; the taxpayer's other predios of the same kind only set its rate.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, NamedTuple

from cadastre.taxation import emission_fee, fire_levy, property_tax_rural, property_tax_urban
from cadastre.taxation.accumulation import Portfolio, TriedBenefit
from cadastre.taxation.exemptions import Taxable
from cadastre.taxation.holder_exemption import exempt_holders
from cadastre.taxation.national_law import NationalLaw, check_year
from cadastre.taxation.promotion_zones import promotion_zone
from cadastre.taxation.relief import Doubt
from cadastre.taxation.service_charges import service_charge
from cadastre.taxation.unbuilt_land import unbuilt_land
from cadastre.valuation.facts import AppraisedUnit, UnitKind
from cadastre.valuation.local_taxes import Accumulation
from cadastre.valuation.ordinance import InvalidOrdinance, OrdinanceFacts
from cadastre.valuation.rate_table import RateMode
from gis_project.core.assessment import Assessment, Line, line_as_dict
from gis_project.core.errors import InvalidInput
from gis_project.core.money import ZERO

PROPERTY_TAX_CONCEPTS = frozenset({property_tax_urban.CONCEPT, property_tax_rural.CONCEPT})


class IncompletePortfolio(InvalidInput):
    """A predio of the owner has no value, so the progressive rate of the others is unknown."""

    code = "incomplete_portfolio"


@dataclass(frozen=True, slots=True)
class UnitAssessment:
    """The bill of one predio. ``lines`` may be shown with the property; ``portfolio`` is private.

    ``doubts`` are facts that might lower it and are not known: a work list, beside the bill.
    """

    unit_id: str
    kind: UnitKind
    appraised_value: Decimal
    taxable_value: Decimal
    lines: tuple[Line, ...]
    total: Decimal
    portfolio: Portfolio
    doubts: tuple[Doubt, ...] = ()

    @property
    def property_tax(self) -> Decimal:
        """The property tax: what discounts and surcharges work on."""
        return self._amount_of(PROPERTY_TAX_CONCEPTS)

    @property
    def fire_levy(self) -> Decimal:
        """The fire brigade's part."""
        return self._amount_of({fire_levy.CONCEPT})

    @property
    def others(self) -> Decimal:
        """Everything else of the total."""
        return self.total - self.property_tax - self.fire_levy

    @property
    def assessment(self) -> Assessment:
        """The lines and total as a self-explaining assessment."""
        return Assessment(self.lines, self.total)

    def _amount_of(self, concepts: frozenset[str] | set[str]) -> Decimal:
        return sum((line.amount for line in self.lines if line.concept in concepts), ZERO)


def assess_taxpayer(
    *,
    holdings: Sequence[AppraisedUnit],
    ordinance: OrdinanceFacts,
    law: NationalLaw,
    year: int,
    unvalued_kinds: frozenset[UnitKind] = frozenset(),
) -> list[UnitAssessment]:
    """One assessment per predio in ``holdings``, in the same order.

    ``holdings`` are *all* predios of the taxpayer (or group of co-owners) in the municipality;
    ``unvalued_kinds`` names the kinds in which it has a predio without value. Raises
    ``IncompletePortfolio`` then, unless the rate is flat or its holders exempt all that is valued;
    ``RateOutsideLaw``; ``YearMismatch``; ``InvalidOrdinance`` for one that accumulates by shares
    (``assess_co_owners`` does that).
    """
    check_year(year, ordinance_year=ordinance.year, law_year=law.year)
    if ordinance.local.accumulation is Accumulation.SHARES:
        raise InvalidOrdinance(
            f"La ordenanza {ordinance.number} acumula por cuotas de cada titular, y esta cuenta toma "
            "el conjunto de titulares: no se calcula de un modo distinto del que ella manda."
        )
    fee = emission_fee.emission_fee(ordinance)
    bills: dict[int, UnitAssessment] = {}
    for kind in (UnitKind.URBAN, UnitKind.RURAL):
        numbers = [number for number, held in enumerate(holdings) if held.unit.kind is kind]
        if not numbers:
            continue
        if kind is UnitKind.URBAN:
            table, tax = ordinance.urban_rates, property_tax_urban.property_tax_urban
        else:
            table, tax = ordinance.rural_rates, property_tax_rural.property_tax_rural
        needs_rate = any(exempt_holders(holdings[number].unit, law) is None for number in numbers)
        if kind in unvalued_kinds and table.mode is not RateMode.FLAT and needs_rate:
            raise IncompletePortfolio(
                "Otro predio del mismo titular no tiene avalúo y la tarifa es progresiva: "
                "complete primero ese avalúo.",
                details={"unit_ids": [holdings[number].unit.unit_id for number in numbers]},
            )
        portfolio, tax_lines, found = tax(
            holdings=[holdings[number] for number in numbers], ordinance=ordinance, law=law
        )
        made = [
            unit_bill(holdings[number], tax_line, taxed, fee, ordinance, law)
            for number, tax_line, taxed in zip(numbers, tax_lines, found, strict=True)
        ]
        portfolio = replace(
            portfolio, benefits=tuple(row for bill in made for row in bill.benefits)
        )
        for number, bill in zip(numbers, made, strict=True):
            bills[number] = bill.with_portfolio(portfolio)
    return [bills[number] for number in range(len(holdings))]


def bill_explanation(held: AppraisedUnit, bill: UnitAssessment) -> dict[str, Any]:
    """The value's and the tax's lines of one predio as JSON values, without the portfolio."""
    return {
        "key": held.unit.key,
        "value": held.appraisal.as_dict(),
        "tax": {"lines": [line_as_dict(line) for line in bill.lines], "total": str(bill.total)},
    }


class UnitBill(NamedTuple):
    """A bill whose portfolio is not told yet, with the benefits that were tried."""

    held: AppraisedUnit
    taxable_value: Decimal
    lines: tuple[Line, ...]
    doubts: tuple[Doubt, ...]
    benefits: tuple[TriedBenefit, ...]

    def with_portfolio(self, portfolio: Portfolio) -> UnitAssessment:
        """The bill with the portfolio that set its rate."""
        return UnitAssessment(
            self.held.unit.unit_id,
            self.held.unit.kind,
            self.held.appraisal.total,
            self.taxable_value,
            self.lines,
            sum((line.amount for line in self.lines), ZERO),
            portfolio,
            self.doubts,
        )


def unit_bill(
    held: AppraisedUnit,
    tax_line: Line,
    taxed: Taxable,
    fee: Line | None,
    ordinance: OrdinanceFacts,
    law: NationalLaw,
) -> UnitBill:
    """All lines of one predio, the property tax first; the order is that of the printed bill."""
    surcharge, considered, doubt = unbuilt_land(held, taxed, ordinance, law)
    lines = [
        tax_line,
        surcharge,
        promotion_zone(held, taxed, ordinance, law),
        fire_levy.fire_levy(held.appraisal.total, law),
        fee,
        *(
            service_charge(held, charge, tax_line.amount)
            for charge in ordinance.local.service_charges
        ),
    ]
    tried = (*taxed.considered, *([considered] if considered else []))
    unit_id = held.unit.unit_id
    return UnitBill(
        held,
        taxed.taxable,
        tuple(line for line in lines if line is not None),
        (*taxed.doubts, *([doubt] if doubt else [])),
        tuple(TriedBenefit(unit_id, *rule) for rule in tried),
    )
