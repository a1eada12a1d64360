"""What the treasurer asks of the whole portfolio: how old the debts are, which prescribe soon, what came in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, F, Sum
from django.db.models.functions import TruncMonth

from cadastre.models import LedgerPosting, Payment
from cadastre.taxation.prescription import prescription
from gis_project.core.law import LawNotInForce
from gis_project.core.money import ZERO
from gis_project.territory.models import Municipality
from gis_project.territory.scope import check_within

_UNPAID = (Path(__file__).parent / "sql" / "unpaid_titles.sql").read_text(encoding="utf-8")
_PAGE = 5_000


@dataclass(frozen=True, slots=True)
class UnpaidTitle:
    """A title of which something is unpaid; ``unpaid`` as the books say, without what the day would add."""

    id: UUID
    is_taken_over: bool
    number: str
    year: int
    kind: str
    unit_id: UUID | None
    key: str
    property_number: str
    unpaid: Decimal
    state: str
    notified_on: date | None
    agreed_on: date | None


@dataclass(frozen=True, slots=True)
class AgeRow:
    """The unpaid titles of a year; ``years_late`` is 0 in the title's own year."""

    year: int
    years_late: int
    titles: int
    unpaid: Decimal


@dataclass(frozen=True, slots=True)
class Prescribing:
    """A title and the first day on which its debtor may allege prescription (it is not automatic).

    None where the law of that year is not loaded: so old a title is for a lawyer to look at.
    """

    number: str
    year: int
    key: str
    unpaid: Decimal
    prescribes_on: date | None


def unpaid_titles(municipality: Municipality) -> Iterator[UnpaidTitle]:
    """All of them, by year and number, streamed."""
    check_within(municipality.pk)
    with connection.cursor() as cursor:
        cursor.execute(_UNPAID, {"town": municipality.pk})
        while rows := cursor.fetchmany(_PAGE):
            for row in rows:
                yield UnpaidTitle(*row)


def ageing(municipality: Municipality, *, on: date) -> list[AgeRow]:
    """Unpaid titles by year, oldest first."""
    sums: dict[int, list[Any]] = {}
    for title in unpaid_titles(municipality):
        held = sums.setdefault(title.year, [0, ZERO])
        held[0] += 1
        held[1] += title.unpaid
    return [AgeRow(year, max(0, on.year - year), *held) for year, held in sorted(sums.items())]


def prescription_watch(
    municipality: Municipality, *, on: date, within_days: int
) -> list[Prescribing]:
    """Titles whose collection prescribes within so many days, or did already; soonest first.

    Counted anew from a notification that is known. A part payment or an agreement interrupts too (Código Tributario
    56): look at the title before letting it go.
    """
    last, found = on + timedelta(days=within_days), []
    for title in unpaid_titles(municipality):
        day = prescribes_on(title)
        if day is None or day <= last:
            found.append(Prescribing(title.number, title.year, title.key, title.unpaid, day))
    return sorted(found, key=lambda one: (one.prescribes_on or date.min, one.number))


def owed_since(year: int) -> date:
    """The day after the title's year, from which it may be claimed."""
    return date(year + 1, 1, 1)


def prescribes_on(title: UnpaidTitle) -> date | None:
    """Counted anew from its notification and from a plan; None where the law of that year is not loaded."""
    known = [day for day in (title.notified_on, title.agreed_on) if day]
    try:
        told = prescription(exigible_on=owed_since(title.year), interruptions=known)
    except LawNotInForce:
        return None
    return told.prescribes_on


def collected_by_month(municipality: Municipality, *, year: int) -> list[tuple[date, int, Decimal]]:
    """Month, payments and money of a year, without those reversed."""
    rows = (
        Payment.objects.filter(
            municipality=municipality, paid_on__year=year, reversal__entry__isnull=True
        )
        .exclude(means=Payment.Means.CREDIT)
        .annotate(month=TruncMonth("paid_on"))
        .values("month")
        .annotate(payments=Count("id"), money=Sum("amount"))
        .order_by("month")
    )
    return [(row["month"], row["payments"], row["money"]) for row in rows]


def movements(
    municipality: Municipality, *, first: date, last: date
) -> list[tuple[str, Decimal, Decimal]]:
    """Account, debits and credits of the ledger between two days, both included: the day's sheet for Contabilidad."""
    rows = (
        LedgerPosting.objects.filter(
            entry__municipality=municipality,
            entry__booked_on__gte=first,
            entry__booked_on__lte=last,
        )
        .values_list("account", F("amount"))
        .iterator()
    )
    sums: dict[str, list[Decimal]] = {}
    for account, amount in rows:
        held = sums.setdefault(account, [ZERO, ZERO])
        held[amount < 0] += abs(amount)
    return [(account, *held) for account, held in sorted(sums.items())]  # type: ignore[misc]
