"""Square metres and hectares, and how a Spanish reader expects to see them."""

import math
from decimal import ROUND_HALF_UP, Decimal

from gis_project.core.errors import InvalidInput
from gis_project.core.money import format_decimal

M2_PER_HA = Decimal(10_000)
AREA_STEP_M2 = Decimal("0.0001")
_SHOWN = Decimal("0.01")


class InvalidArea(InvalidInput):
    """The area is negative or no number: measure the geometry again."""

    code = "invalid_area"


def measured_area_m2(area_m2: float) -> Decimal:
    """The area that the register writes down: the measured one to 0.0001 m², half up.

    The one place where a measured float becomes a decimal of the register.
    """
    if not math.isfinite(area_m2) or area_m2 < 0:
        raise InvalidArea("El área medida no es válida.", details={"area_m2": str(area_m2)})
    return Decimal(repr(float(area_m2))).quantize(AREA_STEP_M2, ROUND_HALF_UP)


def m2_to_ha(area_m2: Decimal) -> Decimal:
    """Hectares, exact."""
    return area_m2 / M2_PER_HA


def ha_to_m2(area_ha: Decimal) -> Decimal:
    """Square metres, exact."""
    return area_ha * M2_PER_HA


def format_m2(area_m2: Decimal | float) -> str:
    """``1.234,50 m²``, the one form in which messages tell areas; the smallest show their decimals: ``0,0004 m²``."""
    return f"{_shown(area_m2)} m²"


def format_m(length_m: Decimal | float) -> str:
    """``1.234,50 m``, likewise."""
    return f"{_shown(length_m)} m"


def format_ha(area_m2: Decimal) -> str:
    """The area in hectares to the square metre: ``40,2654 ha``."""
    return f"{format_decimal(m2_to_ha(area_m2).quantize(Decimal('0.0001'), ROUND_HALF_UP))} ha"


def _shown(measure: Decimal | float) -> str:
    exact = measure if isinstance(measure, Decimal) else Decimal(repr(float(measure)))
    shown = exact.quantize(_SHOWN, ROUND_HALF_UP)
    if not shown and exact:
        shown = exact.quantize(AREA_STEP_M2, ROUND_HALF_UP)
    return format_decimal(shown)
