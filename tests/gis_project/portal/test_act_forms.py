"""The forms of acts: each rehearses its act from what an official types, and says at the field what is wrong."""

import json
from fractions import Fraction

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from shapely import LineString, box, to_geojson, to_wkt

from cadastre.models import (
    BuildingVersion,
    ComplementaryWork,
    PartyIdentity,
    PropertyUnit,
    Proposal,
    Restriction,
)
from cadastre.operations.carry_out_act import carry_out_act
from gis_project.portal.acts_of import WITH_FORM
from gis_project.portal.pasted_lines import LinesUnreadable, pasted_moves, pasted_polygon
from gis_project.portal.pasted_rows import RowsUnreadable, pasted_rows, row_figure
from tests import people, register, staff
from tests.cadastre.operations.ground_scenes import tolerance_ordinance, without_map
from tests.filings import complete
from tests.shapes import at, square

WEST, EAST = "170350010100100100000000", "170350010100100200000000"
NOWHERE = "170350010100100300000000"
WHY = {"reason": "Trámite 12", "revision": "0", "do": "rehearse"}
SURVEY = {"method": "GNSS_RTK", "surveyed_on": "2026-02-10"}


@pytest.fixture
def town(db):
    place = register.town()
    act = register.operation(place)
    west = register.predio(act, square(), WEST, number="7", titled_area_m2="400.00")
    east = register.predio(act, square(20), EAST, number="8", titled_area_m2="400.00")
    right = register.holder(
        act, west, people.TOMAS.full_name, people.TOMAS.cedula, share=Fraction(1)
    )
    register.holder(act, east, "", share=Fraction(1), party=right.party)
    versioned = {
        "municipality": place,
        "valid": register.EVER_SINCE,
        "recorded": (act.recorded_at, None),
        "opened_by": act,
    }
    BuildingVersion.objects.create(
        parcel=west.parcel, unit=west, floor_area_m2="84.50", structure="CONCRETE", **versioned
    )
    Restriction.objects.create(unit=west, kind="MORTGAGE", amount="25000.00", **versioned)
    register.settle()
    return place


@pytest.fixture
def rosa(town) -> Client:
    client = Client()
    client.force_login(staff.appoint(people.ROSA, "cadastre_technician", town))
    return client


def rehearsed(client: Client, verb: str, **typed) -> str:
    answer = client.post(f"/mejia/p/{WEST}/acts/{verb}", WHY | typed)
    assert answer.status_code == 200
    return answer.content.decode()


def test_every_act_with_a_form_opens(rosa):
    for verb in WITH_FORM:
        unfit = verb == "map_parcel"
        assert rosa.get(f"/mejia/p/{WEST}/acts/{verb}").status_code == (404 if unfit else 200)


def test_a_predio_without_map_gets_its_first_ground(rosa, town):
    tolerance_ordinance(town)
    without_map(register.operation(town), NOWHERE)
    assert "acts/map_parcel" in rosa.get(f"/mejia/p/{NOWHERE}/acts/").content.decode()
    typed = SURVEY | {"surveyed": to_wkt(square(40)), **WHY}
    answer = rosa.post(f"/mejia/p/{NOWHERE}/acts/map_parcel", typed)
    page = answer.content.decode()
    assert "400,00" in page
    assert "ubica el predio" in page


def test_merge(rosa):
    page = rehearsed(rosa, "merge_parcels", others="8")
    assert "800,00" in page
    assert "Falta la autorización de unificación" in page
    page = rehearsed(rosa, "merge_parcels", others="999")
    assert "data-error-summary" in page
    assert ">\n999</textarea>" in page


def test_adjust_by_the_new_line_and_by_vertices(rosa):
    line = to_wkt(LineString([at(22, -5), at(22, 25)]))
    page = rehearsed(rosa, "adjust_boundary?by=lines", others="8", lines=line)
    assert "440,00" in page
    assert "360,00" in page
    moves = "insertar {0} {1}\nmover {0} {1} {2} {3}".format(*at(20, 10), *at(22, 10))
    page = rehearsed(rosa, "adjust_boundary?by=vertices", others="8", moves=moves.replace(".", ","))
    assert "420,00" in page
    page = rehearsed(rosa, "adjust_boundary?by=vertices", others="8", moves="saltar 1 2")
    assert "La fila 1 no se entiende" in page
    assert "saltar 1 2</textarea>" in page


def plan(*shapes, srid: int = 32717) -> SimpleUploadedFile:
    """A GeoJSON of those shapes."""
    features = [
        {"type": "Feature", "properties": {}, "geometry": json.loads(to_geojson(shape))}
        for shape in shapes
    ]
    crs = {"type": "name", "properties": {"name": f"urn:ogc:def:crs:EPSG::{srid}"}}
    whole = {"type": "FeatureCollection", "crs": crs, "features": features}
    return SimpleUploadedFile("plano.geojson", json.dumps(whole).encode())


def test_adjust_by_a_file_with_the_line_or_with_both_predios(rosa):
    line = LineString([at(22, -5), at(22, 25)])
    page = rehearsed(rosa, "adjust_boundary?by=lines", others="8", file=plan(line))
    assert "440,00" in page
    assert "774022.0000 9942995.0000" in page  # the file's vertices, to be seen and kept
    both = plan(box(*at(0, 0), *at(23, 20)), box(*at(23, 0), *at(40, 20)))
    page = rehearsed(rosa, "adjust_boundary?by=lines", others="8", file=both)
    assert "460,00" in page
    assert "el lindero que comparten" in page
    short = LineString([at(22, 0.2), at(22, 19.8)])  # two surveys never meet to the millimetre
    page = rehearsed(rosa, "adjust_boundary?by=lines", others="8", file=plan(short))
    assert "data-error-summary" in page
    typed = {"others": "8", "file": plan(short), "reach_m": "0,5"}
    assert "440,00" in rehearsed(rosa, "adjust_boundary?by=lines", **typed)
    page = rehearsed(
        rosa, "adjust_boundary?by=lines", others="8", file=plan(box(*at(0, 0), *at(1, 1)))
    )
    assert "se esperan los dos predios" in page
    assert ">\n8</textarea>" in page
    assert "Suba el archivo" in rehearsed(rosa, "adjust_boundary?by=lines", others="8")


def test_rectify_asks_for_the_ordinance_or_for_something_to_compare(rosa):
    ring = "\n".join("{} {}".format(*at(x, y)) for x, y in ((0, 0), (20, 0), (20, 20), (0, 20)))
    page = rehearsed(rosa, "rectify_area", surveyed=ring, **SURVEY)
    assert "error técnico aceptable" in page  # this town has no ordinance that tells how much
    assert "774000.0 9943000.0" in page
    page = rehearsed(rosa, "rectify_area", **SURVEY)
    assert 'id="id_surveyed_error"' in page
    page = rehearsed(rosa, "rectify_area", surveyed="1 2\n3 4", **SURVEY)
    assert "al menos tres vértices" in page


def test_condominium_from_the_notarys_sheet(rosa):
    page = rehearsed(rosa, "constitute_condominium", units="1\t1\t1\t62,5\n1\t2\t1\t37,5")
    assert "Después, 2" in page
    page = rehearsed(rosa, "constitute_condominium", units="1 1 1 62,5\n1 2 1 40")
    assert "data-error-summary" in page
    page = rehearsed(rosa, "constitute_condominium", units="1 1 1 62,5\n1 2")
    assert "La fila 2 tiene 2 datos" in page


def test_a_building_enters_and_leaves(rosa):
    plan = to_wkt(box(*at(2, 2), *at(12, 10)))
    typed = {"floors": "1 84,50\n2 60", "structure": "CONCRETE", "conservation": "GOOD"}
    page = rehearsed(rosa, "add_building", footprint=plan, **typed)
    assert "144,50" in page
    page = rehearsed(rosa, "add_building", **typed | {"floors": "planta baja"})
    assert "La fila 1 lleva el número del piso" in page
    building = BuildingVersion.objects.get().building_id
    page = rehearsed(rosa, "demolish_building", building=str(building))
    assert "84,50" in page
    assert 'id="id_building"' in rehearsed(rosa, "demolish_building")


def test_a_building_is_corrected_from_what_the_register_says(rosa, town):
    building = BuildingVersion.objects.get()
    address = f"/mejia/p/{WEST}/acts/correct_building"
    page = rosa.get(address).content.decode()
    assert "84,50" in page  # which of the predio's buildings
    typed = {"when": "act", "structure": "CONCRETE", "conservation": "GOOD", "built_in": "2014"}
    typed |= {"floors": "1 60\n2 60", "ficha_bathrooms": "3"}
    page = rehearsed(rosa, "correct_building", **typed)
    assert "Año de construcción</th>" in page
    assert "120,00" in page
    assert "Estructura</th>" not in page  # it says so already
    rosa.post(address, WHY | typed | {"do": "propose"})
    told = Proposal.objects.get().inputs
    assert told["building"] == str(building.building_id)
    assert told["changes"]["components"] == {"bathrooms": 3}
    assert set(told["changes"]) == {"floors", "built_in", "components"}
    page = rehearsed(rosa, "correct_building", **typed | {"floors": "planta baja"})
    assert "La fila 1 lleva el número del piso" in page


def test_a_work_enters_is_corrected_and_leaves(rosa, town):
    pool = {"kind": "POOL", "quantity": "32,00", "measure": "M2", "built_in": "2021"}
    page = rehearsed(rosa, "add_complementary_work", **pool)
    assert "<td>Piscina</td>" in page
    assert 'id="id_kind_error"' in rehearsed(rosa, "add_complementary_work", quantity="1")
    assert (
        "no tiene ninguno"
        in rosa.get(f"/mejia/p/{WEST}/acts/correct_complementary_work").content.decode()
    )
    lot = PropertyUnit.objects.get(number="7")
    told = {"unit": "7", **pool, "quantity": "32.00", "built_in": 2021}
    filing = complete(town, "add_complementary_work")
    carry_out_act("add_complementary_work", told, municipality=town, filing=filing)
    work = ComplementaryWork.objects.get(parcel=lot.parcel_id)
    lot.refresh_from_db()
    again = {"revision": str(lot.revision)}
    typed = pool | {"quantity": "40", "when": "always"} | again
    page = rehearsed(rosa, "correct_complementary_work", **typed)
    assert "40" in page
    assert "Cantidad</th>" in page
    assert "Clase de obra</th>" not in page
    page = rehearsed(rosa, "remove_complementary_work", work=str(work.work_id), **again)
    assert "data-error-summary" not in page


def test_a_burden_is_inscribed_in_somebodys_favour_and_lifted(rosa):
    typed = {"kind": "MORTGAGE", "amount": "9000,00", "rank": "2", "others": "8"}
    favour = {"document": people.INES.cedula, "name": people.INES.full_name}
    page = rehearsed(rosa, "register_encumbrance", **typed, **favour)
    assert "9.000,00" in page
    assert "como nuevo titular" in page
    assert not PartyIdentity.objects.filter(id_number=people.INES.cedula).exists()
    page = rehearsed(rosa, "register_encumbrance", **typed, document=people.INES.cedula)
    assert "no consta en el catastro" in page
    burden = Restriction.objects.get().encumbrance_id
    page = rehearsed(rosa, "lift_encumbrance", encumbrance=str(burden))
    assert "data-error-summary" not in page


def test_data_are_corrected_from_what_the_register_says(rosa, town):
    typed = {"when": "act", "kind": "URBAN", "address": "Calle Colón", "ficha_lot_name": "7"}
    page = rehearsed(rosa, "correct_attributes", **typed)
    assert "Calle Colón</td>" in page
    assert "Lote según el fraccionamiento</th>" in page
    assert "Clase de suelo</th>" not in page  # it says so already
    assert "ya lo dice así" in rehearsed(rosa, "correct_attributes", when="act", kind="URBAN")
    page = rehearsed(rosa, "correct_attributes", **typed | {"ficha_front_1_m": "mucho"})
    assert 'id="id_ficha_front_1_m_error"' in page
    assert 'value="Calle Colón"' in page
    assert 'value="mucho"' in page
    rosa.post(f"/mejia/p/{WEST}/acts/correct_attributes", WHY | typed | {"do": "propose"})
    told = Proposal.objects.get().inputs
    assert told["attributes"] == {"address": "Calle Colón"}
    assert told["answers"] == {"lot_name": "7"}


def test_prepared_for_a_procedure_it_leads_back_to_it(rosa):
    address = f"/mejia/p/{WEST}/acts/change_key?procedure=2026-000009"
    assert 'value="Trámite 2026-000009"' in rosa.get(address).content.decode()
    typed = WHY | {"do": "propose", "key": "170350010100100900000000"}
    answer = rosa.post(address, typed)
    assert answer["Location"] == "/mejia/workbench/procedures/2026-000009/"
    assert Proposal.objects.count() == 1


def test_nothing_of_another_town(town):
    other = register.town("celica", "1104")
    client = Client()
    client.force_login(staff.appoint(people.BRUNO, "cadastre_technician", other))
    assert client.get(f"/mejia/p/{WEST}/acts/merge_parcels").status_code == 404


def test_pasted_polygons_close_themselves():
    assert pasted_polygon("1 2\n3 2\n3 4") == "POLYGON ((1.0 2.0, 3.0 2.0, 3.0 4.0, 1.0 2.0))"
    assert pasted_polygon("POLYGON ((0 0, 1 0, 1 1, 0 0))").startswith("POLYGON")
    with pytest.raises(LinesUnreadable):
        pasted_polygon("1 2\n3 2\n\n3 4\n5 5")


def test_pasted_moves_name_the_row_that_is_none():
    assert pasted_moves("insertar 1,5 2\n\nborrar 3 4") == [
        {"do": "insert", "at": [1.5, 2.0]},
        {"do": "delete", "at": [3.0, 4.0]},
    ]
    for text in ("", "mover 1 2", "insertar a b"):
        with pytest.raises(LinesUnreadable):
            pasted_moves(text)


def test_pasted_rows_by_any_separator():
    assert pasted_rows("1;2\n\n1\t2 a\n1  2") == [
        (1, ["1", "2"]),
        (3, ["1", "2 a"]),
        (4, ["1", "2"]),
    ]
    assert str(row_figure("12,5 %", row=1, what="x")) == "12.5"
    with pytest.raises(RowsUnreadable):
        row_figure("NaN", row=1, what="x")
