"""Depreciation that takes more than all there is, or stops before the building's life ends (COOTAD 495)."""

from collections.abc import Iterator
from decimal import Decimal

from cadastre.ordinances.finding import Finding
from cadastre.ordinances.words import percent, plain
from cadastre.valuation.depreciation import DepreciationKind
from cadastre.valuation.ordinance import OrdinanceFacts

_HUNDRED = Decimal(100)
_LIVED = tuple(Decimal(lived) for lived in range(101))


def lint_depreciation(ordinance: OrdinanceFacts) -> Iterator[Finding]:
    """What is wrong with the declared curve or table of each state of conservation.

    The straight line, Ross-Heidecke and curves without negative terms cannot fall; a table that does is
    told by ``lint_told``.
    """
    method = ordinance.methods.depreciation
    for state, rows in method.states.items():
        where = f"Depreciación, estado «{state}»"
        if method.kind is DepreciationKind.QUADRATIC:
            yield from _curve(rows[0], where, method.citation)
        elif method.kind is DepreciationKind.TABLE:
            yield from _stops(rows, where, method.citation, ordinance)


def _curve(curve: tuple[Decimal, ...], where: str, article: str) -> Iterator[Finding]:
    a, b, c = curve
    lost = [a * x * x + b * x + c for x in _LIVED]
    beyond = next((x for x in range(101) if lost[x] > _HUNDRED), None)
    if beyond is not None:
        yield Finding(
            "DEPRECIATION_BEYOND",
            where,
            f"Al {beyond} % de la vida útil la curva pide perder más de 100 %: revise los coeficientes "
            "a, b y c.",
            article,
        )


def _stops(
    rows: tuple[tuple[Decimal, ...], ...], where: str, article: str, ordinance: OrdinanceFacts
) -> Iterator[Finding]:
    last_age, lost = rows[-1]
    longer = sorted(
        name
        for name, cost in ordinance.building_costs.items()
        if cost.useful_life_years > last_age and lost < _HUNDRED - cost.residual_pct
    )
    if longer:
        name = longer[0]
        cost = ordinance.building_costs[name]
        yield Finding(
            "DEPRECIATION_STOPS",
            where,
            f"La última fila es de {plain(last_age)} años con {percent(lost)} perdido, y la estructura "
            f"«{name}» dura {cost.useful_life_years} años hasta un residual de "
            f"{percent(cost.residual_pct)}: desde allí no pierde más. Complete la tabla si no es lo "
            "que se quiere.",
            article,
        )
