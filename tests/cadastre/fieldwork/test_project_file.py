"""The project as QGIS reads it: layers, forms, code lists, relations, CRS; the same bytes for the same package."""

from xml.etree.ElementTree import fromstring

import pytest
from pyproj import CRS

from cadastre.ficha.code_lists import code_lists
from cadastre.fieldwork.field_layer import BUILDINGS, FLOORS, PARCELS
from cadastre.fieldwork.layout import layout
from cadastre.fieldwork.project_file import ProjectHead, project_file

LAYERS = layout(structures={"CONCRETE": "Hormigón"}, with_holders=False)
HEAD = ProjectHead(
    title="Paquete «1» & más",
    srid=32718,
    crs_name="WGS 84 / UTM zone 18S",
    crs_wkt=CRS.from_epsg(32718).to_wkt(),
    extent=(1, 2, 3, 4),
)


@pytest.fixture(scope="module")
def project():
    return fromstring(project_file(HEAD, LAYERS))


def layer(project, name):
    return next(m for m in project.iter("maplayer") if m.findtext("id") == f"{name}_field")


def widget(element, field):
    return element.find(f"fieldConfiguration/field[@name='{field}']/editWidget")


def test_every_layer_is_there_with_its_table_and_the_legal_crs(project):
    sources = {m.findtext("datasource") for m in project.iter("maplayer")}
    assert {f"./datos.gpkg|layername={one.name}" for one in LAYERS} <= sources
    assert project.findtext("projectCrs/spatialrefsys/authid") == "EPSG:32718"
    assert layer(project, PARCELS).findtext("srs/spatialrefsys/authid") == "EPSG:32718"


def test_background_is_read_only_and_work_is_offline(project):
    for one in LAYERS:
        element = layer(project, one.name)
        action = element.find("customproperties/Option/Option[@name='QFieldSync/action']")
        expected = ("0", "offline") if one.is_work else ("1", "no_action")
        assert (element.get("readOnly"), action.get("value")) == expected


def test_codes_are_value_maps_and_lists_of_codes_relations(project):
    parcels = layer(project, PARCELS)
    told = {o.get("value") for o in widget(parcels, "topography").iter("Option")} - {None}
    assert told == set(code_lists()["topography"].names)
    assert widget(parcels, "risks").get("type") == "ValueRelation"
    assert widget(parcels, "uuid").get("type") == "Hidden"


def test_every_field_has_its_place_in_the_form_once(project):
    for one in LAYERS:
        shown = [f.get("name") for f in layer(project, one.name).iter("attributeEditorField")]
        assert sorted(shown) == sorted(c.name for c in one.columns if not c.is_identity)


def test_rows_hang_from_their_predio(project):
    relations = {r.get("id"): r for r in project.iter("relation")}
    floors = relations[f"{FLOORS}_of_{BUILDINGS}"]
    assert floors.find("fieldRef").get("referencingField") == "building"
    assert layer(project, FLOORS).findtext("attributeEditorForm") is not None


def test_snapping_and_shared_boundaries_are_on(project):
    assert project.find("snapping-settings").get("enabled") == "1"
    assert project.findtext("properties/Digitizing/TopologicalEditing") == "1"


def test_no_column_stands_twice_and_nobody_is_named_without_being_asked_for():
    for one in LAYERS:
        assert len(one.names) == len(set(one.names))
        assert "holders" not in one.names
    assert project_file(HEAD, LAYERS) == project_file(HEAD, LAYERS)
