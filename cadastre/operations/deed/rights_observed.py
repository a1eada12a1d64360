"""What imports observed of a predio's holders, judged on the rights that an act leaves: resolved, or told again."""

from collections.abc import Iterable, Sequence

from cadastre.models import Observation, ParcelVersion, Party, PartyIdentity, PropertyUnit, Right
from cadastre.operations.deed.mend import settle_states
from cadastre.operations.deed.observations import resolve, unresolved
from cadastre.operations.deed.offspring import in_force
from cadastre.operations.deed.perform import Work
from cadastre.operations.deed.rows import replace_rows
from gis_project.core.identification import check_identity

# These hold without a document of their own: their members, or the law, say who they are.
_WITHOUT_DOCUMENT = (
    Party.Kind.HEIRS,
    Party.Kind.SPOUSES,
    Party.Kind.COMMUNE,
    Party.Kind.TRUST,
    Party.Kind.PUBLIC,
)


def mend_rights(work: Work, predios: Iterable[PropertyUnit]) -> None:
    """Resolve what was observed of the holders of each predio and its rights in force answer now.

    By the law's ``mends``: `holders` when somebody holds, `shares` when none holds an undetermined share that the
    observing import wrote, `documents` when each holder has a sound one. A note tells what stays observed.
    """
    for predio in predios:
        if predio.state == PropertyUnit.State.OBSERVED:
            _mend(work, predio)


def _mend(work: Work, predio: PropertyUnit) -> None:
    rights = in_force(Right, unit=predio)
    open_now = list(unresolved(predio))
    found = [one for one in open_now if _is_answered(work, one, rights)]
    if found:
        parcels = [predio.parcel_id] if predio.parcel_id is not None else []
        if resolve(work.deed, predio, found):
            versions = in_force(ParcelVersion, parcel_id__in=parcels, is_observed=True)
            replace_rows(work.deed, [(one, {"is_observed": False}) for one in versions])
        settle_states(parcels)
    left = dict.fromkeys(one.message for one in open_now if one not in found)
    if left:
        work.notes.append("El predio sigue observado: " + " ".join(left))


def _is_answered(work: Work, observation: Observation, rights: Sequence[Right]) -> bool:
    names = work.deed.law.mends.get(observation.code, ())
    return (
        ("holders" in names and bool(rights))
        or ("shares" in names and _has_whole_shares(rights, observation))
        or ("documents" in names and _have_sound_documents(rights))
    )


def _has_whole_shares(rights: Sequence[Right], observation: Observation) -> bool:
    """A title may leave shares undetermined, as among heirs; what the import could not add up may not stay."""
    return not any(
        right.share_numerator is None and right.opened_by_id == observation.operation_id
        for right in rights
    )


def _have_sound_documents(rights: Sequence[Right]) -> bool:
    identities = PartyIdentity.objects.filter(
        party__in={right.party_id for right in rights}
    ).select_related("party")
    return bool(rights) and all(_is_sound(one) for one in identities)


def _is_sound(identity: PartyIdentity) -> bool:
    if not identity.id_number:
        return identity.party.kind in _WITHOUT_DOCUMENT
    return check_identity(identity.id_number).is_valid
