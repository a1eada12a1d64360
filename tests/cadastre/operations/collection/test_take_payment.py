"""At the desk: a payment, its receipt, the day's close, a reversal; and what the database itself refuses."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Sum

from cadastre.models import CashDesk, LedgerEntry, LedgerPosting, Payment
from cadastre.operations.collection.cash_sessions import (
    AnotherPersonDecides,
    CashDiffers,
    DeskBusy,
    close_session,
    open_session,
    receive_closing,
)
from cadastre.operations.collection.reverse_payment import (
    NotReversible,
    ask_reversal,
    decide_reversal,
)
from cadastre.operations.collection.take_payment import (
    AmountChanged,
    KeyReused,
    NothingOwed,
    PaysTooMuch,
    SessionClosed,
    day_paid,
)
from cadastre.operations.collection.void_debt import VoidingPaid
from cadastre.operations.void_title import ask_voiding, decide_voiding
from cadastre.queries.credit import credit_of
from cadastre.queries.open_debts import open_debts
from gis_project.core.errors import InvalidInput, NotAllowed
from gis_project.territory.queries.integrity_laws import audit
from tests.cadastre.operations.collection.desk import clock, open_desk
from tests.people import BRUNO, INES
from tests.staff import appoint

JULY = date(2026, 7, 1)
PAID = Decimal("68.50")  # 63.00 + 10 % of 55.00


@pytest.fixture
def desk(db, monkeypatch):
    clock(monkeypatch, JULY)
    return open_desk()


def balances(town):
    rows = LedgerPosting.objects.filter(entry__municipality=town).values_list("account")
    return {account: str(total) for account, total in rows.annotate(total=Sum("amount"))}


def broken_laws():
    return [found.law.name for found in audit() if found.count and not found.law.is_tolerated]


def settle():
    """Runs the deferred laws now, as a commit would."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def test_a_payment_settles_its_title_once(desk):
    title = desk.title("1")
    assert len(open_debts(desk.unit("1"), JULY)) == 1
    made = desk.pay(title, key="a", expected=PAID)
    assert (made.is_new, made.payment.amount, made.payment.serial) == (True, PAID, 1)
    assert open_debts(desk.unit("1"), JULY) == ()
    again = desk.pay(title, key="a", expected=PAID)
    assert (again.is_new, again.payment) == (False, made.payment)
    with pytest.raises(KeyReused):
        desk.pay(desk.title("2"), key="a")
    with pytest.raises(NothingOwed):
        desk.pay(title)
    (told,) = made.payment.told["titles"]
    assert told["paid"] == {
        "TAX": "55.00",
        "FIRE_LEVY": "6.00",
        "OTHERS": "2.00",
        "SURCHARGE": "5.50",
    }
    assert told["left"] == "0.00"
    assert [line["concept"] for line in told["lines"]] == ["LATE_PAYMENT_SURCHARGE"]
    settle()
    assert sum(map(Decimal, balances(desk.town).values())) == 0
    assert balances(desk.town)["FIRE_PAYABLE"] == "-6.00"
    assert broken_laws() == []


def test_a_part_payment_leaves_the_rest_owed(desk):
    desk.pay(desk.title("1"), amount=Decimal("30.00"))
    (owed,) = open_debts(desk.unit("1"), JULY)
    assert str(owed.amount) == "38.50"  # the surcharge is charged by now
    rest = desk.pay(desk.title("1")).payment
    assert (str(rest.amount), rest.serial) == ("38.50", 2)


def test_the_amount_is_worked_out_here(desk):
    title = desk.title("1")
    with pytest.raises(AmountChanged):
        desk.pay(title, expected=Decimal("63.00"))
    with pytest.raises(PaysTooMuch):
        desk.pay(title, amount=Decimal("70.00"))
    unit = desk.unit("1")
    desk.pay(title, amount=Decimal("70.00"), keeps_rest=True, unit_id=unit.pk)
    assert str(credit_of(unit.pk, municipality=desk.town)) == "1.50"
    left_over = Payment.objects.get()
    spent = desk.pay(
        desk.title("2"), amount=Decimal("1.50"), means=Payment.Means.CREDIT, unit_id=unit.pk
    )
    asked = ask_reversal(left_over, reason="x", by=desk.clara)
    with pytest.raises(NotReversible, match="ya se usó"):
        decide_reversal(asked, by=desk.alma)
    assert str(spent.payment.amount) == "1.50"
    assert credit_of(unit.pk, municipality=desk.town) == 0


def test_a_window_takes_money_of_no_other_day(desk):
    for day in (date(2026, 1, 10), date(2026, 8, 1)):
        with pytest.raises(InvalidInput, match="en ventanilla el pago es de hoy"):
            desk.pay(desk.title("1"), paid_on=day)
    desk.desk.kind = CashDesk.Kind.BANK
    assert day_paid(date(2026, 1, 10), desk=desk.desk, today=JULY) == date(2026, 1, 10)
    with pytest.raises(InvalidInput):
        day_paid(date(2026, 8, 1), desk=desk.desk, today=JULY)


def test_a_reversal_takes_two_people_and_the_same_day(desk, monkeypatch):
    payment = desk.pay(desk.title("1")).payment
    asked = ask_reversal(payment, reason="Se cobró otro predio", by=desk.clara)
    with pytest.raises(NotAllowed):
        decide_reversal(asked, by=desk.clara)
    mine = ask_reversal(desk.pay(desk.title("2")).payment, reason="x", by=desk.alma)
    with pytest.raises(AnotherPersonDecides):
        decide_reversal(mine, by=desk.alma)
    decide_reversal(asked, by=desk.alma)
    (owed,) = open_debts(desk.unit("1"), JULY)
    assert str(owed.amount) == "63.00"
    with pytest.raises(NotReversible):
        decide_reversal(asked, by=desk.alma)
    assert str(desk.pay(desk.title("1")).payment.amount) == "68.50"
    clock(monkeypatch, date(2026, 7, 2))
    with pytest.raises(NotReversible):
        ask_reversal(payment, reason="tarde", by=desk.clara)
    settle()
    assert broken_laws() == []


def test_the_day_closes_with_each_cent_explained(desk, monkeypatch):
    desk.pay(desk.title("1"))
    desk.pay(desk.title("2"), means=Payment.Means.CARD, reference="voucher 9")
    with pytest.raises(DeskBusy):
        open_session(desk.desk, opening_float=Decimal(0), by=desk.alma)
    with pytest.raises(CashDiffers):
        close_session(desk.session, counted=Decimal("88.00"), explanation=" ", by=desk.clara)
    closing = close_session(
        desk.session, counted=Decimal("88.00"), explanation="vuelto de más", by=desk.clara
    )
    assert (str(closing.expected), closing.totals) == ("88.50", {"CARD": "68.50", "CASH": "68.50"})
    assert balances(desk.town)["SHORTAGE"] == "0.50"
    with pytest.raises(SessionClosed):
        desk.pay(desk.title("3"))
    with pytest.raises(NotAllowed):
        receive_closing(closing, by=desk.clara)
    assert receive_closing(closing, by=desk.alma).received_by == desk.alma
    clock(monkeypatch, date(2026, 7, 2))
    assert open_session(desk.desk, opening_float=Decimal(0), by=desk.clara).shift == 1


def test_a_voided_title_leaves_the_books_and_a_paid_one_stays(desk):
    finance = appoint(BRUNO, "finance_director", desk.town)
    revenue = appoint(INES, "revenue_officer", desk.town)
    first, second = desk.title("1"), desk.title("2")
    desk.pay(second, amount=Decimal("5.50"))  # as much as July's surcharge adds
    asked = [ask_voiding(one, reason="x", resolution="1", by=revenue) for one in (first, second)]
    decide_voiding(asked[0], is_granted=True, by=finance)
    with pytest.raises(VoidingPaid):
        decide_voiding(asked[1], is_granted=True, by=finance)
    assert open_debts(desk.unit("1"), JULY) == ()
    with pytest.raises(NothingOwed):
        desk.pay(first)
    left = second.total + desk.title("3").total
    owed = [amount for name, amount in balances(desk.town).items() if "RECEIVABLE" in name]
    assert sum(map(Decimal, owed)) == left
    settle()
    assert broken_laws() == []


def test_only_who_collects_collects(desk):
    desk.clara = appoint(INES, "cadastre_technician", desk.town)
    with pytest.raises(NotAllowed):
        desk.pay(desk.title("1"))


def test_the_database_refuses_books_that_do_not_balance(desk):
    desk.pay(desk.title("1"))
    settle()
    with transaction.atomic():
        empty = LedgerEntry.objects.create(
            municipality=desk.town, kind="PAYMENT", booked_on=JULY, worked_on=JULY
        )
        with pytest.raises(IntegrityError, match="0 postings"), transaction.atomic():
            settle()
        LedgerPosting.objects.create(entry=empty, account="CASH", amount=5)
        with pytest.raises(IntegrityError, match="sum to 5"), transaction.atomic():
            settle()
        assert broken_laws() == ["l8_entries_balance"]
        transaction.set_rollback(True)


def test_nothing_joins_an_entry_after_its_transaction(fresh_database, monkeypatch):
    clock(monkeypatch, JULY)
    with transaction.atomic():
        desk = open_desk()
        desk.pay(desk.title("1"))
    entry = LedgerEntry.objects.filter(kind="PAYMENT").get()
    pair = [LedgerPosting(entry=entry, account="CASH", amount=amount) for amount in (1, -1)]
    with pytest.raises(IntegrityError, match="is closed"), transaction.atomic():
        LedgerPosting.objects.bulk_create(pair)


def book(desk, kind, *postings, **links):
    """An entry that no operation would write."""
    entry = LedgerEntry.objects.create(
        municipality=desk.town, kind=kind, booked_on=JULY, worked_on=JULY, **links
    )
    for account, amount, title in postings:
        LedgerPosting.objects.create(entry=entry, account=account, amount=amount, title=title)
    return entry


def test_each_law_of_the_books_finds_its_break(desk):
    """Paid twice; charged otherwise than billed; a receipt missing; a reversal that one person made."""
    billed = desk.title("1").roll
    book(desk, "CHARGE", ("RECEIVABLE_TAX", 1, None), ("REVENUE_TAX", -1, None), roll=billed)
    title = desk.title("1")
    payment = desk.pay(title).payment
    book(desk, "PAYMENT", ("CASH", 9, None), ("RECEIVABLE_TAX", -9, title))
    Payment.objects.create(
        municipality=desk.town,
        desk=desk.desk,
        serial=3,
        entry=book(desk, "PAYMENT", ("CASH", 1, None), ("REVENUE_TAX", -1, None)),
        paid_on=JULY,
        amount=2,
        means="CASH",
        told={},
        idempotency_key="x",
        request_hash="x",
    )
    book(
        desk,
        "REVERSAL",
        ("CASH", -1, None),
        ("SHORTAGE", 1, None),
        reverses=payment.entry,
        reason="x",
    )
    settle()
    assert set(broken_laws()) == {
        "l8_charges_equal_titles",
        "l8_nothing_is_paid_twice",
        "l8_receipts_have_no_gaps",
        "l8_reversals_mirror",
    }
