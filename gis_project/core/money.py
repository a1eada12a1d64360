"""Dollars as ``Decimal``: the one rounding function, and their Spanish form.

No article fixes the rounding; municipal practice is half up to the cent at every line of a bill,
and the total is the sum of the rounded lines. So there is one function, and nobody else rounds.
"""

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Literal

from gis_project.core.errors import InvalidInput

CENT = Decimal("0.01")
ZERO = Decimal("0.00")

_SPANISH_SIGNS = str.maketrans(",.", ".,")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*")
_CURRENCY = re.compile(r"US\$|USD|\$|[\s\u00a0\u202f']")


class InvalidAmount(InvalidInput):
    """The amount is no finite decimal number: write it as 1234.56 or 1.234,56."""

    code = "invalid_amount"


class AmbiguousAmount(InvalidInput):
    """One separator and three digits (``1.234``): say which sign marks the decimals."""

    code = "ambiguous_amount"


def to_cents(amount: Decimal) -> Decimal:
    """``amount`` rounded half up (away from zero on ties) to the cent.

    Refuses floats, NaN and infinities: a float has already lost the cent that it is asked about.
    """
    if type(amount) is not Decimal:
        raise InvalidAmount(
            "El monto debe ser un decimal exacto, no un número de coma flotante.",
            details={"type": type(amount).__name__},
        )
    try:
        cents = amount.quantize(CENT, ROUND_HALF_UP)
    except InvalidOperation as error:
        raise InvalidAmount(
            "El monto es demasiado grande para el sistema; revise las cifras.",
            details={"amount": str(amount)},
        ) from error
    if not cents.is_finite():
        raise InvalidAmount("El monto no es un número finito.", details={"amount": str(amount)})
    return cents


def format_usd(amount: Decimal, *, symbol: bool = False) -> str:
    """``1.234,56`` (with ``symbol``: ``$ 1.234,56``), rounded by ``to_cents``."""
    text = format_decimal(to_cents(amount))
    return f"$ {text}" if symbol else text


def format_decimal(number: Decimal) -> str:
    """``number`` with all its own decimals, point for thousands and comma for decimals."""
    return f"{number:,f}".translate(_SPANISH_SIGNS)


def parse_decimal(text: str, *, decimal_sign: Literal[",", "."] | None = None) -> Decimal:
    """The number in ``text``, written with decimal comma or point, with or without thousands.

    ``1.234,56``, ``1,234.56``, ``1234,56``, ``$ 80000`` are read without help. ``1.234`` could be
    a thousand or a little more than one: it is refused unless ``decimal_sign`` says which.
    """
    cleaned = _CURRENCY.sub("", text)
    if not _NUMBER.fullmatch(cleaned):
        raise InvalidAmount(f"«{text}» no es un número.", details={"text": text})
    sign = decimal_sign or _decimal_sign_of(cleaned, text)
    thousands = "." if sign == "," else ","
    whole, _, fraction = cleaned.partition(sign)
    groups = whole.lstrip("+-").split(thousands)
    well_grouped = len(groups) == 1 or (
        1 <= len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])
    )
    if sign in fraction or thousands in fraction or not well_grouped:
        raise InvalidAmount(
            f"«{text}» mezcla separadores: use punto para miles y coma para decimales, o al revés.",
            details={"text": text},
        )
    number = Decimal(f"{whole.replace(thousands, '')}.{fraction or '0'}")
    return number if fraction else number.to_integral_value()


def _decimal_sign_of(cleaned: str, text: str) -> Literal[",", "."]:
    comma, point = cleaned.rfind(","), cleaned.rfind(".")
    if comma == point:  # neither is there
        return "."
    if comma >= 0 and point >= 0:
        return "," if comma > point else "."
    used: Literal[",", "."] = "," if comma >= 0 else "."
    other: Literal[",", "."] = "." if used == "," else ","
    parts = cleaned.lstrip("+-").split(used)
    if len(parts) > 2:
        return other
    whole, last = parts
    if len(last) == 3 and len(whole) <= 3 and whole.lstrip("0"):
        raise AmbiguousAmount(
            f"«{text}» puede ser miles o decimales: indique el signo decimal de la columna.",
            details={"text": text},
        )
    return used
