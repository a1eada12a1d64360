"""Voids a title (baja, COOTAD Art. 340): one person asks with a reason and a resolution, another decides.

The title stays in its emission, with its number and totals; it is owed no more. A predio whose title was voided
gets a new one by a supplementary emission.
"""

from django.db import IntegrityError, transaction
from django.utils import timezone

from cadastre.models import TaxTitle, TitleVoiding
from cadastre.operations.collection.void_debt import void_debt
from cadastre.operations.decide_proposal import SamePerson
from gis_project.core.errors import Conflict, InvalidInput
from gis_project.territory.clock import today_in
from gis_project.territory.operations.record_audit_event import record_audit_event
from gis_project.territory.policy import Actor, check_can, person


class VoidingUnfounded(InvalidInput):
    """A title is voided for a reason and by a resolution: write both."""

    code = "voiding_unfounded"


class VoidingNotThere(Conflict):
    """The title is voided, asked to be voided, or the request is decided already: look at its state."""

    code = "voiding_not_there"


def ask_voiding(title: TaxTitle, *, reason: str, resolution: str, by: Actor) -> TitleVoiding:
    """The request, for another person to decide. VoidingUnfounded, VoidingNotThere, NotAllowed."""
    town = title.municipality
    check_can(by, "void_titles", municipality=town, on=today_in(town))
    if not reason.strip() or not resolution.strip():
        raise VoidingUnfounded("Escriba el motivo de la baja y la resolución que la ordena.")
    there = VoidingNotThere(f"La baja del título {title.number} ya se pidió o se concedió.")
    if title.voidings.exclude(is_granted=False).exists():
        raise there
    try:
        with transaction.atomic():
            asked = TitleVoiding.objects.create(
                title=title,
                reason=reason.strip()[:300],
                resolution=resolution.strip()[:120],
                asked_by=person(by),
            )
            _sign(asked, "ask_title_voiding", by)
    except IntegrityError as error:  # another request of the same instant
        raise there from error
    return asked


def decide_voiding(voiding: TitleVoiding, *, is_granted: bool, by: Actor) -> TitleVoiding:
    """The decided request. SamePerson, VoidingNotThere, VoidingPaid, NotAllowed."""
    town = voiding.title.municipality
    check_can(by, "approve_tax_roll", municipality=town, on=today_in(town))
    who = person(by)
    if who is not None and who.pk == voiding.asked_by_id:
        raise SamePerson("Quien pidió la baja no la decide: pídalo a otra persona.")
    with transaction.atomic():
        if is_granted:
            void_debt(voiding.title, reason=f"{voiding.resolution}: {voiding.reason}", by=by)
        decided = TitleVoiding.objects.filter(pk=voiding.pk, decided_at__isnull=True).update(
            decided_by=who, decided_at=timezone.now(), is_granted=is_granted
        )
        if not decided:
            raise VoidingNotThere("Esa baja ya está decidida.")
        voiding.refresh_from_db()
        _sign(voiding, "decide_title_voiding", by)
    return voiding


def _sign(voiding: TitleVoiding, action: str, by: Actor) -> None:
    record_audit_event(
        municipality=voiding.title.municipality,
        actor=by,
        action=action,
        object_type="cadastre.TaxTitle",
        object_id=voiding.title_id,
        body={
            "title": voiding.title.number,
            "resolution": voiding.resolution,
            "total": voiding.title.total,
            "is_granted": voiding.is_granted,
        },
    )
