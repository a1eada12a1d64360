"""One entry of the treasury's ledger with its postings, in the transaction of the deed it tells of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from cadastre.collection.chart import chart
from cadastre.collection.postings import Posting, check_balance
from cadastre.models import LedgerEntry, LedgerPosting
from cadastre.queries.debts import OwedTitle
from gis_project.territory.models import Municipality
from gis_project.territory.operations.record_audit_event import record_audit_event
from gis_project.territory.policy import Actor, person

_OF_A_PREDIO = ("CREDIT", "PROVISIONAL")


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """What an entry says besides its postings. ``worked_on`` is ``booked_on`` unless an earlier day's law counted."""

    municipality: Municipality
    kind: LedgerEntry.Kind
    booked_on: date
    worked_on: date | None = None
    reason: str = ""
    links: Mapping[str, Any] | None = None


def write_entry(
    booking: Booking,
    postings: Sequence[Posting],
    *,
    by: Actor,
    titles: Sequence[OwedTitle] = (),
    unit_id: UUID | None = None,
    tax_year: int | None = None,
) -> LedgerEntry:
    """The saved entry, audited. ``titles`` are those that postings name by their ``debt``.

    ``unit_id`` and ``tax_year`` say whose credit or provisional payment moves. Raises UnbalancedPostings.
    """
    check_balance(postings)
    unknown = [one.account for one in postings if one.account not in chart()]
    if unknown:
        raise LookupError(f"chart.toml has no account {unknown[0]}")
    entry = LedgerEntry.objects.create(
        municipality=booking.municipality,
        kind=booking.kind,
        booked_on=booking.booked_on,
        worked_on=booking.worked_on or booking.booked_on,
        reason=booking.reason,
        made_by=person(by),
        **(booking.links or {}),
    )
    known = {title.debt.ref: title for title in titles}
    LedgerPosting.objects.bulk_create(
        _row(entry, one, known.get(one.debt), unit_id, tax_year) for one in postings
    )
    record_audit_event(
        municipality=booking.municipality,
        actor=by,
        action=f"ledger_{booking.kind.lower()}",
        object_type="ledger_entry",
        object_id=entry.pk,
        body={
            "booked_on": booking.booked_on,
            "reason": booking.reason,
            "postings": [[one.account, one.amount, one.debt] for one in postings],
        },
    )
    return entry


def _row(
    entry: LedgerEntry,
    posting: Posting,
    title: OwedTitle | None,
    unit_id: UUID | None,
    tax_year: int | None,
) -> LedgerPosting:
    if posting.debt and title is None:
        raise LookupError(f"a posting names a debt that was not given: {posting.debt}")
    of_a_predio = posting.account in _OF_A_PREDIO
    return LedgerPosting(
        entry=entry,
        account=posting.account,
        amount=posting.amount,
        title_id=title.id if title and not title.debt.is_taken_over else None,
        arrears_id=title.id if title and title.debt.is_taken_over else None,
        unit_id=unit_id if of_a_predio else None,
        tax_year=tax_year if posting.account == "PROVISIONAL" else None,
    )
