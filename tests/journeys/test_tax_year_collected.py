"""A tax year at the treasury: provisional, with discount, in July, with interest, in parts, prescribed."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection

from cadastre.operations.collection.publish_rates import confirm_rate, enter_rate
from cadastre.operations.collection.take_payment import KeyReused
from cadastre.operations.collection.take_provisional import settle_provisional, take_provisional
from cadastre.operations.emit_tax_roll import emit_tax_roll
from cadastre.queries.collection_reports import ageing, prescription_watch
from cadastre.queries.open_debts import open_debts
from cadastre.queries.published_rates import InterestRateMissing
from cadastre.valuation.facts import UnitKind
from gis_project.core.errors import Conflict
from gis_project.territory.policy import CONSOLE
from gis_project.territory.queries.integrity_laws import audit
from tests.cadastre.operations.collection.desk import clock, open_desk, reopen
from tests.people import BRUNO
from tests.staff import appoint

CLOCKED = ("publish_rates", "take_provisional")


@pytest.mark.django_db
def test_a_tax_year_is_collected(monkeypatch):
    """Lots 1 and 2 pay 63.00 a year: tax 55.00, fire 6.00, fee 2.00."""

    def on(*day: int) -> date:
        clock(monkeypatch, date(*day), *CLOCKED)
        if desk is not None:
            reopen(desk)
        return date(*day)

    desk = None
    on(2026, 1, 5)
    desk = open_desk(year=2025)
    lot = {number: desk.unit(number) for number in "123"}

    # 5 January: 2026 is not emitted; who comes pays provisionally on the bases of 2025, less 10 % of the tax
    receipt = take_provisional(
        lot["1"], desk=desk.desk, session=desk.session, key="p", by=desk.clara
    ).payment
    assert str(receipt.amount) == "57.50"
    with pytest.raises(KeyReused):
        take_provisional(lot["2"], desk=desk.desk, session=desk.session, key="p", by=desk.clara)
    emit_tax_roll(municipality=desk.town, year=2026, kind=UnitKind.URBAN, by=CONSOLE)
    day = on(2026, 2, 20)
    (settled,) = settle_provisional(desk.town, year=2026, by=desk.clara)
    assert "57,50; el título, a esa fecha, 57,50" in settled.reason
    assert settle_provisional(desk.town, year=2026, by=desk.clara) == []
    assert [debt.year for debt in open_debts(lot["1"], day)] == [2025]

    # March: lot 2 with its discount of 6 %, and what it owes of 2025 needs a rate that nobody has entered yet
    on(2026, 3, 10)
    assert str(desk.pay(desk.title("2", 2026)).payment.amount) == "59.70"
    with pytest.raises(InterestRateMissing):
        desk.pay(desk.title("2", 2025))
    second = appoint(BRUNO, "finance_director", desk.town)
    for first in (date(2026, 1, 1), date(2027, 1, 1)):
        rate = enter_rate(
            municipality=desk.town,
            first_month=first,
            months=12,
            percent=Decimal("1.000"),
            source="de la prueba",
            by=desk.alma,
        )
        confirm_rate(rate, by=second)
    overlapping = enter_rate(
        municipality=desk.town,
        first_month=date(2026, 12, 1),
        months=1,
        percent=Decimal("2.000"),
        source="de la prueba",
        by=desk.alma,
    )
    with pytest.raises(Conflict, match="12 meses desde 01/2026"):
        confirm_rate(overlapping, by=second)
    # surcharge of 2025 5.50; interest 3 x 0.63 = 1.89; 20.00 in part, and the rest in May: 2 x 1 % of 44.89
    part = desk.pay(desk.title("2", 2025), amount=Decimal("20.00")).payment
    assert part.told["titles"][0]["paid"] == {"INTEREST": "1.89", "TAX": "18.11"}
    on(2026, 5, 31)
    assert str(desk.pay(desk.title("2", 2025)).payment.amount) == "51.29"
    assert open_debts(lot["2"], date(2026, 5, 31)) == ()

    # July: lot 3 pays with the surcharge; lot 1 leaves 2025 for January 2027
    on(2026, 7, 1)
    third = desk.title("3", 2026)
    paid = desk.pay(third).payment
    assert paid.amount == third.total + third.property_tax / 10
    day = on(2027, 1, 4)
    whole = desk.pay(desk.title("1", 2025)).payment
    assert str(whole.amount) == "76.69"  # 63.00 + 5.50 + 13 x 0.63

    # what is left is lot 3's 2025: five years from its 1 January it may be alleged prescribed
    (row,) = ageing(desk.town, on=day)
    assert (row.year, row.titles, row.unpaid) == (2025, 1, desk.title("3", 2025).total)
    (watched,) = prescription_watch(desk.town, on=date(2030, 6, 1), within_days=400)
    assert (watched.number, watched.prescribes_on) == (
        desk.title("3", 2025).number,
        date(2031, 1, 1),
    )
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    broken = [found.law.name for found in audit() if found.count and not found.law.is_tolerated]
    assert broken == []
