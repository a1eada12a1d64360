"""Somebody else than who typed it says that he saw the document where it is kept, as it stands there."""

from django.db import IntegrityError, transaction

from cadastre.acts.documents import CONFIRMATION, document_law
from cadastre.acts.required_sources import refusal_of
from cadastre.models import AdministrativeSource, Proposal, SourceConfirmation
from cadastre.operations.decide_proposal import SamePerson
from cadastre.operations.deed.evidence import facts_of
from gis_project.core.errors import Conflict, InvalidInput
from gis_project.territory.clock import today_in
from gis_project.territory.models import User
from gis_project.territory.operations.record_audit_event import record_audit_event
from gis_project.territory.policy import Actor, check_can, person


class NothingToConfirm(InvalidInput):
    """Documents of this kind need no second person: only inscriptions and certificates of not owing are confirmed."""

    code = "nothing_to_confirm"


class AlreadyConfirmed(Conflict):
    """Somebody confirmed the document already: go on."""

    code = "already_confirmed"


def confirm_source(
    source: AdministrativeSource, *, by: Actor, note: str = ""
) -> SourceConfirmation:
    """The written confirmation. NothingToConfirm, NotAllowed, SamePerson, SourceIncomplete, AlreadyConfirmed."""
    town = source.municipality
    today = today_in(town)
    asked = document_law(source.kind, on=today)
    if not asked.confirmed_by:
        raise NothingToConfirm(
            "Este documento no se confirma: solo la inscripción y el certificado de no adeudar."
        )
    check_can(by, asked.confirmed_by, municipality=town, on=today)
    who = person(by)
    if who is not None and _typed(source, who):
        raise SamePerson("Quien escribió el documento no lo confirma: pídalo a otra persona.")
    (facts,) = facts_of([source])
    lacks = [name for name in asked.lacks(facts, dates=True) if name != CONFIRMATION]
    if lacks:
        raise refusal_of(asked, facts, lacks=lacks)
    try:
        with transaction.atomic():
            confirmation = SourceConfirmation.objects.create(
                source=source, confirmed_by=who, note=note.strip()[:300]
            )
            record_audit_event(
                municipality=town,
                actor=by,
                action="confirm_source",
                object_type="cadastre.AdministrativeSource",
                object_id=source.pk,
                body={
                    "kind": source.kind,
                    "number": source.number,
                    "repertory": source.repertory,
                    "issued_on": source.issued_on,
                },
            )
    except IntegrityError as error:
        raise AlreadyConfirmed("El documento está confirmado ya.") from error
    return confirmation


def _typed(source: AdministrativeSource, who: User) -> bool:
    """Whether the person typed it; where nobody knows who did, whether he prepared a proposal that rests on it."""
    if source.typed_by_id is not None:
        return bool(source.typed_by_id == who.pk)
    return Proposal.objects.filter(sources__source=source, prepared_by=who).exists()
