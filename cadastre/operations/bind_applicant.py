"""Who asks, bound to the register: only where the typed name is the one of that document, or by explicit choice."""

from dataclasses import replace

from cadastre.keys.plain_text import plain
from cadastre.models import PartyIdentity
from cadastre.operations.receive_procedure import Applicant
from cadastre.queries.parties_of_person import identities_of_person, same_person
from gis_project.core.errors import InvalidInput
from gis_project.core.identification import check_identity
from gis_project.territory.models import Municipality
from gis_project.territory.operations.log_access import log_access
from gis_project.territory.policy import Actor


class ApplicantMismatch(InvalidInput):
    """The document stands in the register under another name: look at the number again, or leave it out."""

    code = "applicant_mismatch"


def bind_applicant(
    typed: Applicant, *, municipality: Municipality, by: Actor, chosen: str = ""
) -> Applicant:
    """The applicant with the party of that document, the typed name kept. ApplicantMismatch.

    `chosen` is the id of the party whose registered name whoever receives saw and chose for that document. The
    look into the register is recorded: call it outside a transaction that may be undone.
    """
    number = check_identity(typed.id_number).normalised[:20] if typed.id_number.strip() else ""
    typed = replace(typed, id_number=number)
    if typed.party is not None:
        _check_chosen(typed)
        return replace(typed, id_number="")
    if not number:
        return typed
    found = find_identities(number, municipality=municipality, by=by)
    same = [
        one
        for one in found
        if str(one.party_id) == chosen or is_same_name(typed.full_name, one.full_name)
    ]
    if same:
        return replace(typed, party=same[0].party, id_number="")
    if found and typed.full_name.strip():
        raise ApplicantMismatch(
            "Ese documento consta a nombre de otra persona: revise el número y el nombre. Si ambos están bien, "
            "reciba el trámite sin el número y dígalo en la nota."
        )
    return typed


def find_identities(number: str, *, municipality: Municipality, by: Actor) -> list[PartyIdentity]:
    """Whom the register knows under that document, the exact number first; the look is recorded."""
    found = identities_of_person(number, municipality=municipality).select_related("party")
    log_access(
        municipality=municipality,
        actor=by,
        action="search_people",
        query=number,
        found=len(found),
        purpose="recepción de un trámite",
        subject=number,
    )
    return sorted(found, key=lambda one: (one.id_number != number, one.pk))


def is_same_name(typed: str, registered: str) -> bool:
    """Whether two names are made of the same words: accents and the order of names and surnames aside."""
    return sorted(plain(typed).split()) == sorted(plain(registered).split())


def _check_chosen(typed: Applicant) -> None:
    """What was typed beside the chosen party may not name somebody else."""
    known = PartyIdentity.objects.filter(party=typed.party).first()
    if known is None:
        return
    other_name = typed.full_name.strip() and not is_same_name(typed.full_name, known.full_name)
    other_number = typed.id_number and known.id_number not in same_person(typed.id_number)
    if other_name or other_number:
        raise ApplicantMismatch(
            "Escogió a un titular y escribió los datos de otra persona: deje solo uno de los dos."
        )
