"""The page of a field package's conflicts: codes in words, ground drawn with the lengths that differ."""

import pytest
from django.test import Client

from cadastre.models import FieldDelta, FieldPackage, FieldReturn, Proposal
from tests.cadastre.operations.field_town import FieldTown
from tests.shapes import rectangle

pytestmark = pytest.mark.django_db
COLUMNS = [
    {"name": "topography", "label": "Topografía", "held": "FLAT", "brought": "ROLLING"}
    | {"now": "SLOPE_UP", "verdict": "conflict"},
    {"name": "risks", "label": "Riesgos", "held": ["FLOOD"], "brought": None}
    | {"now": ["FLOOD"], "verdict": "taken"},
    {"name": "telephone", "label": "Teléfono", "held": None, "brought": True}
    | {"now": False, "verdict": "conflict"},
]


@pytest.fixture
def town(settings, tmp_path) -> FieldTown:
    settings.MEDIA_ROOT = tmp_path / "files"
    return FieldTown()


def conflict(package: FieldPackage, subject: str, **told) -> FieldDelta:
    arrival, _ = FieldReturn.objects.get_or_create(
        municipality=package.municipality, package=package, file=package.file, name="r.zip"
    )
    return FieldDelta.objects.create(
        package=package,
        arrival=arrival,
        fingerprint=subject,
        layer="parcels",
        method="patch",
        subject=subject,
        outcome="CONFLICT",
        **told,
    )


def test_both_sides_in_words_and_drawn(town):
    package, lot = town.package(), town.lots[2]
    conflict(package, "DATA", uuid=str(town.lots[0].pk), unit=town.lots[0], columns=COLUMNS)
    shapes = {
        "held": rectangle(40, 0, 20, 20).wkt,
        "brought": rectangle(40, 0, 20, 20.3).wkt,
        "now": rectangle(40, 0, 20, 20.1).wkt,
    }
    told = {"unit": "3", "surveyed": shapes["brought"], "survey": {"method": "TAPE"}}
    ground = shapes | {"verb": "rectify_area", "told": told}
    moved = conflict(package, "GROUND", uuid=str(lot.pk), unit=lot, ground=ground)
    client = Client()
    client.force_login(town.technician)
    address = f"/mejia/workbench/field/{package.number}/"
    page = client.get(address).content.decode()
    for code in ("ROLLING", "SLOPE_UP", "FLOOD", "POLYGON"):
        assert code not in page
    assert "<td>Sí</td><td>No</td>" in page
    assert 'class="shape shape--brought"' in page
    assert page.count('class="neighbour"') >= 1
    assert ">20,30</text>" in page
    assert "4,00 m²" in page  # the field's ground less the register's: 406 - 402
    page = client.post(
        address, {"do": "decide", "delta": moved.pk, "take": "ground"}, follow=True
    ).content.decode()
    assert "quedó anotada" in page
    assert Proposal.objects.get().verb == "rectify_area"
