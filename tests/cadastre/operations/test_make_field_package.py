"""A package is cut, numbered, handed to one person, and says nothing that his role does not see."""

import zipfile
from datetime import timedelta
from io import BytesIO, StringIO

import pytest
from django.core.management import call_command

from cadastre.fieldwork.open_return import opened_return
from cadastre.models import FieldPackage
from cadastre.operations.close_field_package import ClosingUnexplained, close_field_package
from cadastre.operations.fetch_field_package import FieldPackageOver, fetch_field_package
from cadastre.operations.field.visibility import HoldersNotForCarrier
from cadastre.operations.make_field_package import FieldPackageUnfit
from cadastre.queries.field_area import FieldArea, FieldAreaEmpty, units_in
from cadastre.queries.handover.fieldwork import packages_out
from gis_project.core.errors import NotAllowed
from gis_project.territory.clock import today_in
from gis_project.territory.file_store import path_of
from gis_project.territory.models import AccessRecord, AuditEvent
from tests import people, staff
from tests.cadastre.operations.field_town import BLOCK, KEYS, FieldTown
from tests.shapes import rectangle

TABLES = ["parcels", "buildings", "neighbours", "boundary_points", "package"]


@pytest.fixture
def town(db):
    return FieldTown()


def held(package):
    path = path_of(package.file_id)
    with opened_return(path, issued=path, tables=TABLES) as came:
        return came.held


def test_the_package_holds_the_block_as_the_register_says_it(town):
    package = town.package()
    tables = held(package)
    first = next(row for row in tables["parcels"] if row["number"] == "1")
    assert sorted(row["key"] for row in tables["parcels"]) == KEYS
    assert (first["topography"], first["front_1_m"], first["risks"]) == ("FLAT", 20.0, "{FLOOD}")
    assert len(tables["boundary_points"]) == 8
    assert tables["package"][0]["number"] == package.number
    assert (package.predios, package.units.count(), package.srid) == (3, 3, 32717)
    event = AuditEvent.objects.get(action="make_field_package")
    assert package.file_id in event.body
    assert "Vera" not in event.body
    names = zipfile.ZipFile(BytesIO(fetch_field_package(package, by=town.carrier))).namelist()
    assert {name.split("/", 1)[1] for name in names} == {
        "LEAME.html", "proyecto.qgs", "datos.gpkg", "DCIM/"
    }  # fmt: skip


def test_neighbours_stand_around_without_names(town):
    package = town.package(area=FieldArea(units=(town.lots[0].pk,)))
    tables = held(package)
    assert {row["key"] for row in tables["neighbours"]} == set(KEYS[1:])
    assert "holders" not in tables["parcels"][0]


def test_names_go_only_with_a_role_that_sees_them_and_are_recorded(town):
    with pytest.raises(HoldersNotForCarrier):
        town.package(with_holders=True)
    package = town.package(with_holders=True, carrier=town.technician)
    first = next(row for row in held(package)["parcels"] if row["number"] == "1")
    assert first["holders"] == people.TOMAS.full_name
    assert AccessRecord.objects.get().action == "field_package"


@pytest.mark.parametrize(
    ("area", "found"),
    [
        (FieldArea(block=BLOCK), 3),
        (FieldArea(sector="50-01-02"), 3),
        (FieldArea(polygon=rectangle(5, 5, 20, 5)), 2),
    ],
    ids=["block", "sector", "polygon"],
)
def test_an_area_is_told_in_several_ways(town, area, found):
    on = today_in(town.municipality)
    assert len(units_in(area, municipality=town.municipality, on=on)) == found
    with pytest.raises(FieldAreaEmpty):
        units_in(FieldArea(block="otra"), municipality=town.municipality, on=on)


def test_who_may_hand_out_and_who_may_carry(town):
    today = today_in(town.municipality)
    auditor = staff.appoint(people.INES, "auditor", town.municipality)
    for refused in ({"carrier": auditor}, {"by": town.carrier}):
        with pytest.raises(NotAllowed):
            town.package(**refused)
    for unfit in ({"purpose": " "}, {"expires_on": today + timedelta(days=91)}):
        with pytest.raises(FieldPackageUnfit):
            town.package(**unfit)
    assert not FieldPackage.objects.exists()


def test_a_package_is_out_until_it_is_closed(town):
    package = town.package()
    on = package.expires_on + timedelta(days=1)
    section = packages_out(town.municipality, on)
    assert section.rows[0][:2] == (package.number, people.VERA.full_name)
    assert "1 con el plazo vencido" in section.told
    with pytest.raises(ClosingUnexplained):
        close_field_package(package, how="LOST", by=town.technician)
    close_field_package(package, how="LOST", by=town.technician, note="Se cayó al río")
    assert not packages_out(town.municipality, on).rows
    with pytest.raises(FieldPackageOver):
        fetch_field_package(package, by=town.carrier)


def test_the_commands_rehearse_hand_out_and_take_back(town, tmp_path):
    out = StringIO()
    day = today_in(town.municipality).isoformat()
    told = ["--municipality", "mejia", "--block", BLOCK, "--carrier", people.VERA.cedula]
    told += ["--purpose", "prueba", "--expires", day, "--by", people.ROSA.cedula]
    call_command("make_field_package", *told, stdout=out)
    assert "Ensayo" in out.getvalue()
    assert not FieldPackage.objects.exists()
    file = tmp_path / "p.zip"
    call_command("make_field_package", *told, "--commit", "--output", file, stdout=out)
    number = FieldPackage.objects.get().number
    back = [file, "--municipality", "mejia", "--package", number, "--by", people.ROSA.cedula]
    call_command("take_field_package", *back, "--method", "TAPE", "--last", "--commit", stdout=out)
    assert "0 cambios" in out.getvalue()
    assert FieldPackage.objects.get().closing.how == "RETURNED"
