"""The applicant is told: by e-mail, or by a printed notice whose *razón de notificación* the official signs."""

from smtplib import SMTPException
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone

from cadastre.models import Procedure, ProcedureNotice
from cadastre.operations.advance_procedure import write_event
from cadastre.operations.tick_requirement import check_may_tick
from cadastre.procedures.procedure_type import procedure_type
from cadastre.queries.procedures import address_of
from gis_project.core.errors import DomainError, InvalidInput
from gis_project.territory.policy import Actor, person

How = ProcedureNotice.How


class NoAddress(InvalidInput):
    """There is no e-mail address, or this installation sends none: print the notice."""

    code = "no_address"


class NoticeEmpty(InvalidInput):
    """A notice says something: write its text."""

    code = "notice_empty"


class MailNotSent(DomainError):
    """The mail server did not take the notice: try again later, or print it."""

    code = "mail_not_sent"


def notify_applicant(procedure: Procedure, *, how: str, text: str, by: Actor) -> ProcedureNotice:
    """The written notice, sent if it goes by e-mail. NoAddress, NoticeEmpty, MailNotSent, NotAllowed."""
    check_may_tick(procedure, by=by)
    if not text.strip():
        raise NoticeEmpty("Escriba el texto de la notificación.")
    email = address_of(procedure) if how == How.EMAIL else ""
    if how == How.EMAIL and not (email and settings.EMAIL_HOST):
        raise NoAddress("No hay correo del solicitante o del servidor: imprima la notificación.")
    at = timezone.now()
    who = person(by)
    local = at.astimezone(ZoneInfo(procedure.municipality.time_zone))
    means = How(how).label
    with transaction.atomic():
        notice = ProcedureNotice.objects.create(
            procedure=procedure,
            how=how,
            text=text.strip(),
            certification=(
                f"RAZÓN: En {procedure.municipality.name}, el {local:%d/%m/%Y} a las {local:%H:%M}, "
                f"notifiqué {means} al solicitante del trámite {procedure.number} con el texto que "
                f"antecede. Lo certifica: {who.full_name if who else 'la consola'}."
            ),
            email=email,
            by=who,
            notified_at=at,
        )
        write_event(procedure, "notify", origin=procedure.state, by=by, note=means)
        if how == How.EMAIL:
            _send(procedure, notice)
    return notice


def _send(procedure: Procedure, notice: ProcedureNotice) -> None:
    found = procedure_type(procedure.kind)
    follow = f"{settings.PUBLIC_URL}/{procedure.municipality.slug}/tramites/{procedure.code}"
    message = EmailMessage(
        subject=f"{procedure.municipality.official_name}: trámite {procedure.number}",
        body=f"{found.title}\n\n{notice.text}\n\nSiga su trámite en {follow}\n",
        to=[notice.email],
    )
    try:
        message.send()
    except (OSError, SMTPException) as error:
        raise MailNotSent("El servidor de correo no recibió la notificación: imprímala.") from error
