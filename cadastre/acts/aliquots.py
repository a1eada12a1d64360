"""Alícuotas of a condominium: what share of the common goods each unit has, exactly one in all."""

from collections.abc import Sequence
from decimal import Decimal

from gis_project.core.errors import InvalidInput

DECIMALS = 10


class AliquotsNotWhole(InvalidInput):
    """The alícuotas do not sum to one, or one of them is no share: correct the table by the difference told."""

    code = "aliquots_not_whole"


def check_aliquots(aliquots: Sequence[Decimal]) -> None:
    """Raise AliquotsNotWhole unless each is above 0, at most 1, of at most 10 decimals, and they sum to 1 exactly."""
    for place, aliquot in enumerate(aliquots, start=1):
        if not aliquot.is_finite() or not 0 < aliquot <= 1:
            raise AliquotsNotWhole(
                f"La alícuota {place} es {aliquot}: va de más de 0 hasta 1 (un 12,5 % se escribe 0.125).",
                details={"place": place},
            )
        if aliquot != round(aliquot, DECIMALS):
            raise AliquotsNotWhole(
                f"La alícuota {place} tiene más de {DECIMALS} decimales: redondéela como la declaratoria.",
                details={"place": place},
            )
    total = sum(aliquots, Decimal(0))
    if total != 1:
        difference = Decimal(1) - total
        word = "faltan" if difference > 0 else "sobran"
        told = f"{abs(difference):.{DECIMALS}f}"
        raise AliquotsNotWhole(
            f"Las alícuotas suman {total:.{DECIMALS}f}: {word} {told} para la unidad. Corrija la tabla.",
            details={"sum": f"{total:.{DECIMALS}f}", "difference": f"{difference:.{DECIMALS}f}"},
        )
