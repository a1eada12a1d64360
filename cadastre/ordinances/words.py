"""Numbers, lists and places of tables as the linter and the difference write them in Spanish."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from cadastre.valuation.facts import UnitKind
from gis_project.core.money import format_decimal

KIND_ES: Mapping[UnitKind, str] = {UnitKind.URBAN: "urbana", UnitKind.RURAL: "rural"}
RATES_ES = {"urban_rates": "Tarifa urbana", "rural_rates": "Tarifa rural"}
PRICE_UNIT_ES: Mapping[UnitKind, str] = {UnitKind.URBAN: "USD/m²", UnitKind.RURAL: "USD/ha"}
_TENTH, _HUNDRED = Decimal("0.1"), Decimal(100)


def plain(value: Decimal) -> str:
    """``1.234,5`` with no decimals that say nothing."""
    short = value.normalize()
    exponent = short.as_tuple().exponent
    return format_decimal(short.quantize(Decimal(1)) if int(exponent) > 0 else short)


def percent(value: Decimal) -> str:
    """``12,5 %``, to a tenth and without a useless zero."""
    return f"{plain(value.quantize(_TENTH, ROUND_HALF_UP))} %"


def change_pct(before: Decimal, after: Decimal) -> Decimal:
    """By how much per cent ``after`` differs from ``before``, which is not zero."""
    return (after - before) * _HUNDRED / before


def listed(names: Sequence[str], *, most: int = 12) -> str:
    """``a, b y c``; of a long list the first ones and how many more there are."""
    shown = list(names[:most])
    if len(names) > most:
        return f"{', '.join(shown)} y {len(names) - most} más"
    if len(shown) < 2:
        return "".join(shown)
    return f"{', '.join(shown[:-1])} y {shown[-1]}"
