"""The small town with its roll of 2026, a cashier at an open desk and a treasurer; the day is what the test says."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import count

from cadastre.models import CashDesk, CashSession, PropertyUnit, TaxTitle
from cadastre.operations.collection.cash_sessions import (
    add_cash_desk,
    close_session,
    open_session,
    open_session_of,
    session_totals,
)
from cadastre.operations.collection.take_payment import PaymentAsked, PaymentMade, take_payment
from cadastre.operations.emit_tax_roll import emit_tax_roll
from cadastre.valuation.facts import UnitKind
from gis_project.territory.models import Municipality, User
from gis_project.territory.policy import CONSOLE
from tests.cadastre.operations.small_town import build_town
from tests.people import ALMA, CLARA
from tests.staff import appoint

CLOCKED = (
    "cash_sessions",
    "charge_roll",
    "reverse_payment",
    "take_payment",
)
_KEYS = count(1)


@dataclass
class Desk:
    """Clara's desk. Lots 1 and 2 owe 63.00 each of 2026: tax 55.00, fire 6.00, fee 2.00."""

    town: Municipality
    desk: CashDesk
    session: CashSession
    clara: User
    alma: User

    def title(self, predio: str, year: int = 2026) -> TaxTitle:
        return TaxTitle.objects.get(unit__number=predio, roll__year=year)

    def unit(self, predio: str) -> PropertyUnit:
        return PropertyUnit.objects.get(municipality=self.town, number=predio)

    def pay(self, *titles: TaxTitle, key: str = "", **asked) -> PaymentMade:
        return take_payment(
            PaymentAsked(titles=[title.id for title in titles], **asked),
            desk=self.desk,
            session=self.session,
            key=key or f"cobro {next(_KEYS)}",
            by=self.clara,
        )


def clock(monkeypatch, day: date, *more: str) -> None:
    """From here on it is that day at the treasury."""
    for module in (*CLOCKED, *more):
        monkeypatch.setattr(f"cadastre.operations.collection.{module}.today_in", lambda _: day)


def reopen(desk: Desk) -> None:
    """Clara closes what she has open and opens again, on what day it is now."""
    held = open_session_of(desk.clara, municipality=desk.town)
    if held is not None:
        expected = held.opening_float + session_totals(held).get("CASH", Decimal(0))
        close_session(held, counted=expected, explanation="", by=desk.clara)
    desk.session = open_session(desk.desk, opening_float=Decimal("20.00"), by=desk.clara)


def open_desk(year: int = 2026) -> Desk:
    """The town, that year emitted, and the desk open with 20.00 of change."""
    town = build_town()
    emit_tax_roll(municipality=town, year=year, kind=UnitKind.URBAN, by=CONSOLE)
    clara, alma = appoint(CLARA, "cashier", town), appoint(ALMA, "treasurer", town)
    desk = add_cash_desk(
        municipality=town, code="C01", name="Ventanilla 1", kind=CashDesk.Kind.WINDOW, by=alma
    )
    session = open_session(desk, opening_float=Decimal("20.00"), by=clara)
    return Desk(town, desk, session, clara, alma)
