"""Remission of interest, surcharge and fines by a law and its ordinance, as dated windows (Código Tributario Art. 54).

Never of the tax itself. It holds for who settles a title whole within a window; two campaigns do not add up: each part
takes the one that remits more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from cadastre.taxation.debt_parts import PRINCIPAL, DebtPart
from gis_project.core.assessment import Line, RateUnit
from gis_project.core.errors import InvalidInput
from gis_project.core.money import to_cents

CONCEPT = "REMISSION"
REMITTABLE = tuple(part for part in DebtPart if part not in PRINCIPAL)
_HUNDRED = Decimal(100)


class InvalidRemission(InvalidInput):
    """The campaign remits principal, more than all of a part, or in windows that overlap: correct it."""

    code = "invalid_remission"


class Relief(NamedTuple):
    """What a title's whole payment is spared of one part; the line's amount is negative."""

    part: DebtPart
    line: Line


@dataclass(frozen=True, slots=True)
class RemissionWindow:
    """``percent`` is spared from ``first`` to ``last``, both included."""

    first: date
    last: date
    percent: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Remission:
    """A campaign: of which parts, of titles through which year, and when."""

    name: str
    citation: str
    parts: tuple[DebtPart, ...]
    through_year: int
    windows: tuple[RemissionWindow, ...]


def check_remission(campaign: Remission) -> None:
    """Raise ``InvalidRemission`` unless the law can mean it."""
    wrong = [part for part in campaign.parts if part not in REMITTABLE]
    if wrong or not campaign.parts:
        raise InvalidRemission("Se remiten intereses, recargos y multas, nunca el impuesto.")
    ordered = sorted(campaign.windows, key=lambda window: window.first)
    if not ordered or any(
        window.last < window.first or not 0 < window.percent <= _HUNDRED for window in ordered
    ):
        raise InvalidRemission("Cada ventana dice desde, hasta y un porcentaje de hasta 100.")
    for one, following in pairwise(ordered):
        if following.first <= one.last:
            raise InvalidRemission("Dos ventanas de la campaña se traslapan: separe sus fechas.")


def remission(
    *, unpaid: Mapping[DebtPart, Decimal], year: int, on: date, campaigns: Sequence[Remission]
) -> tuple[Relief, ...]:
    """What is spared of each part of a title of ``year`` that is settled on ``on``."""
    found = []
    for part in REMITTABLE:
        amount = unpaid.get(part)
        offers = [
            (window.percent, campaign)
            for campaign in campaigns
            if part in campaign.parts and year <= campaign.through_year
            for window in campaign.windows
            if window.first <= on <= window.last
        ]
        if amount and offers:
            percent, campaign = max(offers, key=lambda offer: offer[0])
            found.append(Relief(part, _line(amount, percent, campaign, on)))
    return tuple(found)


def last_day_of_remission(*, year: int, on: date, campaigns: Sequence[Remission]) -> date | None:
    """The last day on which the windows are those of ``on`` for a title of ``year``; None if none is to come."""
    ends = [
        window.last if window.first <= on else window.first - timedelta(days=1)
        for campaign in campaigns
        if year <= campaign.through_year
        for window in campaign.windows
        if window.last >= on
    ]
    return min(ends, default=None)


def _line(amount: Decimal, percent: Decimal, campaign: Remission, on: date) -> Line:
    return Line(
        CONCEPT,
        f"Remisión: {campaign.name}",
        amount,
        -percent,
        RateUnit.PERCENT,
        to_cents(-amount * percent / _HUNDRED),
        campaign.citation,
        f"pago el {on:%d/%m/%Y}",
    )
