"""What was paid before the emission is laid on its title when Tesorería receives it, with no further command."""

from datetime import date

from cadastre.models import LedgerEntry
from cadastre.operations.advance_tax_roll import approve_tax_roll, receive_tax_roll
from cadastre.operations.close_cadastre import close_cadastre
from cadastre.operations.collection.take_provisional import take_provisional
from cadastre.operations.emit_tax_roll import emit_tax_roll
from cadastre.queries.credit import provisional_of
from cadastre.valuation.facts import UnitKind
from gis_project.territory.policy import CONSOLE
from tests.cadastre.operations.collection.desk import clock, open_desk
from tests.people import BRUNO, INES
from tests.staff import appoint


def test_to_receive_an_emission_settles_what_was_paid_before_it(db, monkeypatch):
    clock(monkeypatch, date(2026, 1, 5), "take_provisional")
    desk = open_desk(year=2025)
    unit = desk.unit("1")
    take_provisional(unit, desk=desk.desk, session=desk.session, key="p", by=desk.clara)
    close_cadastre(municipality=desk.town, year=2025, by=CONSOLE)
    revenue = appoint(INES, "revenue_officer", desk.town)
    finance = appoint(BRUNO, "finance_director", desk.town)
    roll = emit_tax_roll(municipality=desk.town, year=2026, kind=UnitKind.URBAN, by=revenue).roll
    approve_tax_roll(roll, by=finance)
    assert provisional_of(unit.pk, municipality=desk.town, year=2026) > 0
    receive_tax_roll(roll, by=desk.alma)
    assert provisional_of(unit.pk, municipality=desk.town, year=2026) == 0
    assert LedgerEntry.objects.filter(kind=LedgerEntry.Kind.SETTLEMENT).count() == 1
