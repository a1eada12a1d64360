"""GET /api/<m>/parcels/<key>: each reader gets the fields of the matrix, anyone the public ones."""

from datetime import date, timedelta

import pytest
import shapely
from django.utils import timezone
from shapely.geometry import shape

from gis_project.core.areas import ellipsoidal_area
from gis_project.territory.models import AccessRecord, Municipality, RateBucket
from gis_project.territory.rate_limit import PUBLIC_LOOKUP, PUBLIC_LOOKUP_DAILY, seconds_to_wait
from tests.browser.town import EAST, KEY, NORTH, NUMBER
from tests.gis_project.canary_town import CELICA_KEY, secrets

ADDRESS = f"/api/mejia/parcels/{KEY}"


def test_anyone_reads_the_public_facts(visitor):
    answer = visitor("anonymous").get(ADDRESS)
    told = answer.json()
    assert answer.status_code == 200
    assert (told["key"], told["number"], told["parish"]) == (KEY, NUMBER, "Machachi")
    assert told["legal_area_m2"] == "720.0000"
    assert told["zone"] == {"code": "U-03", "value": "35.0000", "unit": "USD/m2"}
    assert told["buildings"] == [
        {"floors": 2, "structure": "CONCRETE", "use": "HOUSING", "built_in": 2014}
    ]
    assert told["value"]["assessed_value"].count(".") == 1
    assert date.fromisoformat(told["on"]).year == told["value"]["year"]
    for private in ("holders", "titled_area_m2", "observations"):
        assert private not in told


def test_nothing_is_kept_by_caches_or_cookies(visitor):
    for address in (ADDRESS, f"/api/mejia/quotes?key={KEY}", "/api/mejia/titles/x/explanation"):
        answer = visitor("anonymous").get(address)
        assert "no-store" in answer["Cache-Control"]
        assert not answer.cookies


@pytest.mark.parametrize(
    "spelling",
    [
        "17-03-50-01-02-003-001",
        "1703.5001.0200.3001.000.00.000",
        "%20170350010200300100000000%20",
        "1703500102003001",
        "0102003001",
        "01.02.003.001",
        NUMBER,
    ],
)
def test_a_key_in_any_punctuation_an_old_key_and_the_number(visitor, spelling):
    told = visitor("anonymous").get(f"/api/mejia/parcels/{spelling}").json()
    assert told.get("key") == KEY, told


@pytest.mark.parametrize("name", ["mejia", "Mejía", "MEJIA", "1703"])
def test_the_municipality_by_slug_name_or_code(visitor, name):
    assert visitor("anonymous").get(f"/api/{name}/parcels/{KEY}").json()["key"] == KEY


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("/api/mejia/parcels/999", 404, "property_not_found"),
        (f"/api/mejia/parcels/{CELICA_KEY}", 404, "property_not_found"),
        (f"/api/ninguna/parcels/{KEY}", 404, "municipality_not_found"),
        (f"{ADDRESS}?on=2019-12-31", 404, "not_in_register_then"),
        (f"{ADDRESS}?on=0001-01-01", 404, "not_in_register_then"),
        (f"{ADDRESS}?on=2026-02-30", 400, "bad_request"),
        (f"{ADDRESS}?on=1700000000", 400, "bad_request"),
        (f"{ADDRESS}?crs=3857", 400, "bad_request"),
        (f"{ADDRESS}?owner=x", 400, "unknown_parameter"),
        (f"/api/mejia/parcels/{'9' * 101}", 400, "bad_request"),
    ],
)
def test_refusals_are_problems(visitor, address, status, code):
    answer = visitor("anonymous").get(address)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer["Content-Type"].startswith("application/problem+json")


def test_the_geometry_is_the_same_ground_in_both_systems(visitor):
    client = visitor("anonymous")
    degrees = client.get(ADDRESS).json()
    metres = client.get(f"{ADDRESS}?crs=32717").json()
    assert (degrees["crs"], metres["crs"]) == ("EPSG:4326", "EPSG:32717")
    box = shape(metres["geometry"])
    assert box.bounds == (EAST, NORTH, EAST + 24, NORTH + 30)
    west, south, east, north = shape(degrees["geometry"]).bounds
    assert -79 < west < east < -78
    assert -1 < south < north < 0
    assert ellipsoidal_area(box) == pytest.approx(float(degrees["ellipsoidal_area_m2"]), rel=0.01)
    for told in (degrees, metres):
        assert told["geometry"]["type"] == "MultiPolygon"
        assert all(shapely.is_ccw(part.exterior) for part in shape(told["geometry"]).geoms)


def test_an_official_reads_holders_and_the_look_is_recorded(visitor):
    before = AccessRecord.objects.count()
    told = visitor("technician").get(ADDRESS).json()
    assert [holder["share"] for holder in told["holders"]] == ["1/2", "1/2"]
    assert all(holder["id_number"] in secrets() for holder in told["holders"])
    assert told["titled_area_m2"] == "740.0000"
    assert AccessRecord.objects.count() == before + 1
    assert AccessRecord.objects.last().action == "view_holders"


def test_the_auditor_reads_names_and_the_ends_of_cedulas(visitor):
    told = visitor("auditor").get(ADDRESS).json()
    assert told["holders"]
    for holder in told["holders"]:
        assert holder["id_number"].startswith("•••••••")
        assert holder["id_number"] not in secrets()


def test_an_official_of_elsewhere_is_the_public(visitor):
    told = visitor("neighbour").get(ADDRESS).json()
    assert "holders" not in told
    assert "holders" in visitor("neighbour").get(f"/api/celica/parcels/{CELICA_KEY}").json()


def test_past_holders_only_for_those_who_see_the_history(visitor):
    assert "holders" not in visitor("technician").get(f"{ADDRESS}?on=2021-01-01").json()
    assert "holders" in visitor("auditor").get(f"{ADDRESS}?on=2021-01-01").json()


def test_the_value_is_not_told_where_the_town_does_not_publish_it(visitor):
    Municipality.objects.filter(slug="mejia").update(shows_value=False)
    assert "value" not in visitor("anonymous").get(ADDRESS).json()
    assert visitor("technician").get(ADDRESS).json()["value"]


def test_a_day_before_the_first_emission_has_no_value(visitor):
    assert visitor("anonymous").get(f"{ADDRESS}?on=2021-01-01").json()["value"] is None


def empty_the_buckets() -> None:
    """Nobody has a look-up left, and none comes back during the test."""
    assert RateBucket.objects.exists()
    RateBucket.objects.update(tokens=0, seen_at=timezone.now() + timedelta(hours=1))


def test_who_asks_too_often_waits_and_officials_do_not(visitor):
    public, official = visitor("anonymous"), visitor("technician")
    assert public.get("/api/mejia/parcels/1").status_code == 404
    empty_the_buckets()
    for address in (ADDRESS, f"/api/mejia/quotes?key={KEY}", "/api/mejia/titles/x/explanation"):
        refused = public.get(address)
        assert (refused.status_code, refused.json()["code"]) == (429, "too_many_requests")
        assert int(refused["Retry-After"]) == PUBLIC_LOOKUP.every_s
    assert official.get(ADDRESS).status_code == 200


def use_up_the_day(asker: str) -> None:
    while seconds_to_wait(PUBLIC_LOOKUP_DAILY, f"mejia {asker}") == 0:
        pass


def test_a_day_has_few_values_and_the_facts_stay(visitor):
    client = visitor("anonymous")
    use_up_the_day("198.51.100.20")
    for address in (ADDRESS, f"/api/mejia/quotes?key={KEY}", "/api/mejia/titles/x/explanation"):
        refused = client.get(address)
        assert (refused.status_code, refused.json()["code"]) == (429, "too_many_requests")
        assert 0 < int(refused["Retry-After"]) <= PUBLIC_LOOKUP_DAILY.every_s
        assert "ventanilla" in refused.json()["detail"]
    page = client.get(f"/mejia/p/{KEY}")
    assert page.status_code == 200
    assert page.context["lookups_used_up"]
    assert "Machachi" in page.content.decode()
    assert "pida la información en ventanilla" in page.content.decode()
    assert client.get(f"/api/celica/parcels/{CELICA_KEY}").status_code == 200
    Municipality.objects.filter(slug="mejia").update(shows_value=False)
    assert client.get(ADDRESS).status_code == 200


def test_the_page_counts_an_account_without_office_and_no_official(visitor):
    for audience, is_counted in (("citizen", True), ("neighbour", True), ("technician", False)):
        client = visitor(audience)
        use_up_the_day(f"account {client.session['_auth_user_id']}")
        page = client.get(f"/mejia/p/{KEY}")
        assert ("lookups_used_up" in page.context) is is_counted


def test_an_account_without_office_is_counted_by_itself(visitor):
    citizen = visitor("citizen")
    assert citizen.get(ADDRESS).status_code == 200
    empty_the_buckets()
    assert citizen.get(ADDRESS).status_code == 429
    assert visitor("anonymous").get(ADDRESS).status_code == 200
