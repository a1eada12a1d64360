"""Field packages through the API and the officials' pages: handed out, fetched, taken back, decided."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cadastre.models import FieldPackage, Proposal
from gis_project.territory.clock import today_in
from tests import field_packages, people, staff
from tests.cadastre.operations.field_town import BLOCK, FieldTown, InTheField

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    return FieldTown()


def signed_in(user):
    browser = Client()
    browser.force_login(user)
    return browser


def post(client, path, body):
    return client.post(path, json.dumps(body), content_type="application/json")


def test_a_package_goes_out_and_comes_back(town, tmp_path):
    rosa, vera = signed_in(town.technician), signed_in(town.carrier)
    body = {
        "area": {"block": BLOCK},
        "carrier": people.VERA.cedula,
        "purpose": "actualización",
        "expires_on": today_in(town.municipality).isoformat(),
    }
    packages = "/api/mejia/field-packages"
    assert post(rosa, f"{packages}?dry_run=true", body).json()["counts"]["parcels"] == 3
    assert post(rosa, packages, {**body, "area": {}}).status_code == 400
    assert post(vera, packages, body).status_code == 403
    made = post(rosa, packages, body)
    assert made.status_code == 201
    number = made.json()["package"]
    assert vera.get(f"{packages}/{number}/file").content[:2] == b"PK"
    assert [one["number"] for one in vera.get(packages).json()] == [number]
    out = InTheField(FieldPackage.objects.get(), tmp_path)
    out.run("UPDATE parcels SET topography = 'ROLLING' WHERE number = '1'")
    content = out.zipped().read_bytes()

    def send(client, **more):
        file = SimpleUploadedFile("retorno.zip", content)
        return client.post(f"{packages}/{number}/returns", {"file": file, **more})

    assert send(vera).status_code == 403
    first, again = send(rosa, is_last="true"), send(rosa)
    assert (first.status_code, again.status_code) == (201, 200)
    (change,) = first.json()["changes"]
    assert change["proposal"] == str(Proposal.objects.get().pk)
    assert again.json()["is_repeated"]
    whole = rosa.get(f"{packages}/{number}").json()
    assert (whole["closed"], whole["outcomes"]) == ("RETURNED", {"PROPOSED": 1})
    assert vera.get(f"{packages}/{number}/file").status_code == 409


def test_a_conflict_is_shown_side_by_side_and_decided(town):
    delta = field_packages.with_conflict(town.municipality, carrier=town.carrier)
    rosa = signed_in(town.technician)
    number = delta.package.number
    (change,) = rosa.get(f"/api/mejia/field-packages/{number}").json()["changes"]
    assert change["choices"] == ["topography"]
    page = rosa.get(f"/mejia/workbench/field/{number}/").content.decode()
    assert all(side in page for side in ("Plano", "Ondulado", "Ascendente hacia el fondo"))
    decided = rosa.post(
        f"/mejia/workbench/field/{number}/", {"do": "decide", "delta": delta.pk}, follow=True
    )
    assert "La decisión quedó anotada." in decided.content.decode()
    again = post(rosa, f"/api/mejia/field-packages/{number}/changes/{delta.pk}", {"take": []})
    assert (again.status_code, again.json()["code"]) == (409, "field_conflict_decided")


def test_the_pages_hand_out_and_show_who_holds_what(town):
    rosa = signed_in(town.technician)
    form = {
        "way": "block",
        "place": BLOCK,
        "carrier": str(town.carrier.pk),
        "purpose": "actualización",
        "expires_on": today_in(town.municipality).isoformat(),
    }
    refused = rosa.post("/mejia/workbench/field/", {**form, "place": "otra"})
    assert "No hay predios ahí" in refused.content.decode()
    made = rosa.post("/mejia/workbench/field/", form, follow=True)
    assert "Descargar el paquete" in made.content.decode()
    number = FieldPackage.objects.get().number
    vera = signed_in(town.carrier)
    assert number in vera.get("/mejia/workbench/field/").content.decode()
    assert (
        "Recibir lo que volvió"
        not in vera.get(f"/mejia/workbench/field/{number}/").content.decode()
    )
    other = signed_in(staff.appoint(people.INES, "field_surveyor", town.municipality))
    assert other.get(f"/mejia/workbench/field/{number}/").status_code == 403
    closing = {"do": "close", "how": "LOST", "note": ""}
    lost = rosa.post(f"/mejia/workbench/field/{number}/", closing)
    assert "Cuente cómo se perdió" in lost.content.decode()
