"""A predio enters from a page: ground from a file or typed, seen on the map, handed in with its holders."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cadastre.models import ParcelVersion, PartyIdentity, Proposal
from tests import people, register, staff
from tests.cadastre.imports.map_files import write_dxf, write_map
from tests.shapes import at, square

pytestmark = pytest.mark.django_db
PAGE = "/mejia/workbench/parcels/new"
ROWS = "\n".join(
    "P{} {} {}".format(n, *at(x, y))
    for n, (x, y) in enumerate(((40, 0), (60, 0), (60, 20), (40, 20)), 1)
)
TYPED = {
    "points": ROWS,
    "kind": "URBAN",
    "holders": "1",
    "document_0": people.INES.cedula,
    "name_0": people.INES.full_name,
    "tenure_0": "POSSESSION",
    "share_0": "1",
    "reason": "Trámite 9",
    "do": "rehearse",
}


@pytest.fixture
def town():
    place = register.town()
    register.predio(register.operation(place), square(), "170350010100100100000000", number="7")
    register.settle()
    return place


@pytest.fixture
def rosa(town) -> Client:
    client = Client()
    client.force_login(staff.appoint(people.ROSA, "cadastre_technician", town))
    return client


def page_of(client: Client, **typed) -> str:
    answer = client.post(PAGE, TYPED | typed)
    assert answer.status_code == 200
    return answer.content.decode()


def test_typed_ground_is_rehearsed_on_the_map_and_handed_in(rosa):
    page = page_of(rosa)
    assert "400,00" in page
    assert "data-place=" in page
    assert people.INES.full_name in page
    assert "Falta" in page or "falta" in page  # the paper that shows the possession
    assert ParcelVersion.objects.count() == 1
    assert not PartyIdentity.objects.filter(id_number=people.INES.cedula).exists()
    rosa.post(PAGE, TYPED | {"do": "propose"})
    made = Proposal.objects.get()
    (holder,) = made.inputs["holders"]
    assert (made.verb, holder["kind"], holder["share"]) == ("register_parcel", "POSSESSION", "1")


def written(path: Path) -> Path:
    """One lot of 400 m² in the format of the file's name."""
    corners = list(square(40).exterior.coords[:-1])
    match path.suffix:
        case ".csv":
            rows = [f"{number};{x};{y}" for number, (x, y) in enumerate(corners, 1)]
            path.write_text("\n".join(["punto;este;norte", *rows]))
        case ".dxf":
            write_dxf(path, ("LOTES", True, corners))
        case suffix:
            driver = {".gpkg": "GPKG", ".geojson": "GeoJSON"}[suffix]
            write_map(path, [square(40)], driver=driver, kind="Polygon", clave=["A"])
    return path


def test_a_file_becomes_rows_that_stay(rosa, tmp_path):
    for name in ("lote.gpkg", "lote.geojson", "lote.dxf", "lote.csv"):
        content = written(tmp_path / name).read_bytes()
        page = page_of(rosa, points="", file=SimpleUploadedFile(name, content))
        assert "400,00" in page, name
        assert "774040.0000 9943000.0000" in page, name
    page = page_of(rosa, points="", do="more", file=SimpleUploadedFile(name, content))
    assert "774040.0000 9943000.0000" in page
    assert 'name="document_1"' in page


def test_ground_of_another_predio_is_refused_and_shown(rosa):
    over = ROWS.replace("774040.0", "774010.0")
    page = page_of(rosa, points=over)
    assert "data-error-summary" in page
    assert "data-place=" in page
    assert "774010.0" in page


WRONG = (
    ({"points": ""}, "points"),
    ({"points": "POLYGON ((0 0"}, "points"),
    ({"points": "", "file": SimpleUploadedFile("x.dwg", b"AC1027")}, "file"),
    ({"kind": ""}, "kind"),
    ({"key": "1", "block_of": "2"}, "block_of"),
    ({"document_0": "", "name_0": ""}, "document_0"),
)


def test_what_is_wrong_stands_beside_what_was_typed(rosa):
    for typed, field in WRONG:
        page = page_of(rosa, **typed)
        assert f'id="id_{field}_error"' in page
        assert 'value="Trámite 9"' in page
