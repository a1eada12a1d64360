"""Bills where each co-owner adds up his shares of all his predios (COOTAD Arts. 505, 506, 518).

For ordinances with ``accumulation = SHARES``: the second of the two ways, over a whole municipality at
once, since two people's predios may be tied through a third. Still one title per predio; its tax is the
sum of the co-owners' lines, each with the rate that his own accumulated value sets.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cadastre.taxation.accumulation import Portfolio, accumulate
from cadastre.taxation.assess_taxpayer import IncompletePortfolio, UnitAssessment, unit_bill
from cadastre.taxation.emission_fee import emission_fee
from cadastre.taxation.exemptions import Taxable, taxable_value
from cadastre.taxation.national_law import NationalLaw, check_year
from cadastre.taxation.property_tax import (
    TaxKind,
    exempt_line,
    gross_line,
    with_tax_reliefs,
)
from cadastre.taxation.property_tax_rural import rural_tax_kind
from cadastre.taxation.property_tax_urban import urban_tax_kind
from cadastre.valuation.facts import AppraisedUnit, UnitKind
from cadastre.valuation.ordinance import OrdinanceFacts
from cadastre.valuation.rate_table import RateMode
from gis_project.core.assessment import Line
from gis_project.core.errors import InvalidInput
from gis_project.core.money import ZERO


class HoldersUnknown(InvalidInput):
    """Nobody is known to hold the predio, so nobody's shares can be added: complete its tenure first."""

    code = "holders_unknown"


@dataclass(frozen=True, slots=True)
class SharedPortfolio(Portfolio):
    """The portfolios of all co-owners of one predio; itself the first one's."""

    co_owners: tuple[tuple[str, str, Portfolio], ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Each co-owner's share and portfolio, for the owners and officials only."""
        told = super(SharedPortfolio, self).as_dict()
        return {
            "kind": str(self.kind),
            **({"benefits": told["benefits"]} if self.benefits else {}),
            "co_owners": [
                {"taxpayer_id": taxpayer, "share": share, "portfolio": portfolio.as_dict()}
                for taxpayer, share, portfolio in self.co_owners
            ],
        }


def assess_co_owners(
    *,
    holdings: Sequence[AppraisedUnit],
    ordinance: OrdinanceFacts,
    law: NationalLaw,
    year: int,
    unvalued: Mapping[str, frozenset[UnitKind]] | None = None,
) -> list[UnitAssessment | IncompletePortfolio]:
    """One bill (or refusal) per predio of the municipality, in their order.

    ``unvalued`` names the taxpayers that have a predio without value, and its kind. Raises
    ``HoldersUnknown``, ``SharesNotOne``, ``RateOutsideLaw``, ``YearMismatch``.
    """
    check_year(year, ordinance_year=ordinance.year, law_year=law.year)
    found = [taxable_value(held, ordinance, law) for held in holdings]
    taxes = {
        UnitKind.URBAN: urban_tax_kind(ordinance, law),
        UnitKind.RURAL: rural_tax_kind(ordinance, law),
    }
    portfolios = _portfolios(holdings, found, taxes, ordinance)
    return [
        _bill(held, taxed, taxes[held.unit.kind], portfolios, ordinance, law, unvalued or {})
        for held, taxed in zip(holdings, found, strict=True)
    ]


def _own(held: AppraisedUnit, taxed: Taxable) -> list[tuple[str, str, Decimal]]:
    """Taxpayer, share as text and taxable slice of each holder."""
    holders = held.standing.holders
    if not holders:
        raise HoldersUnknown(
            f"El predio {held.unit.key} no tiene titular registrado: complete la tenencia.",
            details={"unit_id": held.unit.unit_id},
        )
    if taxed.exemption is not None:
        return [(holder.taxpayer_id, str(holder.share), ZERO) for holder in holders]
    return [
        (holder.taxpayer_id, str(holder.share), part.value)
        for holder, part in zip(holders, taxed.own, strict=True)
    ]


def _portfolios(
    holdings: Sequence[AppraisedUnit],
    found: Sequence[Taxable],
    taxes: Mapping[UnitKind, TaxKind],
    ordinance: OrdinanceFacts,
) -> dict[tuple[str, UnitKind], Portfolio]:
    held_by: dict[tuple[str, UnitKind], list[tuple[str, str, Decimal, Decimal]]] = defaultdict(list)
    for held, taxed in zip(holdings, found, strict=True):
        unit = held.unit
        for taxpayer, _, part in _own(held, taxed):
            row = (unit.unit_id, unit.key, taxed.value, part)
            held_by[taxpayer, unit.kind].append(row)
    return {
        (taxpayer, kind): accumulate(
            kind=kind,
            holdings=rows,
            table=taxes[kind].table,
            band=taxes[kind].band,
            citation=taxes[kind].citation(ordinance),
        )
        for (taxpayer, kind), rows in held_by.items()
    }


def _bill(
    held: AppraisedUnit,
    taxed: Taxable,
    tax: TaxKind,
    portfolios: Mapping[tuple[str, UnitKind], Portfolio],
    ordinance: OrdinanceFacts,
    law: NationalLaw,
    unvalued: Mapping[str, frozenset[UnitKind]],
) -> UnitAssessment | IncompletePortfolio:
    own = _own(held, taxed)
    rows = [(taxpayer, share, portfolios[taxpayer, tax.kind]) for taxpayer, share, _ in own]
    is_waiting = any(tax.kind in unvalued.get(taxpayer, ()) for taxpayer, _, _ in own)
    if is_waiting and tax.table.mode is not RateMode.FLAT and taxed.exemption is None:
        return IncompletePortfolio(
            "Otro predio de un titular no tiene avalúo y la tarifa es progresiva: complete primero "
            "ese avalúo.",
            details={"unit_ids": [held.unit.unit_id]},
        )
    if taxed.exemption is not None:
        line = exempt_line(tax, taxed.exemption)
    else:
        line = with_tax_reliefs(_shared_line(taxed, tax, rows, ordinance), taxed.tax_reliefs)
    made = unit_bill(held, line, taxed, emission_fee(ordinance), ordinance, law)
    first = rows[0][2]
    shared = SharedPortfolio(
        first.kind,
        first.holdings,
        first.accumulated,
        first.rate_per_mille,
        first.slices,
        first.citation,
        made.benefits,
        tuple(rows),
    )
    return made.with_portfolio(shared)


def _shared_line(
    taxed: Taxable,
    tax: TaxKind,
    rows: Sequence[tuple[str, str, Portfolio]],
    ordinance: OrdinanceFacts,
) -> Line:
    citation = tax.citation(ordinance)
    if len(rows) == 1:
        rate = rows[0][2].rate_per_mille
        return gross_line(tax, taxed.taxable, taxed.base_from, rate, citation)
    children = []
    for number, ((_, share, portfolio), part) in enumerate(
        zip(rows, taxed.own, strict=True), start=1
    ):
        child = gross_line(tax, part.value, part, portfolio.rate_per_mille, citation)
        label = f"Copropietario {number} de {len(rows)}, cuota {share}"
        children.append(child._replace(concept="CO_OWNER", label_es=label))
    # Each has his own rate: the line has none, as any other that is only the sum of its parts.
    whole = gross_line(tax, taxed.taxable, taxed.base_from, Decimal(0), citation)
    return whole._replace(
        amount=sum((child.amount for child in children), ZERO), children=tuple(children)
    )
