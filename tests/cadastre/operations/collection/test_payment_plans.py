"""A plan over two titles: entered, approved by another, kept or late as the receipts say."""

from datetime import date
from decimal import Decimal

import pytest

from cadastre.operations.collection.cash_sessions import AnotherPersonDecides
from cadastre.operations.collection.payment_plans import approve_plan, enter_plan, plan_states
from cadastre.queries.collection_reports import prescribes_on, unpaid_titles
from gis_project.core.errors import Conflict
from tests.cadastre.operations.collection.desk import clock, open_desk, reopen
from tests.people import BRUNO
from tests.staff import appoint


@pytest.mark.django_db
def test_a_plan_is_kept_or_late_as_the_receipts_say(monkeypatch):
    """63.00 each and 5.50 of surcharge: 137.00; 37.00 down and four times 25.00."""
    clock(monkeypatch, date(2026, 7, 1), "payment_plans")
    desk = open_desk()
    titles = [desk.title(one) for one in "12"]
    told = {"municipality": desk.town, "down": Decimal(37), "months": 4, "resolution": "7-2026"}
    plan = enter_plan([one.pk for one in titles], by=desk.alma, **told)
    assert str(plan.owed) == "137.00"
    with pytest.raises(Conflict):
        enter_plan([titles[0].pk], by=desk.alma, **told)
    with pytest.raises(AnotherPersonDecides):
        approve_plan(plan, by=desk.alma)
    assert plan_states(desk.town, on=date(2026, 7, 2)) == []
    approve_plan(plan, by=appoint(BRUNO, "finance_director", desk.town))
    assert str(plan_states(desk.town, on=date(2026, 7, 2))[0].late) == "37.00"
    desk.pay(*titles, amount=Decimal("37.00"))
    assert plan_states(desk.town, on=date(2026, 8, 1))[0].late == 0
    clock(monkeypatch, date(2026, 8, 2), "payment_plans")
    reopen(desk)
    desk.pay(*titles, amount=Decimal("20.00"))
    (state,) = plan_states(desk.town, on=date(2026, 8, 2))
    assert (str(state.paid), str(state.late)) == ("57.00", "5.00")
    watched = {one.number: prescribes_on(one) for one in unpaid_titles(desk.town)}
    assert watched[titles[1].number] == date(2032, 1, 1)  # recognised before it was exigible
