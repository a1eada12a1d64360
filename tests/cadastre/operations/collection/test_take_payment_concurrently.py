"""64 windows take money for the same bill at once: one payment each round, and the books balance after all."""

from datetime import date
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import connections, transaction

from cadastre.models import CashDesk, LedgerPosting, Payment, TaxRoll, TaxTitle
from cadastre.operations.collection.take_payment import (
    NothingOwed,
    PaymentAsked,
    PaymentMade,
    take_payment,
)
from gis_project.territory.models import Ordinance
from gis_project.territory.policy import CONSOLE
from gis_project.territory.queries.integrity_laws import audit
from tests import register
from tests.shapes import square
from tests.threads import in_threads

THREADS = 64
DESKS = 8


def town_with_titles(count: int) -> tuple[list[CashDesk], list[TaxTitle]]:
    town = register.town()
    act = register.operation(town)
    unit = register.predio(act, square(0, 0), "170350010203000100000000", number="1")
    ordinance = Ordinance.objects.create(
        municipality=town, number="1", title="x", valid=(date(2025, 1, 1), None), state="APPROVED"
    )
    titles = []
    for supplement in range(count):
        roll = TaxRoll.objects.create(
            municipality=town,
            year=2026,
            kind="URBAN",
            supplement=supplement,
            ordinance=ordinance,
            operation=act,
            titles_count=1,
            exceptions_count=0,
            total=Decimal(10),
            control_totals={},
        )
        titles.append(
            TaxTitle.objects.create(
                municipality=town,
                roll=roll,
                unit=unit,
                number=f"2026-U-{supplement + 1:06}",
                key_text="x",
                base=1000,
                property_tax=9,
                fire_levy=1,
                others=0,
                total=10,
                explanation={},
            )
        )
    desks = [
        CashDesk.objects.create(municipality=town, code=f"B{n}", name="Banco", kind="BANK")
        for n in range(DESKS)
    ]
    return desks, titles


def pay_the_same(rounds: int) -> None:
    with transaction.atomic():
        desks, titles = town_with_titles(rounds)
    together = Barrier(THREADS)

    def window(number: int) -> list[PaymentMade | None]:
        found = []
        for turn, title in enumerate(titles):
            together.wait()
            key = f"same {turn}" if number % 2 else f"own {turn} {number}"
            asked = PaymentAsked(
                titles=[title.pk],
                means=Payment.Means.BANK,
                reference=key,
                paid_on=date(2026, 3, 1),
            )
            desk = desks[0 if number % 2 else number % DESKS]
            try:
                found.append(take_payment(asked, desk=desk, session=None, key=key, by=CONSOLE))
            except NothingOwed:
                found.append(None)
        return found

    answers = in_threads(window, THREADS)
    assert [one for one in answers if isinstance(one, Exception)] == []
    for turn, title in enumerate(titles):
        made = [one[turn] for one in answers if one[turn] is not None]
        assert len({one.payment.pk for one in made}) == 1, title.number
        assert sum(one.is_new for one in made) == 1
    assert Payment.objects.count() == rounds
    moved = sum(LedgerPosting.objects.values_list("amount", flat=True))
    assert moved == 0
    # the rolls here tell no totals of their own, which is another law's matter
    broken = {found.law.name for found in audit() if found.count and not found.law.is_tolerated}
    assert {name for name in broken if name.startswith("l8")} == set()
    connections.close_all()


def test_64_windows_and_the_same_bill(fresh_database):
    pay_the_same(20)


@pytest.mark.slow
def test_64_windows_and_the_same_bill_a_thousand_times(fresh_database):
    pay_the_same(1000)
