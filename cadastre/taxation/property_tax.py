"""What the urban and the rural property tax have in common: exempt, accumulate, share out."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from cadastre.taxation.accumulation import Portfolio, accumulate
from cadastre.taxation.holder_exemption import exempt_holders
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


class _Exemption(NamedTuple):
    note: str
    citation: str


def property_tax(
    tax: TaxKind, *, holdings: Sequence[AppraisedUnit], ordinance: OrdinanceFacts, law: NationalLaw
) -> tuple[Portfolio, list[Line]]:
    """The portfolio of ``holdings`` (all of one kind) and one tax line for each, in their order."""
    exemptions = [_exemption(held, ordinance, law) for held in holdings]
    told = []
    for held, exemption in zip(holdings, exemptions, strict=True):
        value = held.appraisal.total
        taxable = value if exemption is None else ZERO
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
    for (_, _, _, taxable), exemption in zip(told, exemptions, strict=True):
        if exemption is not None:
            lines.append(_exempt_line(tax, exemption))
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


def _exemption(
    held: AppraisedUnit, ordinance: OrdinanceFacts, law: NationalLaw
) -> _Exemption | None:
    # Whose it is comes first: that holds whatever the predio is worth.
    holders = exempt_holders(held.unit, law)
    if holders is not None:
        return _Exemption(
            f"exento: todos sus titulares son {holders.holders_es}", law.exempt_holders_citation
        )
    value, limit = held.appraisal.total, low_value_limit(held.unit, ordinance, law)
    if limit is not None and value <= limit:
        return _Exemption(
            f"exento: su avalúo {format_usd(value)} no pasa de {format_usd(limit)}",
            law.low_value_citation,
        )
    return None


def _exempt_line(tax: TaxKind, exemption: _Exemption) -> Line:
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
