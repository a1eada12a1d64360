"""Clicks over HTTP: candidates, then the basin of the chosen one."""

import pytest
from django.test import Client, override_settings
from shapely.geometry import shape

from tests.people import ROSA, TOMAS
from tests.register import town
from tests.staff import account, appoint
from tests.water_basins.water_town import STREAM, terrain_in

pytestmark = pytest.mark.django_db
AT = {"x": STREAM[0], "y": STREAM[1], "crs": "32717"}


@pytest.fixture
def mejia(tmp_path):
    municipality = town()
    with override_settings(BASIN_INDEXES=tmp_path / "basins"):
        terrain_in(municipality, tmp_path)
        yield municipality


@pytest.fixture
def official(mejia):
    client = Client()
    client.force_login(appoint(ROSA, "cadastre_technician", mejia))
    return client


def test_a_click_beside_the_stream_proposes_both(official):
    beside = AT | {"x": STREAM[0] + 30}
    answer = official.get("/api/mejia/basins", beside).json()
    clicked, stream = answer["candidates"]
    assert (clicked["rule"], clicked["cells"]) == ("clicked", 8)
    assert (stream["rule"], stream["cells"], stream["distance_m"]) == ("stream", 441, 30.0)
    assert stream["grid_area_m2"] == "44100.00"
    assert answer["is_far_apart"]


def test_the_chosen_one_leads_to_its_basin(official):
    chosen = official.get("/api/mejia/basins", AT).json()["candidates"][0]
    feature = official.get(chosen["basin"]).json()
    told = feature["properties"]
    assert (told["cells"], told["grid_area_m2"]) == (441, "44100.00")
    assert (told["touches_edge"], told["is_complete"]) == (True, False)
    assert shape(feature["geometry"]).area == 44100
    assert feature["geometry"]["type"] == "MultiPolygon"
    assert told["terrain"]["title"] == "Valle de prueba"


def test_degrees_give_the_same_basin(official):
    metres = official.get("/api/mejia/basins", AT).json()["candidates"][0]
    near = official.get("/api/mejia/basins/at", AT | {"crs": "32717"}).json()
    degrees = {"x": -80.00803, "y": -4.10865}
    answer = official.get("/api/mejia/basins", degrees | {"radius_m": 300}).json()
    there = official.get(answer["candidates"][-1]["basin"]).json()
    assert there["properties"]["crs"] == "EPSG:4326"
    assert -80.1 < shape(there["geometry"]).bounds[0] < -79.9
    assert metres["cells"] == near["properties"]["cells"]


def test_copy_for_drawing_says_so(official):
    feature = official.get("/api/mejia/basins/at", AT | {"shape": "display"}).json()
    assert feature["properties"]["is_display"]
    assert "simplificado" in feature["properties"]["note"]


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"x": 0}, 422, "outside_terrain"),
        ({"x": "nan"}, 400, "bad_request"),
        ({"version": "0" * 32}, 404, "no_terrain"),
        ({"radius_m": 9999}, 400, "bad_request"),
        ({"crs": "24877"}, 400, "bad_request"),
    ],
)
def test_what_is_refused(official, change, status, code):
    answer = official.get("/api/mejia/basins", AT | change)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_who_may_ask(mejia):
    assert Client().get("/api/mejia/basins", AT).status_code == 401
    client = Client()
    client.force_login(account(TOMAS))
    assert client.get("/api/mejia/basins", AT).status_code == 404


def test_municipality_without_terrain(official, mejia):
    celica = town(slug="celica", dpa_code="1104", name="Celica")
    appoint(ROSA, "cadastre_technician", celica)
    assert official.get("/api/celica/basins", AT).json()["code"] == "no_terrain"
