"""A surveyor's file on the officials' page: rehearsed without a trace, handed in, refused beside the form."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cadastre.models import ParcelVersion, Proposal
from tests import people, register, staff
from tests.cadastre.operations.ground_scenes import tolerance_ordinance
from tests.shapes import rectangle, square

pytestmark = pytest.mark.django_db
KEY = "170350010100100100000000"
PAGE = "/mejia/workbench/proposals/survey/"
TYPED = {"srid": "32717", "lot_field": "lote", "do": "rehearse"}


@pytest.fixture
def town():
    built = register.town()
    act = register.operation(built)
    lot = register.predio(act, square(), KEY, number="7", titled_area_m2=400)
    register.holder(act, lot, "Tomás", people.TOMAS.cedula, share=1)
    tolerance_ordinance(built)
    return built


@pytest.fixture
def rosa(town) -> Client:
    client = Client()
    client.force_login(staff.appoint(people.ROSA, "cadastre_technician", town))
    return client


def sheet(*shapes) -> SimpleUploadedFile:
    """Rows `lote;clave;punto;x;y`, every lot with the key of the predio."""
    rows = ["lote;clave;punto;x;y"]
    for lot, shape in enumerate(shapes, 1):
        for number, (x, y) in enumerate(shape.exterior.coords[:-1], 1):
            rows.append(f"{lot};{KEY};{number};{x:.3f};{y:.3f}")
    return SimpleUploadedFile("puntos.csv", "\n".join(rows).encode(), content_type="text/csv")


HALVES = (rectangle(0, 0, 10, 20), rectangle(10, 0, 10, 20))


def test_halves_on_a_predio_are_a_subdivision(rosa):
    page = rosa.post(PAGE, TYPED | {"file": sheet(*HALVES)}).content.decode()
    assert "1 acto que calza" in page
    assert "Fraccionamiento" in page
    assert not Proposal.objects.exists()
    answer = rosa.post(PAGE, TYPED | {"file": sheet(*HALVES), "do": "propose"}, follow=True)
    assert "Se presentó 1 propuesta" in answer.content.decode()
    assert Proposal.objects.get().verb == "split_parcel"
    assert ParcelVersion.objects.count() == 1


def test_one_polygon_is_a_rectification_and_says_how_it_was_measured(rosa):
    told = {"file": sheet(rectangle(0, 0, 20, 20.1)), "method": "TAPE", "do": "propose"}
    rosa.post(PAGE, TYPED | told)
    proposal = Proposal.objects.get()
    assert (proposal.verb, proposal.inputs["survey"]["method"]) == ("rectify_area", "TAPE")


def test_what_does_not_fit_says_why(rosa):
    beyond = sheet(rectangle(0, 0, 10, 20), rectangle(30, 0, 10, 20))
    page = rosa.post(PAGE, TYPED | {"file": beyond}).content.decode()
    assert "que no calza" in page


def test_a_file_that_is_none_is_refused_beside_what_was_typed(rosa):
    file = SimpleUploadedFile("plano.dwg", b"AC1027", content_type="image/vnd.dwg")
    page = rosa.post(PAGE, TYPED | {"file": file}).content.decode()
    assert 'id="id_file_error"' in page
    assert 'value="lote"' in page
    assert 'id="id_file_error"' in rosa.post(PAGE, TYPED).content.decode()


def test_only_who_prepares_changes(town):
    client = Client()
    client.force_login(staff.appoint(people.VERA, "auditor", town))
    assert client.get(PAGE).status_code == 403
