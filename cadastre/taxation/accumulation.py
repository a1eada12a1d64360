"""The owner's predios together set the rate (COOTAD Art. 505 urban, 518 rural).

The taxable values of all predios of one kind are added, the council's table is applied to the sum,
and each predio pays the resulting rate on its own value. An exempt predio has no taxable value.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from cadastre.taxation.national_law import RateBand
from cadastre.valuation.facts import UnitKind
from cadastre.valuation.rate_table import RateMode, RateTable
from gis_project.core.assessment import Line, RateUnit, line_as_dict
from gis_project.core.errors import InvalidInput
from gis_project.core.money import ZERO, to_cents

_THOUSAND = Decimal(1000)
# Fine enough that a single predio of up to 10⁹ dollars pays the table's tax to the cent.
RATE_STEP = Decimal("0.000000000001")


class RateOutsideLaw(InvalidInput):
    """The ordinance's rate leaves the band of the national law: the council must correct it."""

    code = "rate_outside_law"


class TriedBenefit(NamedTuple):
    """An exemption that was tried on one predio: its outcome, never the income or patrimony that it looked at."""

    unit_id: str
    code: str
    is_applied: bool
    why: str

    def as_dict(self) -> dict[str, Any]:
        """The benefit as JSON values."""
        return {
            "unit_id": self.unit_id,
            "code": self.code,
            "is_applied": self.is_applied,
            "why": self.why,
        }


@dataclass(frozen=True, slots=True)
class Portfolio:
    """All predios of one kind of one taxpayer, and the rate they set together.

    It tells one property's page about the owner's others: for the owner and officials only.
    ``slices`` explains a marginal table; its lines sum to the tax on the accumulated value.
    ``benefits`` are the exemptions tried.
    """

    kind: UnitKind
    holdings: tuple[tuple[str, str, Decimal, Decimal], ...]
    accumulated: Decimal
    rate_per_mille: Decimal
    slices: tuple[Line, ...]
    citation: str
    benefits: tuple[TriedBenefit, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The portfolio as JSON values, amounts as strings; benefits only where any was tried."""
        told = self._told()
        if self.benefits:
            told["benefits"] = [benefit.as_dict() for benefit in self.benefits]
        return told

    def _told(self) -> dict[str, Any]:
        return {
            "kind": str(self.kind),
            "holdings": [
                {
                    "unit_id": unit_id,
                    "key": key,
                    "appraised_value": str(appraised),
                    "taxable_value": str(taxable),
                }
                for unit_id, key, appraised, taxable in self.holdings
            ],
            "accumulated": str(self.accumulated),
            "rate_per_mille": str(self.rate_per_mille),
            "slices": [line_as_dict(line) for line in self.slices],
            "citation": self.citation,
        }


def accumulate(
    *,
    kind: UnitKind,
    holdings: Sequence[tuple[str, str, Decimal, Decimal]],
    table: RateTable,
    band: RateBand,
    citation: str,
) -> Portfolio:
    """The portfolio of ``holdings`` (unit id, key, appraised value, taxable value).

    Raises ``RateOutsideLaw`` when the council's table leaves the national band.
    """
    if table.lowest < band.lowest or table.highest > band.highest:
        raise RateOutsideLaw(
            f"La tarifa de la ordenanza ({table.lowest} a {table.highest} ‰) sale de la banda "
            f"legal ({band.lowest} a {band.highest} ‰; {band.citation}).",
            details={"kind": str(kind)},
        )
    accumulated = sum((holding[3] for holding in holdings), ZERO)
    slices: tuple[Line, ...] = ()
    if not accumulated:
        rate = Decimal(0)
    elif table.mode is RateMode.MARGINAL:
        slices = _slices(accumulated, table, citation)
        tax = sum((line.amount for line in slices), ZERO)
        rate = (tax * _THOUSAND / accumulated).quantize(RATE_STEP, ROUND_HALF_UP)
    else:
        rate = table.rates_per_mille[table.band_of(accumulated)]
    return Portfolio(kind, tuple(holdings), accumulated, rate, slices, citation)


def _slices(accumulated: Decimal, table: RateTable, citation: str) -> tuple[Line, ...]:
    lines = []
    for start, end, rate in zip(
        table.starts, (*table.starts[1:], accumulated), table.rates_per_mille, strict=True
    ):
        if accumulated <= start:
            break
        base = min(end, accumulated) - start
        lines.append(
            Line(
                "RATE_BAND",
                f"Tramo desde {start:f}",
                base,
                rate,
                RateUnit.PER_MILLE,
                to_cents(base * rate / _THOUSAND),
                citation,
            )
        )
    return tuple(lines)
