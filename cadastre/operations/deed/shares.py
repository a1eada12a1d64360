"""Shares of a predio: exact fractions, or undetermined, that must make one predio for those who hold it as theirs."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

from cadastre.models import Right
from cadastre.operations.deed.perform import SharesNotWhole

# Who has one of these holds the predio as his own; possession and usufruct stand beside them.
TITULAR = (
    Right.Kind.OWNERSHIP,
    Right.Kind.RIGHTS_AND_ACTIONS,
    Right.Kind.HEIRS,
    Right.Kind.COMMUNAL,
    Right.Kind.PUBLIC,
)


def share_of(right: Right) -> Fraction | None:
    """The right's share of the predio, None when undetermined."""
    if right.share_numerator is None or right.share_denominator is None:
        return None
    return Fraction(right.share_numerator, right.share_denominator)


def share_columns(share: Fraction | None) -> dict[str, Any]:
    """The share as a right's columns."""
    return {
        "share_numerator": share.numerator if share is not None else None,
        "share_denominator": share.denominator if share is not None else None,
    }


def total(shares: Iterable[Fraction | None]) -> Fraction | None:
    """Their sum, None as soon as one is undetermined."""
    found = Fraction(0)
    for share in shares:
        if share is None:
            return None
        found += share
    return found


def check_whole(rights: Sequence[Right]) -> None:
    """Those who hold the predio as theirs hold one predio: exactly, or less beside undetermined shares.

    Raises SharesNotWhole.
    """
    told = [share_of(right) for right in rights]
    determined = sum((share for share in told if share is not None), Fraction(0))
    if not told or (None not in told and determined == 1) or (None in told and determined < 1):
        return
    raise SharesNotWhole(
        f"Después del acto las cuotas determinadas sumarían {determined}"
        + (" junto a titulares sin cuota" if None in told else "")
        + ": diga cuánto conserva o adquiere cada uno.",
        details={"determined": str(determined)},
    )
