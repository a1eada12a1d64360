"""Shares of a property as exact fractions, from the ways in which old systems write them."""

import re
from collections.abc import Sequence
from fractions import Fraction

from gis_project.core.errors import InvalidInput
from gis_project.core.money import parse_decimal

_FRACTION = re.compile(r"(\d{1,9})\s*/\s*(\d{1,9})")


class InvalidShare(InvalidInput):
    """The share is no part of a whole: write it as 50, 33,33 or 1/3."""

    code = "invalid_share"


def share_of(text: str, *, unit: str) -> Fraction | None:
    """The share in ``text``; ``None`` when it is empty. ``unit`` is ``percent`` or ``fraction``.

    ``1/3`` is read under both.
    """
    bare = text.strip().removesuffix("%").strip()
    if not bare:
        return None
    if found := _FRACTION.fullmatch(bare):
        if int(found[2]) == 0:
            raise InvalidShare(f"La cuota «{text}» divide para cero.")
        share = Fraction(int(found[1]), int(found[2]))
    else:
        number = Fraction(parse_decimal(bare, decimal_sign="," if "," in bare else "."))
        share = number / 100 if unit == "percent" else number
    if share == 0:
        return None
    if not 0 < share <= 1:
        raise InvalidShare(f"La cuota «{text}» no está entre 0 y 100 %.")
    return share


def whole(shares: Sequence[Fraction | None]) -> tuple[list[Fraction | None], bool]:
    """The shares of one group as they are kept, and whether they contradict themselves.

    One holder without share has all. A group that does not sum to exactly one is undetermined as a
    whole; that nobody's share is known is no contradiction.
    """
    if len(shares) == 1 and shares[0] is None:
        return [Fraction(1)], False
    if all(share is not None for share in shares):
        if sum((share for share in shares if share is not None), Fraction(0)) == 1:
            return list(shares), False
        return [None] * len(shares), True
    return [None] * len(shares), any(share is not None for share in shares)
