"""A condominium unit's part of what belongs to all: its aliquot, a decimal or an exact fraction.

Twelve equal units are 1/12 each and nothing else; written as 0.0833 they lose four square metres of
ten thousand. That all of them sum to one is the business of ``cadastre/acts/aliquots.py``.
"""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from gis_project.core.quantity import Operation, Quantity, derived, given

_SHARE_STEP = Decimal("0.000001")


def aliquot_text(aliquot: Decimal | Fraction) -> str:
    """As it is written: ``0.125`` or ``1/8``."""
    if isinstance(aliquot, Fraction):
        return f"{aliquot.numerator}/{aliquot.denominator}"
    return f"{aliquot:f}"


def part_of_area(area_m2: Decimal, aliquot: Decimal | Fraction) -> tuple[Decimal, Quantity | None]:
    """The aliquot of an area in m² to 0.000001, half up; and how, for an exact fraction."""
    if isinstance(aliquot, Decimal):
        return (area_m2 * aliquot).quantize(_SHARE_STEP, ROUND_HALF_UP), None
    whole = given("WHOLE_AREA", "Área de todos (m²)", area_m2)
    top = given("ALIQUOT_TOP", "Alícuota, numerador", Decimal(aliquot.numerator))
    bottom = given("ALIQUOT_BOTTOM", "Alícuota, denominador", Decimal(aliquot.denominator))
    scaled = derived("SCALED_AREA", "Área por numerador", Operation.PRODUCT, [whole, top])
    part = derived(
        "PART_OF_AREA", "Área por alícuota (m²)", Operation.QUOTIENT, [scaled, bottom], decimals=6
    )
    return part.value, part
