"""Who lives on a predio: read and asked anew by those who may, recorded, and in no proposal."""

import pytest
from django.test import Client

from cadastre.models import HouseholdRecord, Proposal
from gis_project.territory.clock import today_in
from gis_project.territory.models import AccessRecord, AuditEvent
from tests import people, register, staff
from tests.shapes import square

pytestmark = pytest.mark.django_db
KEY = "170350010100100100000000"
PAGE = f"/mejia/p/{KEY}/households"
VISIT = {
    "ficha_inhabitants": "5",
    "ficha_households": "1",
    "ficha_head_is_woman": "si",
    "surveyed_on": "2026-01-20",
    "reason": "Visita de la brigada",
    "revision": "0",
}


@pytest.fixture
def town():
    place = register.town()
    register.predio(register.operation(place), square(), KEY, number="7")
    register.settle()
    return place


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def rosa(town) -> Client:
    return client_of(staff.appoint(people.ROSA, "cadastre_technician", town))


def test_a_visit_is_kept_from_its_day_and_shown_to_those_who_may(rosa, town):
    page = rosa.post(PAGE, VISIT, follow=True).content.decode()
    assert "quedaron guardados" in page
    assert 'value="5"' in page
    kept = HouseholdRecord.objects.get()
    assert kept.answers == {"inhabitants": 5, "households": 1, "head_is_woman": True}
    assert kept.valid.lower.isoformat() == "2026-01-20"
    assert not Proposal.objects.exists()
    assert "inhabitants" not in str(list(AuditEvent.objects.values_list("body", flat=True)))
    assert AccessRecord.objects.filter(action="view_households", found=1).exists()


def test_what_is_wrong_stands_beside_what_was_typed(rosa, town):
    ahead = VISIT | {"surveyed_on": f"{today_in(town).year + 1}-01-01", "ficha_rooms": "1,5"}
    page = rosa.post(PAGE, ahead).content.decode()
    assert "posterior a hoy" in page
    assert 'id="id_ficha_rooms_error"' in page
    assert 'value="5"' in page
    assert not HouseholdRecord.objects.exists()


def test_nobody_else_reads_or_writes(town):
    for who, role in ((people.VERA, "auditor"), (people.INES, "counter_clerk")):
        client = client_of(staff.appoint(who, role, town))
        assert client.get(PAGE).status_code == 403
        assert client.post(PAGE, VISIT).status_code == 403
    assert not AccessRecord.objects.filter(action="view_households").exists()
