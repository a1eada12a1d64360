"""A value shared out among co-owners by their exact shares, to the cent, none lost (COOTAD Art. 506)."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import lcm

from cadastre.valuation.tax_standing import HolderStanding
from gis_project.core.errors import InvalidInput
from gis_project.core.quantity import Operation, Quantity, derived, given


class SharesNotOne(InvalidInput):
    """The holders' shares do not sum to one: correct the rights, or declare them undetermined."""

    code = "shares_not_one"


def slices(amount: Quantity, holders: Sequence[HolderStanding]) -> list[Quantity]:
    """Each holder's slice of ``amount``, in their order; the slices sum to it exactly."""
    if len(holders) == 1 and holders[0].share == 1:
        return [amount]  # most predios: adding fractions up would cost a roll a fifth of its time
    total = sum((holder.share for holder in holders), Fraction(0))
    if total != 1 or any(holder.share <= 0 for holder in holders):
        raise SharesNotOne(
            f"Las cuotas de los titulares suman {total} y deben sumar 1: corrija los derechos o "
            "declárelas indeterminadas."
        )
    of = lcm(*(holder.share.denominator for holder in holders))
    found, before = [], 0
    for holder in holders:
        after = before + holder.share.numerator * (of // holder.share.denominator)
        ends = (("SHARES_BEFORE", before), ("SHARES_AFTER", after), ("SHARES_OF", of))
        parts = [given(name, "Cuotas acumuladas", Decimal(number)) for name, number in ends]
        found.append(derived("SHARE", f"Cuota {holder.share}", Operation.SHARE, [amount, *parts]))
        before = after
    return found
