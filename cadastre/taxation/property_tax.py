"""What the urban and the rural property tax have in common: exempt, accumulate, share out."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from cadastre.taxation.accumulation import Portfolio, accumulate
from cadastre.taxation.low_value_exemption import low_value_limit
from cadastre.taxation.national_law import NationalLaw, RateBand
from cadastre.valuation.facts import AppraisedUnit, UnitKind
from cadastre.valuation.ordinance import OrdinanceFacts
from cadastre.valuation.rate_table import RateMode, RateTable
from gis_project.core.assessment import Line, RateUnit
from gis_project.core.money import ZERO, format_usd, to_cents

_THOUSAND = Decimal(1000)
_NO_RATE = Decimal(0)


class TaxKind(NamedTuple):
    """The words and numbers in which one property tax differs from the other."""

    kind: UnitKind
    concept: str
    label_es: str
    table: RateTable
    band: RateBand
    progressive_note: str


def property_tax(
    tax: TaxKind, *, holdings: Sequence[AppraisedUnit], ordinance: OrdinanceFacts, law: NationalLaw
) -> tuple[Portfolio, list[Line]]:
    """The portfolio of ``holdings`` (all of one kind) and one tax line for each, in their order."""
    limits = [low_value_limit(held.unit, ordinance, law) for held in holdings]
    told = []
    for held, limit in zip(holdings, limits, strict=True):
        value = held.appraisal.total
        taxable = ZERO if limit is not None and value <= limit else value
        told.append((held.unit.unit_id, held.unit.key, value, taxable))
    article = f", Art. {tax.table.article}" if tax.table.article else ""
    citation = f"{tax.band.citation}; Ordenanza {ordinance.number}{article}"
    portfolio = accumulate(
        kind=tax.kind, holdings=told, table=tax.table, band=tax.band, citation=citation
    )
    rate = portfolio.rate_per_mille
    # The same words whether there are other predios or not: these lines are public, those are not.
    note = "" if tax.table.mode is RateMode.FLAT else tax.progressive_note
    lines = []
    for (_, _, value, taxable), limit in zip(told, limits, strict=True):
        if limit is not None and value <= limit:
            lines.append(_exempt_line(tax, value, limit, law))
        else:
            lines.append(
                Line(
                    tax.concept,
                    tax.label_es,
                    taxable,
                    rate,
                    RateUnit.PER_MILLE,
                    to_cents(taxable * rate / _THOUSAND),
                    citation,
                    note,
                )
            )
    return portfolio, lines


def _exempt_line(tax: TaxKind, value: Decimal, limit: Decimal, law: NationalLaw) -> Line:
    return Line(
        tax.concept,
        tax.label_es,
        ZERO,
        _NO_RATE,
        RateUnit.PER_MILLE,
        ZERO,
        law.low_value_citation,
        f"exento: su avalúo {format_usd(value)} no pasa de {format_usd(limit)}",
    )
