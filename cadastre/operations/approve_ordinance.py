"""Approves a drafted ordinance: another person than who drafted it names the content by its hash, and it rules."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from cadastre.models import AdministrativeSource, Operation
from cadastre.operations.decide_proposal import SamePerson
from cadastre.operations.import_act import lock_municipality
from cadastre.operations.replace_ordinance import make_room
from cadastre.queries.ordinance_content import stored_content_hash
from gis_project.core.errors import Conflict, NotFound
from gis_project.territory.clock import today_in
from gis_project.territory.models import Municipality, Ordinance
from gis_project.territory.operations.record_audit_event import record_audit_event
from gis_project.territory.policy import Actor, check_can, person

VERB = "approve_ordinance"
FEWEST_SIGNS = 8


class NoSuchDraft(NotFound):
    """No draft has that number and content: load the file, and read the hash in its answer."""

    code = "no_such_draft"


class NotTheDraft(Conflict):
    """What is stored is not what was drafted, or is no draft any more: load the ordinance again."""

    code = "not_the_draft"


def draft_of(*, municipality: Municipality, number: str, content_hash: str) -> Ordinance:
    """The draft of that number whose content has that hash (its first eight signs or more). NoSuchDraft."""
    if len(content_hash) < FEWEST_SIGNS:
        raise NoSuchDraft(
            f"Dé al menos {FEWEST_SIGNS} signos de la huella del contenido que se aprobó."
        )
    found = Ordinance.objects.filter(
        municipality=municipality,
        number=number,
        state=Ordinance.State.DRAFT,
        content_hash__startswith=content_hash.lower(),
    ).first()
    if found is None:
        raise NoSuchDraft(f"No hay un borrador {number} con la huella {content_hash}.")
    return found


def approve_ordinance(
    ordinance: Ordinance, *, by: Actor, approval: str = "", replaces_from: date | None = None
) -> list[str]:
    """What was done (es) to the ordinances in its way; ``ordinance`` rules from its first day.

    ``approval`` tells the council's act. Raises NotAllowed, SamePerson, NotTheDraft, OrdinanceInTheWay.
    """
    town = ordinance.municipality
    check_can(by, VERB, municipality=town, on=today_in(town))
    check_other_person(ordinance, by)
    with transaction.atomic():
        recorded_at = lock_municipality(town)
        ordinance.refresh_from_db()
        if ordinance.state != Ordinance.State.DRAFT:
            raise NotTheDraft(f"La ordenanza {ordinance.number} ya no es un borrador.")
        if stored_content_hash(ordinance) != ordinance.content_hash:
            raise NotTheDraft(
                "Lo guardado no coincide con la huella: cargue la ordenanza de nuevo."
            )
        source = AdministrativeSource.objects.create(
            municipality=town,
            kind=AdministrativeSource.Kind.RESOLUTION,
            number=ordinance.number,
            description=approval[:300],
        )
        operation = Operation.objects.create(
            municipality=town,
            verb=VERB,
            source=source,
            made_by=person(by),
            valid_from=ordinance.valid.lower,
            recorded_at=recorded_at,
            reason=f"Aprobación de la ordenanza {ordinance.number}",
        )
        return approve_now(
            ordinance, operation, by=by, approval=approval, replaces_from=replaces_from
        )


def approve_now(
    ordinance: Ordinance,
    operation: Operation,
    *,
    by: Actor,
    approval: str,
    replaces_from: date | None,
) -> list[str]:
    """Make room and let it rule, as part of ``operation``; the caller has judged who and what."""
    replaced = make_room(ordinance, replaces_from=replaces_from, operation=operation)
    ordinance.state = Ordinance.State.APPROVED
    ordinance.approved_by, ordinance.approved_at = person(by), timezone.now()
    ordinance.approval = approval[:200]
    ordinance.save(update_fields=["state", "approved_by", "approved_at", "approval"])
    record_audit_event(
        municipality=ordinance.municipality,
        actor=by,
        action=VERB,
        object_type="territory.Ordinance",
        object_id=ordinance.pk,
        body={
            "operation": operation.pk,
            "number": ordinance.number,
            "content_hash": ordinance.content_hash,
            "approval": approval[:200],
            "replaced": replaced,
        },
    )
    return replaced


def check_other_person(ordinance: Ordinance, by: Actor) -> None:
    """Raise SamePerson where who drafted it would approve it."""
    who = person(by)
    if who is not None and ordinance.drafted_by_id == who.pk:
        raise SamePerson("Quien cargó la ordenanza no la aprueba: pídalo a otra persona.")
