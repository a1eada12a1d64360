"""Whether a value plan and its rates are sound, before the council votes on them.

What cannot even be read is told first (``lint_told``); then the meaning of each table, and last what the
register says of it. A finding is a fact with an example, never an opinion on how much land should cost.
"""

from collections.abc import Callable, Mapping
from typing import Any

from cadastre.ordinances.finding import Finding, LintReport, by_weight
from cadastre.ordinances.lint_depreciation import lint_depreciation
from cadastre.ordinances.lint_factors import lint_factors
from cadastre.ordinances.lint_local import lint_local
from cadastre.ordinances.lint_prices import RegisterCounts, lint_prices
from cadastre.ordinances.lint_rates import lint_rates
from cadastre.ordinances.lint_told import lint_told
from cadastre.taxation.national_law import NationalLaw
from cadastre.valuation.ordinance import InvalidOrdinance, OrdinanceFacts


def lint_ordinance(
    ordinance: OrdinanceFacts, *, law: NationalLaw, register: RegisterCounts | None = None
) -> LintReport:
    """The findings on an ordinance that could be read; without ``register`` those of its tables alone."""
    found = [
        *lint_rates(ordinance, law),
        *lint_factors(ordinance),
        *lint_depreciation(ordinance),
        *lint_local(ordinance),
        *lint_prices(ordinance, register),
    ]
    return LintReport(by_weight(found))


def lint_stored(
    *,
    number: str,
    parameters: Mapping[str, Any],
    read: Callable[[], OrdinanceFacts],
    law: NationalLaw,
    register: Callable[[OrdinanceFacts], RegisterCounts | None],
) -> LintReport:
    """The findings on an ordinance as it is stored, even when its tables are too broken to be read.

    ``read`` gives the frozen values or raises ``InvalidOrdinance``; ``register`` is asked only then.
    """
    told = lint_told(parameters, number)
    try:
        facts = read()
    except InvalidOrdinance as refusal:
        unread = [] if told else [Finding("NOT_READABLE", f"Ordenanza {number}", refusal.message)]
        return LintReport(by_weight([*told, *unread]), is_complete=False)
    report = lint_ordinance(facts, law=law, register=register(facts))
    return LintReport(by_weight([*told, *report.findings]))
