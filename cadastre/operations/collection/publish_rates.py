"""The SRI's interest rate of a quarter: one person enters it from the publication, another confirms it."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from cadastre.models import InterestRate
from cadastre.operations.collection.cash_sessions import AnotherPersonDecides
from gis_project.core.errors import Conflict, InvalidInput
from gis_project.territory.clock import today_in
from gis_project.territory.models import Municipality
from gis_project.territory.operations.record_audit_event import record_audit_event
from gis_project.territory.policy import Actor, check_can, person


def enter_rate(
    *,
    municipality: Municipality,
    first_month: date,
    months: int,
    percent: Decimal,
    source: str,
    by: Actor,
) -> InterestRate:
    """The rate, which counts once confirmed. ``percent`` is of one month."""
    check_can(by, "supervise_collection", municipality=municipality, on=today_in(municipality))
    if first_month.day != 1 or not 1 <= months <= 12 or not 0 < percent < 10:
        raise InvalidInput(
            "Una tasa rige desde el primero de un mes, de 1 a 12 meses, y es menor que 10 %."
        )
    if not source.strip():
        raise InvalidInput(
            "Diga de dónde se copió la tasa: resolución o página del SRI y su fecha."
        )
    with transaction.atomic():
        rate = InterestRate.objects.create(
            municipality=municipality,
            first_month=first_month,
            months=months,
            percent=percent,
            source=source.strip()[:300],
            entered_by=person(by),
        )
        _audit(rate, "enter_interest_rate", by)
    return rate


def confirm_rate(rate: InterestRate, *, by: Actor) -> InterestRate:
    """The same rate, in force. Raises AnotherPersonDecides for who entered it."""
    check_can(
        by, "supervise_collection", municipality=rate.municipality, on=today_in(rate.municipality)
    )
    who = person(by)
    if who is None or rate.entered_by_id == who.pk:
        raise AnotherPersonDecides("La tasa la confirma otra persona que quien la registró.")
    if rate.confirmed_at is not None:
        raise Conflict(f"La tasa desde {rate.first_month:%m/%Y} ya está confirmada.")
    confirmed = InterestRate.objects.filter(
        municipality=rate.municipality, confirmed_at__isnull=False
    )
    for other in confirmed:
        if _share_a_month(rate, other):
            raise Conflict(
                f"Otra tasa confirmada rige ya {other.months} meses desde {other.first_month:%m/%Y}: registre "
                "esta solo por los meses que aquella no tiene."
            )
    with transaction.atomic():
        rate.confirmed_by, rate.confirmed_at = who, timezone.now()
        rate.save(update_fields=["confirmed_by", "confirmed_at"])
        _audit(rate, "confirm_interest_rate", by)
    return rate


def _share_a_month(one: InterestRate, other: InterestRate) -> bool:
    later = (other.first_month.year - one.first_month.year) * 12
    later += other.first_month.month - one.first_month.month
    return -other.months < later < one.months


def _audit(rate: InterestRate, action: str, by: Actor) -> None:
    record_audit_event(
        municipality=rate.municipality,
        actor=by,
        action=action,
        object_type="interest_rate",
        object_id=rate.pk,
        body={
            "first_month": rate.first_month,
            "months": rate.months,
            "percent": rate.percent,
            "source": rate.source,
        },
    )
