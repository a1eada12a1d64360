"""Circumstances of a lot that an act tells and surcharges look at; beside them, the reasons of the law that free it.

They are recorded as grants of the predio, with these codes and the date of the act.
"""

from collections.abc import Collection, Iterable
from datetime import date
from typing import NamedTuple

from cadastre.valuation.tax_standing import Grant, LotStanding

LOT_CODES: dict[str, str] = {
    "LOT_DISASTER": "perdió su edificación por incendio, terremoto u otra causa",
    "LOT_PROMOTION": "declarado en zona de promoción inmediata",
    "LOT_OBSOLETE": "notificado de que su edificación es obsoleta",
}


class ActOfLot(NamedTuple):
    """A grant with the day on which it was decided."""

    grant: Grant
    decided_on: date


def lot_standing(
    acts: Iterable[ActOfLot],
    *,
    year: int,
    free_codes: Collection[str],
    services: frozenset[str] | None,
    transferred_in: int | None,
) -> LotStanding:
    """What the acts tell of the lot for tax year ``year``; the newest of each code counts."""
    disaster = promotion = obsolete = None
    free_code = ""
    for act in sorted(acts, key=lambda one: one.decided_on):
        if not _is_in_force(act.grant, year):
            continue
        if act.grant.code == "LOT_DISASTER":
            disaster = act.decided_on.year
        elif act.grant.code == "LOT_PROMOTION":
            promotion = act.decided_on
        elif act.grant.code == "LOT_OBSOLETE":
            obsolete = act.decided_on
        elif act.grant.code in free_codes:
            free_code = act.grant.code
    return LotStanding(
        services=services,
        transferred_in=transferred_in,
        disaster_in=disaster,
        free_code=free_code,
        promotion_declared_on=promotion,
        obsolete_notified_on=obsolete,
    )


def is_of_lot(code: str, free_codes: Collection[str]) -> bool:
    """Whether a grant's code tells of the lot and frees nothing of the property tax itself."""
    return code in LOT_CODES or code in free_codes


def _is_in_force(grant: Grant, year: int) -> bool:
    return grant.from_year <= year and (grant.until_year is None or year <= grant.until_year)
