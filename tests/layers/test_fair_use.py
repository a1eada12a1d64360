"""One address is served far beyond a person's pace, and then told when to come back; others do not notice."""

import pytest
from django.test import Client

from tests.layers.published_town import published_town as published_town
from tests.layers.published_town import published_town_name as published_town_name
from tests.layers.wms.requests import get_info

pytestmark = pytest.mark.usefixtures("published_town")
DOORS = {
    "FEATURES_PER_MINUTE": "/ogc/collections/parcels/items?limit=1",
    "TILES_PER_MINUTE": "/mejia/tiles/parcels/16/18465/32860.mvt",
    "FEATURE_INFO_PER_MINUTE": f"/wms?{get_info()}",
}


@pytest.mark.parametrize("setting", DOORS)
def test_a_minutes_worth_at_once_and_then_429_with_the_wait(setting, settings):
    setattr(settings, setting, 3)  # one every 20 seconds
    here, elsewhere = (Client(REMOTE_ADDR=f"198.51.100.{host}") for host in (20, 21))
    answers = [here.get(DOORS[setting]) for _ in range(4)]
    assert [answer.status_code for answer in answers[:3]] in ([200] * 3, [204] * 3)
    assert answers[3].status_code == 429
    assert 0 < int(answers[3]["Retry-After"]) <= 20
    assert answers[3]["Access-Control-Allow-Origin"] == "*"
    assert elsewhere.get(DOORS[setting]).status_code in {200, 204}


@pytest.mark.parametrize("setting", DOORS)
def test_0_counts_nothing(setting, settings):
    setattr(settings, setting, 0)
    assert all(Client().get(DOORS[setting]).status_code in {200, 204} for _ in range(5))


def test_one_door_does_not_use_up_another(settings):
    settings.FEATURES_PER_MINUTE = settings.TILES_PER_MINUTE = 1
    client = Client()
    for door in (DOORS["FEATURES_PER_MINUTE"], DOORS["TILES_PER_MINUTE"]):
        assert client.get(door).status_code in {200, 204}


def test_the_wait_is_a_service_exception_to_map_clients(settings):
    settings.FEATURE_INFO_PER_MINUTE = 1
    client = Client()
    client.get(DOORS["FEATURE_INFO_PER_MINUTE"])
    refused = client.get(DOORS["FEATURE_INFO_PER_MINUTE"])
    assert "ServiceException" in refused.content.decode()
    assert "Demasiadas consultas" in refused.content.decode()


def test_a_day_of_panning_does_not_meet_it(client):
    """Fifty screens of tiles one after the other, faster than anybody moves a map."""
    for _ in range(50):
        assert client.get("/tiles/parcels/16/18465/32860.mvt").status_code in {200, 204}
