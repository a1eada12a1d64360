"""Transfer of dominio and other tenure: sale, inheritance, donation, prescription …, whole or by shares."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from cadastre.acts.act_law import ActLaw
from cadastre.models import Party, PropertyUnit, Right
from cadastre.operations.deed.filing import Deed, Filing
from cadastre.operations.deed.inscription_once import given_twice
from cadastre.operations.deed.offspring import in_force
from cadastre.operations.deed.outcome import Outcome
from cadastre.operations.deed.perform import SharesNotWhole, performing
from cadastre.operations.deed.rights_observed import mend_rights
from cadastre.operations.deed.rows import end_rows, open_rows, successor
from cadastre.operations.deed.shares import TITULAR, check_whole, share_columns, share_of, total
from gis_project.core.errors import InvalidInput, NotFound

VERB = "transfer_rights"


class TenureDoesNotPass(InvalidInput):
    """The cause does not turn the one tenure into the other: possession never becomes dominio by itself."""

    code = "tenure_does_not_pass"


class NothingToTransfer(InvalidInput):
    """The person holds no such right on the predio: look at its holders."""

    code = "nothing_to_transfer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Giver:
    """Whose right passes, and how much of it; ``share`` None is all that he holds."""

    party: Party
    share: Fraction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Taker:
    """Who gets a right; ``share`` is of the whole predio, None undetermined."""

    party: Party
    share: Fraction | None
    kind: str = Right.Kind.OWNERSHIP


def transfer_rights(
    *,
    unit: PropertyUnit,
    cause: str,
    givers: Sequence[Giver],
    takers: Sequence[Taker],
    filing: Filing,
    kind: str = Right.Kind.OWNERSHIP,
) -> Outcome:
    """The outcome: the givers' rights of this kind end or shrink, the takers' begin at the inscription.

    ``givers`` empty means all who hold a right of the kind. What the givers give and the takers get
    must be equal where both are determined; a predio that nobody held gets its first holders. Raises what
    ``performing`` does, TenureDoesNotPass, NothingToTransfer, SharesNotWhole.
    """
    for party in (*(g.party for g in givers), *(t.party for t in takers)):
        if party.municipality_id != unit.municipality_id:
            raise NotFound("No hay tal titular en este municipio.")
    if not takers:
        raise NothingToTransfer("Diga quién adquiere.")
    with performing(
        VERB, municipality=unit.municipality, units=[unit], filing=filing, cause=cause
    ) as work:
        deed, (predio,) = work.deed, work.units
        _check_tenures(deed.law, kind, takers)
        standing: list[Right] = in_force(Right, unit=predio)
        _check_nobody_else_owns(standing, kind, takers)
        held = [right for right in standing if right.kind == kind]
        if not held:
            _check_nobody_stands(standing, takers)
        giving = {giver.party.pk for giver in givers}
        given_now = [right for right in held if not givers or right.party_id in giving]
        work.obstacles += given_twice(deed, given_now)
        given, ended, rests = _taken_away(deed, held, givers)
        if held:
            _check_balance(given, [taker.share for taker in takers])
        left = [right for right in standing if right not in ended]
        absorbed = _absorbed(deed.law, left, takers)
        left = [right for right in left if right not in absorbed]
        joined, fresh = _given(deed, predio, [*left, *rests], takers)
        end_rows(deed, [*ended, *absorbed, *joined])
        opened = open_rows([*rests, *fresh])
        after = [*(right for right in left if right not in joined), *opened]
        check_whole([right for right in after if right.kind in TITULAR])
        mend_rights(work, [predio])
    return work.done


def _taken_away(
    deed: Deed, held: Sequence[Right], givers: Sequence[Giver]
) -> tuple[Fraction | None, list[Right], list[Right]]:
    """What the givers give, None when it is undetermined; their rights that end; and what some of them keep."""
    by_party = defaultdict(list)
    for right in held:
        by_party[right.party_id].append(right)
    if not givers:
        return total(share_of(right) for right in held), list(held), []
    ended, rests, given = [], [], []
    for giver in givers:
        rights = by_party.get(giver.party.pk)
        if not rights:
            raise NothingToTransfer("Quien transfiere no tiene ese derecho sobre el predio.")
        has = total(share_of(right) for right in rights)
        if giver.share is None or giver.share == has:
            given.append(has)
        elif has is None or giver.share > has or len(rights) > 1:
            raise NothingToTransfer(
                "Quien transfiere no tiene esa cuota: revise cuánto le corresponde."
            )
        else:
            rests.append(successor(deed, rights[0], **share_columns(has - giver.share)))
            given.append(giver.share)
        ended += rights
    return total(given), ended, rests


def _given(
    deed: Deed, predio: PropertyUnit, left: Sequence[Right], takers: Sequence[Taker]
) -> tuple[list[Right], list[Right]]:
    """The rights that the takers' join, which end, and those that begin.

    A taker who held a share already keeps one right with the sum of both.
    """
    joined: list[Right] = []
    fresh = []
    for taker in takers:
        mine = [
            right
            for right in left
            if (right.party_id, right.kind) == (taker.party.pk, taker.kind) and right not in joined
        ]
        if any(right.opened_by_id == deed.operation.pk for right in mine):
            raise SharesNotWhole("La misma persona figura dos veces: sume sus cuotas en una.")
        share = taker.share
        if mine and share is not None:
            has = total(share_of(right) for right in mine)
            share = None if has is None else has + share
        joined += mine
        fresh.append(
            Right(
                unit=predio,
                party=taker.party,
                kind=taker.kind,
                **share_columns(share),
                **deed.opened(),
            )
        )
    return joined, fresh


def _check_tenures(law: ActLaw, kind: str, takers: Sequence[Taker]) -> None:
    for taker in takers:
        if not law.may_pass(kind, taker.kind):
            raise TenureDoesNotPass(
                f"«{law.title}» no convierte «{Right.Kind(kind).label}» en "
                f"«{Right.Kind(taker.kind).label}»: revise la causa y la tenencia.",
                details={"given": kind, "taken": taker.kind, "cause": law.cause},
            )


def _absorbed(law: ActLaw, left: Sequence[Right], takers: Sequence[Taker]) -> list[Right]:
    """What who now takes the predio as his own held of it before, and ends with that: his possession."""
    owners = {taker.party.pk for taker in takers if taker.kind in TITULAR}
    return [right for right in left if right.party_id in owners and right.kind in law.absorbs]


def _check_nobody_else_owns(standing: Sequence[Right], kind: str, takers: Sequence[Taker]) -> None:
    """Possession does not become dominio beside a registered owner: it is his dominio that passes."""
    if kind in TITULAR or all(taker.kind not in TITULAR for taker in takers):
        return
    if any(right.kind in TITULAR for right in standing):
        raise SharesNotWhole(
            "El predio tiene dueño registrado: diga que se transfiere el derecho de él. La posesión de quien "
            "adquiere termina con el acto."
        )


def _check_nobody_stands(standing: Sequence[Right], takers: Sequence[Taker]) -> None:
    """First holders enter only where nobody has the predio as his own, whatever his tenure is called."""
    if not any(taker.kind in TITULAR for taker in takers):
        return
    found = sorted({Right.Kind(right.kind).label for right in standing if right.kind in TITULAR})
    if found:
        raise NothingToTransfer(
            f"Nadie tiene ese derecho, y el predio tiene titulares ({', '.join(found)}): diga que se transfiere "
            "el derecho de ellos."
        )


def _check_balance(given: Fraction | None, taken: Sequence[Fraction | None]) -> None:
    got = total(taken)
    if given is not None and got is not None and given != got:
        raise SharesNotWhole(
            f"Se transfiere {given} del predio y se adquiere {got}: las cuotas deben ser iguales."
        )
