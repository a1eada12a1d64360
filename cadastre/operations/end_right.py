"""Fin de un usufructo, una posesión o una adjudicación en trámite: death, renunciation, term, abandonment, order.

Dominio never ends, it passes; what stands beside it does, and then the owner's is full again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from cadastre.models import Party, PropertyUnit, Right
from cadastre.operations.deed.filing import Filing
from cadastre.operations.deed.offspring import in_force
from cadastre.operations.deed.outcome import Outcome
from cadastre.operations.deed.perform import SharesNotWhole, performing
from cadastre.operations.deed.rights_observed import mend_rights
from cadastre.operations.deed.rows import end_rows, replace_rows
from cadastre.operations.deed.shares import TITULAR, share_columns, share_of, total
from cadastre.operations.transfer_rights import NothingToTransfer, TenureDoesNotPass

VERB = "end_right"


@dataclass(frozen=True, slots=True, kw_only=True)
class Remaining:
    """Who goes on with the same right, and his share from then on; None undetermined."""

    party: Party
    share: Fraction | None


def end_right(
    *,
    unit: PropertyUnit,
    cause: str,
    kind: str,
    party: Party,
    filing: Filing,
    remaining: Sequence[Remaining] = (),
) -> Outcome:
    """The outcome: the party's right of this kind ends on the day of the document.

    ``remaining`` tells what share each of those who go on with the same right has from then on; it may be left out
    when nobody does, or when their shares are undetermined. Raises what ``performing`` does, TenureDoesNotPass for a
    right that the cause does not end, NothingToTransfer when the party has none, SharesNotWhole.
    """
    with performing(
        VERB, municipality=unit.municipality, units=[unit], filing=filing, cause=cause
    ) as work:
        law, (predio,) = work.deed.law, work.units
        if kind not in law.tenures:
            raise TenureDoesNotPass(
                f"«{law.title}» no termina «{Right.Kind(kind).label}»: revise la causa, o transfiera el derecho.",
                details={"given": kind, "taken": "", "cause": cause},
            )
        held: list[Right] = in_force(Right, unit=predio, kind=kind)
        ending = [right for right in held if right.party_id == party.pk]
        if not ending:
            raise NothingToTransfer("Esa persona no tiene ese derecho sobre el predio.")
        others = [right for right in held if right.party_id != party.pk]
        shares = _shares_told(others, remaining)
        end_rows(work.deed, ending)
        replace_rows(
            work.deed,
            [
                (right, share_columns(shares[right.party_id]))
                for right in others
                if right.party_id in shares and shares[right.party_id] != share_of(right)
            ],
        )
        mend_rights(work, [predio])
        _note_who_is_left(predio, others, work.notes)
    return work.done


def _shares_told(
    others: Sequence[Right], remaining: Sequence[Remaining]
) -> dict[UUID, Fraction | None]:
    """The share of each who goes on, by party; SharesNotWhole when it is not told or does not add up."""
    told = {one.party.pk: one.share for one in remaining}
    going_on = {right.party_id for right in others}
    if not set(told) <= going_on or len(told) != len(remaining):
        raise NothingToTransfer("Solo sigue quien tiene ese derecho: diga a cada uno una vez.")
    shares = [told.get(right.party_id, share_of(right)) for right in others]
    if others and total(shares) not in (None, Fraction(1)):
        raise SharesNotWhole(
            "Otros siguen con ese derecho: diga qué cuota tiene cada uno desde ahora; juntas suman 1."
        )
    return told


def _note_who_is_left(predio: PropertyUnit, others: Sequence[Right], notes: list[str]) -> None:
    if not others and not in_force(Right, unit=predio, kind__in=TITULAR):
        notes.append("El predio queda sin titular: registre a quien lo tiene ahora.")
