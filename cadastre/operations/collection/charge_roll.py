"""Charges an emission to the ledger: one entry for the whole roll, as Contabilidad's sheet of the emission has it.

Each title's own balance is what it was issued for and what moved since, so a canton's titles need no rows here.
"""

from django.db import transaction
from django.db.models import Sum

from cadastre.collection.postings import charge_postings
from cadastre.models import LedgerEntry, TaxRoll, TaxTitle, TitleVoiding
from cadastre.operations.collection.locks import lock_roll
from cadastre.operations.collection.write_entry import Booking, write_entry
from cadastre.taxation.debt_parts import DebtPart
from gis_project.core.money import ZERO
from gis_project.territory.clock import today_in
from gis_project.territory.policy import Actor


def charge_roll(roll: TaxRoll, *, by: Actor) -> LedgerEntry | None:
    """The entry of the roll, made at the first call; None for a roll that bills nothing.

    Titles that were voided before are not charged; one voided afterwards takes itself out again.
    """
    with transaction.atomic():
        found = LedgerEntry.objects.filter(roll=roll).first()
        if found is not None:
            return found
        lock_roll(roll.pk)
        found = LedgerEntry.objects.filter(roll=roll).first()
        if found is not None:
            return found
        voided = TitleVoiding.objects.filter(title__roll=roll, is_granted=True)
        billed = TaxTitle.objects.filter(roll=roll).exclude(pk__in=voided.values("title"))
        sums = billed.aggregate(
            tax=Sum("property_tax", default=ZERO),
            fire_levy=Sum("fire_levy", default=ZERO),
            others=Sum("others", default=ZERO),
        )
        postings = charge_postings(
            {
                DebtPart.TAX: sums["tax"],
                DebtPart.FIRE_LEVY: sums["fire_levy"],
                DebtPart.OTHERS: sums["others"],
            }
        )
        if not postings:
            return None
        return write_entry(
            Booking(
                municipality=roll.municipality,
                kind=LedgerEntry.Kind.CHARGE,
                booked_on=today_in(roll.municipality),
                reason=f"Emisión {roll.get_kind_display()} {roll.year}",
                links={"roll": roll},
            ),
            postings,
            by=by,
        )
