"""Corrección de un titular: a misspelt name, a document that came later, who belongs to a group.

Personal data stand in one row and are written anew there, so that they can be erased; the audit keeps the keyed
hash of what each was and is. Members are versions like every fact of the register.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from cadastre.keys.plain_text import plain
from cadastre.models import (
    Party,
    PartyErasure,
    PartyIdentity,
    PartyMember,
    PropertyUnit,
    Right,
)
from cadastre.operations.correct_attributes import NothingToCorrect
from cadastre.operations.deed.filing import Filing
from cadastre.operations.deed.offspring import in_force
from cadastre.operations.deed.outcome import Outcome
from cadastre.operations.deed.perform import Work, performing
from cadastre.operations.deed.rights_observed import mend_rights
from cadastre.operations.deed.rows import end_rows, open_rows
from cadastre.operations.deed.shares import share_columns
from cadastre.operations.register_party import (
    NewMember,
    NewParty,
    PartyKnown,
    PartyUnfit,
    check_fit,
    document_columns,
    lock_document,
)
from gis_project.core.errors import NotFound
from gis_project.core.identification import check_identity
from gis_project.territory.operations.record_audit_event import record_audit_event
from gis_project.territory.personal_hash import personal_hash

VERB = "correct_party"
_PLAIN = ("birth_date", "phone", "email", "postal_address")
CHANGES = ("kind", "full_name", "document", *_PLAIN, "members")


def correct_party(
    *,
    party: Party,
    changes: Mapping[str, Any],
    filing: Filing,
    since: date | None = None,
    unit: PropertyUnit | None = None,
) -> Outcome:
    """The outcome; ``facts["corrected"]`` names what changed, never what it says.

    ``changes`` are fields of NewParty that are to be otherwise; ``members`` all of a group, in force from ``since``
    where it had none, else from the act's day. Predios observed for the party's document are observed no more once
    each holder has a sound one. ``unit`` is the predio on which he was looked at. Raises what ``performing`` does,
    PartyUnfit, PartyKnown, NothingToCorrect, SharesNotWhole.
    """
    _check_asked(party, changes, unit)
    units = _concerned(party, unit)
    with performing(
        VERB,
        municipality=party.municipality,
        units=units,
        filing=filing,
        told={"changes": dict.fromkeys(changes, True)},
    ) as work:
        identity = PartyIdentity.objects.select_for_update().get(party=party)
        # They may have been erased while this act waited for the row.
        _check_not_erased(party)
        held = in_force(PartyMember, group=party)
        check_fit(party.municipality, _as_it_will_be(party, identity, held, changes))
        before = _said(party, identity)
        _write(work, party, identity, changes)
        corrected = [name for name, text in _said(party, identity).items() if text != before[name]]
        if "members" in changes and _write_members(work, party, held, changes["members"], since):
            corrected.append("members")
        if not corrected:
            raise NothingToCorrect("El catastro ya lo dice así: indique qué debe decir.")
        _rename_couples(party, before["full_name"], identity.full_name)
        mend_rights(work, work.units)
        work.facts["corrected"] = corrected
        _tell_audit(work, party, before, _said(party, identity), corrected)
    return work.done


def _check_asked(party: Party, changes: Mapping[str, Any], unit: PropertyUnit | None) -> None:
    unknown = sorted(set(changes) - set(CHANGES))
    if unknown:
        raise PartyUnfit(f"«{unknown[0][:30]}» no se corrige aquí: use {', '.join(CHANGES)}.")
    if unit is not None and unit.municipality_id != party.municipality_id:
        raise NotFound("No hay tal predio en este municipio.")
    _check_not_erased(party)


def _check_not_erased(party: Party) -> None:
    if PartyErasure.objects.filter(party=party).exists():
        raise PartyUnfit("Los datos de ese titular se suprimieron: no vuelven a escribirse.")


def _concerned(party: Party, unit: PropertyUnit | None) -> list[PropertyUnit]:
    """The predio told, and those observed ones in which the party or a group of his holds something."""
    groups = in_force(PartyMember, member=party)
    holders = [party.pk, *(member.group_id for member in groups)]
    rights = in_force(Right, party__in=holders)
    observed = PropertyUnit.objects.filter(
        pk__in={right.unit_id for right in rights}, state=PropertyUnit.State.OBSERVED
    ).order_by("pk")
    first = [unit] if unit is not None else []
    return [*first, *(one for one in observed if one not in first)]


def _as_it_will_be(
    party: Party,
    identity: PartyIdentity,
    held: Sequence[PartyMember],
    changes: Mapping[str, Any],
) -> NewParty:
    members = [NewMember(party=one.member) for one in held]
    return NewParty(
        kind=changes.get("kind", party.kind),
        full_name=changes.get("full_name", identity.full_name),
        members=changes.get("members", members),
    )


def _said(party: Party, identity: PartyIdentity) -> dict[str, str]:
    """What the register says, as text; empty for nothing."""
    told = {name: str(getattr(identity, name) or "") for name in _PLAIN}
    document = f"{identity.id_kind} {identity.id_number}" if identity.id_number else ""
    return {"kind": party.kind, "full_name": identity.full_name, "document": document} | told


def _write(work: Work, party: Party, identity: PartyIdentity, changes: Mapping[str, Any]) -> None:
    if "kind" in changes and changes["kind"] != party.kind:
        party.kind = changes["kind"]
        party.save(update_fields=["kind"])
    if "full_name" in changes:
        identity.full_name = " ".join(changes["full_name"].split())[:300]
        identity.search_name = plain(identity.full_name)[:300]
    if "document" in changes:
        _write_document(work, party, identity, changes["document"])
    for name in _PLAIN:
        if name in changes:
            setattr(identity, name, changes[name])
    identity.save()


def _write_document(work: Work, party: Party, identity: PartyIdentity, document: str) -> None:
    check = check_identity(document)
    kind, number = document_columns(check)
    lock_document(party.municipality, number)
    others = PartyIdentity.objects.filter(municipality=party.municipality, id_number=number)
    other = others.filter(id_kind=kind).exclude(party=party).first() if number else None
    if other is not None:
        raise PartyKnown(
            "Ese documento es ya de otro titular. Si son la misma persona, corrija la tenencia de sus predios para "
            "que figure uno solo.",
            details={"party": str(other.party_id)},
        )
    identity.id_kind, identity.id_number = kind, number
    identity.identity_warnings = list(check.warnings) if document.strip() else []
    work.notes += identity.identity_warnings


def _write_members(
    work: Work,
    group: Party,
    held: Sequence[PartyMember],
    members: Sequence[NewMember],
    since: date | None,
) -> bool:
    """Whether who belongs, or with what share, is otherwise than it was."""
    told = {
        one.party.pk: PartyMember(
            group=group,
            member=one.party,
            **share_columns(one.share),
            **work.deed.opened(None if held else since),
        )
        for one in members
    }
    kept = {one.member_id for one in held if _is_same(one, told.get(one.member_id))}
    leaving = [one for one in held if one.member_id not in kept]
    entering = [row for member, row in told.items() if member not in kept]
    end_rows(work.deed, leaving)
    open_rows(entering)
    return bool(leaving or entering)


def _is_same(one: PartyMember, other: PartyMember | None) -> bool:
    return other is not None and (one.share_numerator, one.share_denominator) == (
        other.share_numerator,
        other.share_denominator,
    )


def _rename_couples(party: Party, old: str, new: str) -> None:
    """A couple that bears its members' names bears the corrected one."""
    if old == new:
        return
    groups = [one.group_id for one in in_force(PartyMember, member=party)]
    couples = PartyIdentity.objects.filter(party__in=groups, party__kind=Party.Kind.SPOUSES)
    for couple in couples.select_for_update():
        names = couple.full_name.split(" y ")
        if old in names:
            couple.full_name = " y ".join(new if name == old else name for name in names)[:300]
            couple.search_name = plain(couple.full_name)[:300]
            couple.save(update_fields=["full_name", "search_name"])


def _tell_audit(
    work: Work,
    party: Party,
    before: Mapping[str, str],
    after: Mapping[str, str],
    corrected: Sequence[str],
) -> None:
    record_audit_event(
        municipality=party.municipality,
        actor=work.deed.filing.by,
        action=VERB,
        object_type="cadastre.Party",
        object_id=party.pk,
        body={
            "operation": work.deed.operation.pk,
            "changes": [
                {"what": name, "before": _hashed(before[name]), "after": _hashed(after[name])}
                for name in corrected
                if name in before
            ],
        },
    )


def _hashed(text: str) -> str | None:
    return personal_hash(text) if text else None
