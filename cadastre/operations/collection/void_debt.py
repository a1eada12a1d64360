"""Takes a voided title out of the books: what is unpaid of it is nobody's debt any more."""

from cadastre.collection.chart import earned, receivable
from cadastre.collection.postings import Posting
from cadastre.models import LedgerEntry, LedgerPosting, TaxTitle
from cadastre.operations.collection.charge_roll import charge_roll
from cadastre.operations.collection.locks import lock_debts
from cadastre.operations.collection.write_entry import Booking, write_entry
from cadastre.queries.debts import debts_by_id
from gis_project.core.errors import Conflict
from gis_project.territory.clock import today_in
from gis_project.territory.policy import Actor


class VoidingPaid(Conflict):
    """Something of the title was paid: reverse it on its day, or return it by resolution, before it is voided."""

    code = "voiding_paid"


def void_debt(title: TaxTitle, *, reason: str, by: Actor) -> LedgerEntry | None:
    """The entry, in the transaction that voids the title and before it does; None for a title that bills nothing.

    Raises VoidingPaid.
    """
    lock_debts([title.pk])
    found = debts_by_id(title.municipality, [title.pk])
    if not found:
        return None  # the treasury never received it
    (owed,) = found
    if owed.unpaid != title.total or _is_paid_in_part(title):
        raise VoidingPaid(
            f"Del título {title.number} ya se cobró: reverse el cobro o resuelva su devolución antes de la baja."
        )
    if not title.total:
        return None
    charge_roll(title.roll, by=by)
    postings = []
    for part, amount in owed.debt.unpaid.items():
        if amount:
            postings += [
                Posting(receivable(part), -amount, owed.debt.ref),
                Posting(earned(part), amount),
            ]
    return write_entry(
        Booking(
            municipality=title.municipality,
            kind=LedgerEntry.Kind.VOIDING,
            booked_on=today_in(title.municipality),
            reason=reason[:300],
        ),
        postings,
        by=by,
        titles=found,
    )


def _is_paid_in_part(title: TaxTitle) -> bool:
    """What the day added and what was paid may be the same amount: the balance alone does not tell."""
    return LedgerPosting.objects.filter(
        title=title,
        entry__kind__in=(LedgerEntry.Kind.PAYMENT, LedgerEntry.Kind.SETTLEMENT),
        entry__reversal__isnull=True,
    ).exists()
