"""Rates against the national band, and thresholds at which one dollar more costs a leap (COOTAD 504, 517)."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from cadastre.ordinances.finding import Finding
from cadastre.ordinances.words import RATES_ES, plain
from cadastre.taxation.national_law import NationalLaw, RateBand
from cadastre.valuation.ordinance import OrdinanceFacts
from cadastre.valuation.rate_table import RateMode, RateTable
from cadastre.valuation.told_parameters import citation
from gis_project.core.money import CENT, format_usd, to_cents

_THOUSAND = Decimal(1000)


def lint_rates(ordinance: OrdinanceFacts, law: NationalLaw) -> Iterator[Finding]:
    """Rows outside the band, jumps between rows, rows that repeat the one before."""
    for member, table, band in (
        ("urban_rates", ordinance.urban_rates, law.urban_band),
        ("rural_rates", ordinance.rural_rates, law.rural_band),
    ):
        article = citation(ordinance.number, table.article)
        yield from _outside(RATES_ES[member], table, band, article)
        yield from _rows(RATES_ES[member], table, article)


def _outside(name: str, table: RateTable, band: RateBand, article: str) -> Iterator[Finding]:
    for place, (start, rate) in enumerate(
        zip(table.starts, table.rates_per_mille, strict=True), start=1
    ):
        if not band.lowest <= rate <= band.highest:
            yield Finding(
                "RATE_OUTSIDE_BAND",
                f"{name}, fila {place}",
                f"Desde {format_usd(start)} dólares cobra {plain(rate)} ‰ y la ley admite de "
                f"{plain(band.lowest)} a {plain(band.highest)} ‰ ({band.citation}): corrija la fila.",
                article,
            )


def _rows(name: str, table: RateTable, article: str) -> Iterator[Finding]:
    rows = zip(table.starts, table.rates_per_mille, strict=True)
    for place, ((_, rate), (start, next_rate)) in enumerate(pairwise(rows), start=2):
        where = f"{name}, fila {place}"
        if next_rate == rate:
            yield Finding(
                "RATE_ROW_WITHOUT_EFFECT",
                where,
                f"La fila desde {format_usd(start)} repite los {plain(rate)} ‰ de la anterior: "
                "quítela o cambie su tarifa.",
                article,
            )
        elif table.mode is RateMode.BRACKET:
            before = to_cents((start - CENT) * rate / _THOUSAND)
            after = to_cents(start * next_rate / _THOUSAND)
            yield Finding(
                "RATE_CLIFF",
                where,
                f"Quien pasa de {format_usd(start - CENT)} a {format_usd(start)} dólares de avalúo "
                f"acumulado paga {format_usd(after)} en vez de {format_usd(before)}: "
                f"{format_usd(after - before)} dólares más por un centavo de avalúo. Una tabla por tramos "
                "(MARGINAL) no tiene ese salto.",
                article,
            )
