"""Corrección de la tenencia: the register named a wrong holder, share or right; a change by title is a transfer.

Who corrects tells all who should stand there. What the register says already of them stays untouched.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from cadastre.models import PropertyUnit, Right
from cadastre.operations.correct_attributes import NothingToCorrect
from cadastre.operations.deed.filing import Filing
from cadastre.operations.deed.offspring import in_force
from cadastre.operations.deed.outcome import Outcome
from cadastre.operations.deed.perform import performing
from cadastre.operations.deed.rights_observed import mend_rights
from cadastre.operations.deed.rows import OutOfOrder, end_rows, open_rows, void_rows
from cadastre.operations.deed.shares import TITULAR, check_whole, share_columns, share_of
from cadastre.operations.transfer_rights import Taker
from cadastre.queries.beginnings import beginnings
from gis_project.core.errors import InvalidInput, NotFound

VERB = "correct_rights"


class RightsUnfit(InvalidInput):
    """The holders told are not a tenure: each person once with each right, and at least one of them."""

    code = "rights_unfit"


class RightsOfOtherDays(OutOfOrder):
    """The wrong rights began on different days: correct them from the act's day on, or one group at a time."""

    code = "rights_of_other_days"


def correct_rights(
    *, unit: PropertyUnit, holders: Sequence[Taker], was_always_so: bool, filing: Filing
) -> Outcome:
    """The outcome; ``facts["rights"]`` tells how many rights leave and enter.

    ``holders`` are all who hold the predio, with whatever right. ``was_always_so`` takes what was wrong out of the
    register's present knowledge for all the time that it stood there, and writes the right ones for that time; else
    they are so from the act's day on. Raises what ``performing`` does, RightsUnfit, NothingToCorrect,
    RightsOfOtherDays, SharesNotWhole.
    """
    _check_told(unit, holders)
    with performing(VERB, municipality=unit.municipality, units=[unit], filing=filing) as work:
        (predio,) = work.units
        standing: list[Right] = in_force(Right, unit=predio)
        told = {_of_taker(holder): holder for holder in holders}
        # Of a right that stands there twice, one stays.
        kept = {of: right for right in standing if (of := _of_right(right)) in told}
        wrong = [right for right in standing if right not in kept.values()]
        missing = [holder for of, holder in told.items() if of not in kept]
        if not wrong and not missing:
            raise NothingToCorrect("El catastro ya lo dice así: indique qué debe decir.")
        since = (
            _since(predio, wrong, list(kept.values())) if was_always_so else work.deed.valid_from
        )
        (void_rows if was_always_so else end_rows)(work.deed, wrong)
        opened = open_rows(
            [
                Right(
                    unit=predio,
                    party=holder.party,
                    kind=holder.kind,
                    **share_columns(holder.share),
                    **work.deed.opened(since),
                )
                for holder in missing
            ]
        )
        check_whole([right for right in (*kept.values(), *opened) if right.kind in TITULAR])
        mend_rights(work, [predio])
        work.facts["rights"] = {"leave": len(wrong), "enter": len(opened)}
        if was_always_so:
            work.notes.append(
                f"El catastro dirá que fue así desde el {since:%d/%m/%Y}; los títulos ya emitidos a otro nombre "
                "no cambian con este acto."
            )
        if {right.party_id for right in wrong} != {right.party_id for right in opened}:
            work.notes.append(
                "Cambia quién figura: si lo compró, heredó o le adjudicaron, es una transferencia y no una corrección."
            )
    return work.done


def _check_told(unit: PropertyUnit, holders: Sequence[Taker]) -> None:
    if not holders:
        raise RightsUnfit(
            "Diga quiénes tienen el predio; si nadie se conoce, un titular por determinar."
        )
    if any(holder.party.municipality_id != unit.municipality_id for holder in holders):
        raise NotFound("No hay tal titular en este municipio.")
    if len({(holder.party.pk, holder.kind) for holder in holders}) != len(holders):
        raise RightsUnfit(
            "La misma persona figura dos veces con el mismo derecho: sume sus cuotas."
        )


def _of_right(right: Right) -> tuple[Any, ...]:
    return (right.party_id, right.kind, share_of(right))


def _of_taker(holder: Taker) -> tuple[Any, ...]:
    return (holder.party.pk, holder.kind, holder.share)


def _since(predio: PropertyUnit, wrong: Sequence[Right], kept: Sequence[Right]) -> date:
    """From when what was missing is so: as long as the wrong ones stood there, else as the others, or the predio."""
    days = {right.valid.lower for right in wrong or kept}
    if len(days) > 1 and wrong:
        raise RightsOfOtherDays(
            "Los derechos que corrige empezaron en días distintos: corrija desde la fecha del documento, o primero "
            "los de un día y después los de otro."
        )
    found: date = min(days) if days else beginnings([predio.pk])[predio.pk]
    return found
