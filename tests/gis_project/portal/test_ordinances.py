"""The valuer's pages and their API: findings, what changes, a simulation by a job, sales that count or not."""

from datetime import date

import pytest
from django.test import Client

from cadastre.models import ImportBatch, PropertyUnit, Sale
from cadastre.operations.ask_for_simulation import TASK
from cadastre.operations.emit_tax_roll import emit_tax_roll
from cadastre.tasks import simulate_ordinance
from cadastre.valuation.facts import UnitKind
from gis_project.territory.models import Job, Municipality, Ordinance
from gis_project.territory.policy import CONSOLE
from tests.cadastre.operations.small_town import PARAMETERS, build_town
from tests.people import ROSA, TOMAS
from tests.staff import account, appoint

pytestmark = pytest.mark.django_db
HERE = "/mejia/workbench/ordinances/"


@pytest.fixture
def town() -> Municipality:
    return build_town()


@pytest.fixture
def draft(town) -> Ordinance:
    bands = [{"from": "0", "rate_per_mille": "1"}, {"from": "50000", "rate_per_mille": "6"}]
    rates = {"mode": "BRACKET", "article": "5", "bands": bands}
    return Ordinance.objects.create(
        municipality=town,
        number="002-2026",
        title="Borrador",
        valid=(date(2026, 1, 1), None),
        parameters=PARAMETERS | {"urban_rates": rates, "emission_fee": {"amount": "3.00"}},
    )


@pytest.fixture
def valuer(town) -> Client:
    client = Client()
    client.force_login(appoint(ROSA, "valuer", town))
    return client


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_list_leads_to_findings_and_what_changes(valuer, draft):
    assert "002-2026" in text(valuer, HERE)
    page = text(valuer, f"{HERE}{draft.pk}/")
    assert "6 ‰" in page  # beyond 5 ‰
    assert "Desaparece la zona urbana Z1" in page
    assert "Servicio administrativo" in page
    assert "predios quedarían sin avalúo" not in page
    assert "5 de 5 predios quedarían sin avalúo" in text(valuer, f"{HERE}{draft.pk}/?register=1")


def test_the_first_ordinance_has_nothing_to_compare_with(valuer, town):
    first = Ordinance.objects.get()
    assert "no regía otra" in text(valuer, f"{HERE}{first.pk}/")


def test_a_simulation_is_asked_for_and_shown_when_it_is_done(valuer, town):
    ordinance = Ordinance.objects.get()
    twin = Ordinance.objects.create(
        municipality=town,
        number="003-2026",
        title="Otra",
        valid=(date(2026, 1, 1), None),
        parameters=PARAMETERS | {"use_migrated_values": False},
    )
    address = f"{HERE}{twin.pk}/simulation/"
    assert "Todavía no se ha simulado" in text(valuer, address)
    assert valuer.post(address)["Location"] == address
    assert "En cola" in text(valuer, address)
    job = Job.objects.get(task=TASK)
    simulate_ordinance(job_id=str(job.pk), **job.arguments)
    job.refresh_from_db()
    assert job.state == Job.State.DONE
    assert job.result["before"] == ordinance.number
    page = text(valuer, address)
    assert "fuera de toda zona de valor" in page  # no zone of its own: all lose their title
    asked = valuer.post(
        f"/api/mejia/ordinances/{ordinance.pk}/simulations",
        {"year": 2026, "against": str(ordinance.pk)},
        content_type="application/json",
    )
    assert asked.status_code == 202
    job = Job.objects.get(pk=asked.json()["id"])
    simulate_ordinance(job_id=str(job.pk), **job.arguments)
    page = text(valuer, f"{HERE}{ordinance.pk}/simulation/")
    assert "Por decil de avalúo" in page
    assert '<rect x="20"' in page
    [told] = valuer.get(f"/api/mejia/ordinances/{ordinance.pk}/simulations").json()
    assert told["result"]["impact"]["whole"]["units"] == 3


def test_a_simulation_that_cannot_be_made_says_why(valuer, draft):
    Ordinance.objects.filter(pk=draft.pk).update(parameters=PARAMETERS | {"taxed_area": "X"})
    valuer.post(f"{HERE}{draft.pk}/simulation/")
    job = Job.objects.get()
    simulate_ordinance(job_id=str(job.pk), **job.arguments)
    assert "falta o está mal" in text(valuer, f"{HERE}{draft.pk}/simulation/")


def test_the_api_tells_the_same(valuer, draft):
    [first, second] = valuer.get("/api/mejia/ordinances").json()
    assert (first["number"], second["number"]) == ("002-2026", "001-2023")
    findings = valuer.get(f"/api/mejia/ordinances/{draft.pk}/findings?tables_only=true").json()
    assert [one["code"] for one in findings["findings"]] == ["RATE_OUTSIDE_BAND", "RATE_CLIFF"]
    told = valuer.get(f"/api/mejia/ordinances/{draft.pk}/difference").json()
    assert told["before"] == "001-2023"
    assert told["changes"][0]["text"] == "Desaparece la zona urbana Z1 (100 USD/m²)."


def test_sales_count_until_somebody_says_why_not(valuer, town):
    emit_tax_roll(municipality=town, year=2026, kind=UnitKind.URBAN, by=CONSOLE)
    batch = ImportBatch.objects.create(
        municipality=town, subject="sales", read=2, admitted=2, observed=0, rejected=0
    )
    for number, price in (("1", 50_000), ("3", 60_000)):
        Sale.objects.create(
            municipality=town,
            batch=batch,
            row_number=1,
            fingerprint=number * 64,
            unit=PropertyUnit.objects.get(number=number),
            key_text=number,
            price=price,
        )
    address = "/mejia/workbench/sales/"
    page = text(valuer, address)
    assert page.count('<svg xmlns="http://www.w3.org/2000/svg" class="chart"') == 2
    sale = Sale.objects.get(key_text="3")
    answer = valuer.post(address, {"sale": str(sale.pk), "reason": "RELATIVES", "note": "hijos"})
    assert answer.status_code == 302
    assert "entre familiares</span>: 1" in text(valuer, address)
    assert valuer.post(address, {"sale": "x"}).status_code == 404


def test_who_has_no_task_with_values_finds_nothing(town, draft):
    client = Client()
    client.force_login(account(TOMAS))
    for address in (HERE, f"{HERE}{draft.pk}/", "/mejia/workbench/sales/"):
        assert client.get(address).status_code == 404
