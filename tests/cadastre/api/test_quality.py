"""Quality runs through the API: one's own municipality, by rule, weight and moment, page by page, as features."""

import pytest
import shapely.geometry

from cadastre.operations.check_quality import Asked, begin_quality_run, carry_on
from gis_project.territory.policy import CONSOLE
from tests import people, register, staff
from tests.cadastre.quality import sound_town
from tests.cadastre.quality.sound_town import TODAY
from tests.shapes import square

pytestmark = pytest.mark.django_db
RULES = ("parcel_over_road", "number_missing", "address_missing", "holder_missing")


@pytest.fixture
def scene():
    """A lot across a street, one without number, one without address, one that nobody holds."""
    made = sound_town.build()
    made.lot(square(0, 500))
    made.road((-10, 510), (10, 510), name="Callejón")
    made.lot(square(0, 600), number=None)
    made.lot(square(0, 700), address="")
    made.lot(square(0, 800), held=False)
    return made


@pytest.fixture
def run(scene):
    return carry_on(begin_quality_run(scene.town, Asked(rules=RULES, day=TODAY), by=CONSOLE))


@pytest.fixture
def desk(client, scene):
    client.force_login(staff.appoint(people.ROSA, "cadastre_technician", scene.town))
    return client


def test_the_list_and_a_run_rule_by_rule(desk, run):
    (listed,) = desk.get("/api/mejia/quality-runs").json()
    assert (listed["number"], listed["state"], listed["findings"]) == (run.pk, "DONE", 4)
    whole = desk.get(f"/api/mejia/quality-runs/{run.pk}").json()
    assert {one["rule"]: one["findings"] for one in whole["rules"]} == dict.fromkeys(RULES, 1)


def test_findings_by_rule_weight_and_moment(desk, run):
    def rules(query: str) -> set[str]:
        told = desk.get(f"/api/mejia/quality-runs/{run.pk}/findings?{query}").json()
        return {one["rule"] for one in told["findings"]}

    assert rules("rule=address_missing") == {"address_missing"}
    assert rules("severity=CRITICAL") == {"holder_missing"}
    assert rules("severity=CRITICAL&moment=approval") == set()
    assert rules("moment=emission") == {"holder_missing", "number_missing"}
    assert desk.get(f"/api/mejia/quality-runs/{run.pk}/findings?rule=x").status_code == 404
    assert desk.get(f"/api/mejia/quality-runs/{run.pk}/findings?moment=x").status_code == 400


def test_pages_follow_each_other_until_all_are_told(desk, run):
    address, seen = f"/api/mejia/quality-runs/{run.pk}/findings?limit=3", []
    while address:
        told = desk.get(address).json()
        assert told["matched"] == 4
        seen += [one["number"] for one in told["findings"]]
        address = told["next"]
    assert len(seen) == len(set(seen)) == 4


def test_features_stand_where_they_are(desk, run):
    answer = desk.get(f"/api/mejia/quality-runs/{run.pk}/findings.geojson?rule=parcel_over_road")
    assert answer["Content-Type"] == "application/geo+json"
    (feature,) = answer.json()["features"]
    place = shapely.geometry.shape(feature["geometry"]).centroid
    assert (round(place.x, 2), round(place.y, 2)) == (-78.54, -0.51)
    assert "pasa 10 m por" in feature["properties"]["message"]


def test_another_municipality_has_no_such_run(desk, run):
    other = register.town("celica", dpa_code="1104")
    desk.force_login(staff.appoint(people.VERA, "cadastre_technician", other))
    assert desk.get(f"/api/celica/quality-runs/{run.pk}").status_code == 404
    assert desk.get(f"/api/mejia/quality-runs/{run.pk}").status_code == 404
