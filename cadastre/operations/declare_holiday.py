"""A municipality's own day of rest is declared or withdrawn, and the terms that run over it move."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from cadastre.models import Procedure
from gis_project.core.business_days import add_business_days, is_business_day
from gis_project.core.errors import Conflict, InvalidInput, NotFound
from gis_project.core.periods import civil_date
from gis_project.territory.clock import today_in
from gis_project.territory.models import MunicipalHoliday, Municipality
from gis_project.territory.operations.record_audit_event import record_audit_event
from gis_project.territory.policy import Actor, check_can, person
from gis_project.territory.queries.days_off import days_off, hold_days_off

CAPABILITY = "manage_municipality"


class HolidayUnfit(InvalidInput):
    """A local holiday has a name and the resolution that orders it: write both."""

    code = "holiday_unfit"


class AlreadyDayOfRest(Conflict):
    """Offices rest on that day already: it is a weekend, a national holiday, or declared before."""

    code = "already_day_of_rest"


class HolidayNotFound(NotFound):
    """No local holiday is declared for that day: look at the list of the year."""

    code = "holiday_not_found"


def declare_holiday(
    day: date, *, municipality: Municipality, name: str, source: str, by: Actor
) -> MunicipalHoliday:
    """The saved holiday. Terms of open procedures that run over the day end one business day later.

    Of a day that was declared before and withdrawn, only terms told since then: its withdrawal shortened none.

    Raises NotAllowed, HolidayUnfit, AlreadyDayOfRest.
    """
    check_can(by, CAPABILITY, municipality=municipality, on=today_in(municipality))
    if not name.strip() or not source.strip():
        raise HolidayUnfit("Escriba qué se conmemora y la resolución u ordenanza que lo dispone.")
    with transaction.atomic():
        hold_days_off(municipality, to_change_them=True)
        known = days_off(municipality)
        if not is_business_day(day, also=known):
            raise AlreadyDayOfRest(f"El {day:%d/%m/%Y} ya es día de descanso.")
        former = MunicipalHoliday.objects.filter(municipality=municipality, day=day)
        withdrawn_at = former.aggregate(last=Max("withdrawn_at"))["last"]
        holiday = MunicipalHoliday.objects.create(
            municipality=municipality,
            day=day,
            name=name.strip(),
            source=source.strip(),
            declared_by=person(by),
        )
        moved = _move_terms(municipality, day, known | {day}, told_since=withdrawn_at)
        record_audit_event(
            municipality=municipality,
            actor=by,
            action="declare_holiday",
            object_type="territory.MunicipalHoliday",
            object_id=holiday.pk,
            body={"day": day.isoformat(), "name": holiday.name, "moved_terms": moved},
        )
    return holiday


def withdraw_holiday(day: date, *, municipality: Municipality, by: Actor) -> MunicipalHoliday:
    """The closed holiday; terms that were told already are not shortened. NotAllowed, HolidayNotFound."""
    check_can(by, CAPABILITY, municipality=municipality, on=today_in(municipality))
    with transaction.atomic():
        hold_days_off(municipality, to_change_them=True)
        holiday = (
            MunicipalHoliday.objects.select_for_update(no_key=True)
            .filter(municipality=municipality, day=day, withdrawn_at__isnull=True)
            .first()
        )
        if holiday is None:
            raise HolidayNotFound(f"No hay un feriado local el {day:%d/%m/%Y}.")
        holiday.withdrawn_at = timezone.now()
        holiday.save(update_fields=["withdrawn_at"])
        record_audit_event(
            municipality=municipality,
            actor=by,
            action="withdraw_holiday",
            object_type="territory.MunicipalHoliday",
            object_id=holiday.pk,
            body={"day": day.isoformat(), "name": holiday.name},
        )
    return holiday


def _move_terms(
    municipality: Municipality, day: date, off: frozenset[date], *, told_since: datetime | None
) -> int:
    """How many open procedures wait longer; each term that runs over the day ends one business day later.

    With ``told_since``, only of terms told from then on: what was told before counts the day already.
    """
    open_ones = Procedure.objects.select_for_update(no_key=True).filter(
        municipality=municipality, closed_at__isnull=True
    )
    moved = 0
    for procedure in open_ones.order_by("pk"):
        fields = []
        if (
            procedure.due_on
            and procedure.state_since < day <= procedure.due_on
            and (told_since is None or _entered_state_at(procedure) > told_since)
        ):
            procedure.due_on = add_business_days(procedure.due_on, 1, also=off)
            fields.append("due_on")
        received = civil_date(procedure.received_at, time_zone=municipality.time_zone)
        if received < day <= procedure.promised_on and (
            told_since is None or procedure.received_at > told_since
        ):
            procedure.promised_on = add_business_days(procedure.promised_on, 1, also=off)
            fields.append("promised_on")
        if fields:
            procedure.save(update_fields=fields)
            moved += 1
    return moved


def _entered_state_at(procedure: Procedure) -> datetime:
    steps = procedure.events.exclude(origin=F("state"))
    return steps.latest("recorded_at").recorded_at
