"""Return against package: what differs, once, and in the words of the ficha."""

import shapely

from cadastre.ficha.variables import PredioKind
from cadastre.fieldwork.compare import Change, Method, changes
from cadastre.fieldwork.field_layer import PARCELS
from cadastre.fieldwork.field_values import canonical
from cadastre.fieldwork.layout import layout
from cadastre.fieldwork.records import Record, records_of
from cadastre.fieldwork.verdicts import told_inputs, verdicts
from tests.shapes import square

LAYERS = layout(structures={"CONCRETE": "Hormigón"}, with_holders=False)
BY_NAME = {layer.name: layer for layer in LAYERS}
WKB = shapely.to_wkb(shapely.MultiPolygon([square()])).hex()
LOT = {"fid": 1, "uuid": "u1", "kind": "URBAN", "topography": "FLAT", "geom": WKB}


def records(*parcels, **tables):
    return records_of(LAYERS, {PARCELS: parcels, **tables})


def difference(*parcels, **tables):
    return changes(records(LOT)[0], records(*parcels, **tables)[0])


def test_the_same_told_otherwise_is_no_change():
    turned = shapely.to_wkb(shapely.reverse(shapely.MultiPolygon([square()]))).hex()
    assert difference({**LOT, "geom": turned, "topography": " FLAT ", "remarks": ""}) == []


def test_a_vertex_set_into_a_straight_boundary_is_no_change():
    dense = shapely.segmentize(shapely.MultiPolygon([square()]), 7)
    assert difference({**LOT, "geom": shapely.to_wkb(dense).hex()}) == []
    bent = shapely.MultiPolygon([square().union(square(20, 5, 0.01))])
    assert len(difference({**LOT, "geom": shapely.to_wkb(bent).hex()})) == 1


def test_values_and_geometry_change_apart_and_keep_their_fingerprints():
    moved = shapely.to_wkb(shapely.MultiPolygon([square(1)])).hex()
    data, ground = difference({**LOT, "topography": "ROLLING", "geom": moved})
    assert data.columns == {"topography": ("FLAT", "ROLLING")}
    assert ground.geom == (WKB, moved)
    (again,) = difference({**LOT, "geom": moved})
    assert again.fingerprint() == ground.fingerprint()


def test_a_copied_feature_is_a_new_one():
    copy = {**LOT, "fid": 9}
    (new,) = difference(copy, LOT)
    assert (new.method, new.uuid) == (Method.CREATE, "u1#9")


def test_rows_belong_to_their_predio_or_to_nobody():
    permits = [
        {"fid": 1, "uuid": "p", "unit": "u1", "kind": "CONSTRUCTION", "number": "12"},
        {"fid": 2, "uuid": "q", "unit": "other", "kind": "CONSTRUCTION"},
    ]
    found, strays = records(LOT, permits=permits)
    assert found[PARCELS, "u1"].values["permits"] == [{"kind": "CONSTRUCTION", "number": "12"}]
    assert [stray.uuid for stray in strays] == ["q"]


def test_several_codes_come_as_the_forms_write_them():
    risks = BY_NAME[PARCELS].column("risks")
    flood, slide = list(risks.codes)[:2]
    assert canonical(risks, f'{{"{slide}",{flood}}}') == [flood, slide]
    assert canonical(risks, "{}") is None


def test_a_number_is_the_same_however_it_is_stored():
    front = BY_NAME[PARCELS].column("front_1_m")
    assert canonical(front, 14.2) == canonical(front, "14.20") == "14.2"
    assert canonical(front, "catorce") == "catorce"


def judge(columns, **now):
    change = Change(layer=PARCELS, uuid="u1", method=Method.PATCH, columns=columns)
    register = Record(layer=PARCELS, uuid="u1", values=now)
    found = verdicts(change, now=register, layer=BY_NAME[PARCELS], kind=PredioKind.URBAN)
    return {one.name: one.verdict.value for one in found}


def test_each_column_is_judged_by_itself():
    columns = {
        "topography": ("FLAT", "ROLLING"),
        "access": (None, "nada"),
        "telephone": (None, True),
        "address": ("a", "b"),
        "key": ("1", "2"),
        "land_cover": (None, "CROPS"),
    }
    assert judge(columns, topography="SLOPE_UP", telephone=True, address="a", key="1") == {
        "topography": "conflict",
        "access": "refused",
        "telephone": "known",
        "address": "taken",
        "key": "refused",
        "land_cover": "refused",
    }


def test_land_and_ficha_are_told_apart():
    told = told_inputs({"address": None, "telephone": True})
    assert told == {
        "was_always_so": False,
        "attributes": {"address": ""},
        "answers": {"telephone": True},
    }
