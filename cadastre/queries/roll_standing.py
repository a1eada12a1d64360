"""Who is taxed for each predio of an emission, with shares, ages, proofs, acts and uses: what its tax looks at."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from cadastre.queries.roll_rows import roll_rows
from cadastre.valuation.asked_facts import AskedFacts
from cadastre.valuation.lot_codes import ActOfLot, is_of_lot, lot_standing
from cadastre.valuation.tax_standing import Grant, HolderStanding, Mortgage, TaxStanding

_ONE = Fraction(1)
# The ages of a couple are those of its two persons: without them they are not known.
_OF_PERSONS = frozenset({"NATURAL", "SPOUSES"})
_GROUPS = UUID("6b0f6f0e-2f0f-4c55-9a3c-1d6a6f1f4e10")


class Holder(NamedTuple):
    """A taxed party: its class, its exact share (None: undetermined), its day of birth (None: not known)."""

    party_id: UUID
    kind: str
    share: Fraction | None
    born_on: date | None


class Proof(NamedTuple):
    """What a party proved: ``unit_id`` is the predio for which it counts, None for all."""

    unit_id: UUID | None
    kind: str
    amount: Decimal
    requested_on: date


@dataclass(frozen=True, slots=True)
class StandingRows:
    """All rows of one municipality, by predio, group or party."""

    holders: Mapping[UUID, tuple[Holder, ...]]
    members: Mapping[UUID, tuple[Holder, ...]]
    proofs: Mapping[UUID, tuple[Proof, ...]]
    acts: Mapping[UUID, tuple[ActOfLot, ...]]
    uses: Mapping[UUID, Mapping[str, Decimal]]
    transfers: Mapping[UUID, int]


def standing_rows(parameters: Mapping[str, Any], asked: AskedFacts) -> StandingRows:
    """The rows on the civil date ``day`` for tax year ``year``; uses and transfers only where asked for."""
    proofs: dict[UUID, tuple[Proof, ...]] = defaultdict(tuple)
    for party_id, *rest in roll_rows("roll_holder_facts.sql", parameters):
        proofs[party_id] += (Proof(*rest),)
    acts: dict[UUID, tuple[ActOfLot, ...]] = defaultdict(tuple)
    for unit_id, *grant, decided_on in roll_rows("roll_grants.sql", parameters):
        acts[unit_id] += (ActOfLot(Grant(*grant), decided_on),)
    uses: dict[UUID, dict[str, Decimal]] = defaultdict(dict)
    if asked.uses:
        for unit_id, charge, quantity in roll_rows("roll_uses.sql", parameters):
            uses[unit_id][charge] = quantity
    return StandingRows(
        holders=_holders(roll_rows("roll_holders.sql", parameters)),
        members=_holders(roll_rows("roll_members.sql", parameters)),
        proofs=proofs,
        acts=acts,
        uses=uses,
        transfers=dict(roll_rows("roll_transfers.sql", parameters)) if asked.services else {},
    )


def standing_of(
    unit_id: UUID,
    rows: StandingRows,
    *,
    year: int,
    free_codes: frozenset[str],
    services: frozenset[str] | None,
) -> TaxStanding:
    """All that is known of one predio for its tax; nothing is guessed."""
    holders = rows.holders.get(unit_id, ())
    acts = rows.acts.get(unit_id, ())
    grants = tuple(act.grant for act in acts if not is_of_lot(act.grant.code, free_codes))
    return TaxStanding(
        grants=grants,
        holders=_standings(unit_id, holders, rows) if holders else (),
        mortgage=_mortgage(unit_id, holders, rows) if rows.proofs else None,
        lot=lot_standing(
            acts,
            year=year,
            free_codes=free_codes,
            services=services,
            transferred_in=rows.transfers.get(unit_id),
        ),
        quantities=rows.uses.get(unit_id, {}),
    )


def _holders(rows: list[tuple[Any, ...]]) -> dict[UUID, tuple[Holder, ...]]:
    """By predio or group; somebody who holds by two rights holds once, with both shares."""
    found: dict[UUID, dict[UUID, Holder]] = defaultdict(dict)
    for of, party_id, kind, numerator, denominator, born_on in rows:
        share = None
        if numerator is not None:
            share = _ONE if numerator == denominator else Fraction(numerator, denominator)
        first = found[of].get(party_id)
        if first is not None:
            share = None if share is None or first.share is None else share + first.share
        found[of][party_id] = Holder(party_id, kind, share, born_on)
    return {of: tuple(holders.values()) for of, holders in found.items()}


def _standings(
    unit_id: UUID, holders: tuple[Holder, ...], rows: StandingRows
) -> tuple[HolderStanding, ...]:
    shares = _shares(holders)
    if shares is None:
        # Nobody knows whose part is how large: the group is one taxpayer, under its common name.
        name = "|".join(sorted(str(holder.party_id) for holder in holders))
        return (HolderStanding(str(uuid5(_GROUPS, name))),)
    found = []
    for holder, share in zip(holders, shares, strict=True):
        members = rows.members.get(holder.party_id, ())
        parts = _shares(members) if members else None
        if parts is None:
            found.append(_standing(unit_id, holder, share, rows))
            continue
        for member, part in zip(members, parts, strict=True):
            found.append(_standing(unit_id, member, share * part, rows))
    return tuple(found)


def _shares(holders: tuple[Holder, ...]) -> list[Fraction] | None:
    """Their shares, which sum to one; None where they are not determined. One alone holds all."""
    if len(holders) == 1:
        return [_ONE]
    shares = [holder.share for holder in holders if holder.share is not None]
    if len(shares) < len(holders) or sum(shares) != 1:
        return None
    return shares


def _standing(unit_id: UUID, holder: Holder, share: Fraction, rows: StandingRows) -> HolderStanding:
    proved = {
        proof.kind: proof
        for proof in rows.proofs.get(holder.party_id, ())
        if proof.unit_id in (None, unit_id)
    }
    disability = proved.get("DISABILITY")
    return HolderStanding(
        taxpayer_id=str(holder.party_id),
        share=share,
        born_on=holder.born_on,
        income=proved["INCOME"].amount if "INCOME" in proved else None,
        patrimony=proved["PATRIMONY"].amount if "PATRIMONY" in proved else None,
        disability_pct=disability.amount if disability else None,
        claims_here=disability is not None,
        is_natural=holder.kind in _OF_PERSONS,
    )


def _mortgage(unit_id: UUID, holders: tuple[Holder, ...], rows: StandingRows) -> Mortgage | None:
    for holder in holders:
        for proof in rows.proofs.get(holder.party_id, ()):
            if proof.kind == "MORTGAGE" and proof.unit_id == unit_id:
                return Mortgage(proof.amount, proof.requested_on)
    return None
