"""A database that does not answer in time."""

import pytest
from sqlalchemy import func, text

from layers.features import public_engine as lane
from layers.features.public_engine import PublicLaneBusy, public_connection

pytestmark = pytest.mark.usefixtures("published_town")
ITEMS = "/ogc/collections/parcels/items"


@pytest.fixture
def impatient(monkeypatch):
    """The lane with a statement limit of a few milliseconds, instead of the role's three seconds."""
    monkeypatch.setattr(lane, "_SESSION", f"{lane._SESSION} -c statement_timeout=5ms")
    lane._engine.cache_clear()
    yield
    lane.public_engine().dispose()
    lane._engine.cache_clear()


@pytest.fixture
def slow(monkeypatch):
    """Every condition on a municipality takes its time."""
    monkeypatch.setattr(
        "layers.ogc.scope.of_municipality",
        lambda slug: lambda view: func.pg_sleep(1).is_not(None),
    )


@pytest.mark.usefixtures("impatient", "slow")
@pytest.mark.parametrize("address", [f"/mejia{ITEMS}", "/mejia/tiles/parcels/17/36900/65700.mvt"])
def test_a_cancelled_query_asks_to_come_back_and_shows_no_sql(client, address):
    response = client.get(address)
    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    assert response["Access-Control-Allow-Origin"] == "*"
    body = response.content.decode()
    assert "unavailable" in body
    for word in ("SELECT", "pg_sleep", "statement", "psycopg", "published"):
        assert word not in body


def test_a_crowd_waits_and_is_then_told_to_come_back(monkeypatch):
    monkeypatch.setattr(lane, "_WAIT_S", 0.05)
    lane._engine.cache_clear()
    held = [lane.public_engine().connect() for _ in range(lane._POOL_SIZE)]
    with pytest.raises(PublicLaneBusy), public_connection():
        pass
    for connection in held:
        connection.close()
    lane.public_engine().dispose()
    lane._engine.cache_clear()


def test_a_backend_that_was_ended_costs_no_request(client):
    assert client.get(ITEMS).status_code == 200
    with public_connection() as connection:
        own = connection.connection.dbapi_connection
    own.close()
    assert client.get(ITEMS).status_code == 200


def test_the_session_is_the_public_roles():
    with public_connection() as connection:
        row = connection.execute(
            text(
                "SELECT current_user, current_setting('statement_timeout'), current_setting('jit')"
            )
        ).one()
    assert tuple(row) == ("lindero_public", "3s", "off")
