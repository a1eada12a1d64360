"""Every route × audience × municipality gives what the table says; a new route needs a row."""

import pytest
from django.test import Client

from tests.gis_project.conftest import AUDIENCES
from tests.gis_project.routes import known_routes, table

ROWS = {row.route: row for row in table()}


def test_every_route_has_a_row_and_every_row_a_route():
    assert known_routes() == set(ROWS)


def test_every_row_answers_every_audience():
    for row in ROWS.values():
        assert set(row.expected) in ({"any"}, {"mejia", "celica"}), row.route
        for expected in row.expected.values():
            assert set(expected) == set(AUDIENCES), row.route


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("route", ROWS)
def test_the_table_holds(route, audience, visitor):
    row = ROWS[route]
    client = visitor(audience)
    got = {place: client.get(row.example(place)).status_code for place in row.expected}
    assert got == {place: row.expected[place][audience] for place in row.expected}


@pytest.mark.parametrize("route", ROWS)
def test_nothing_is_written_without_the_token(route, walked_town):
    client = Client(enforce_csrf_checks=True, REMOTE_ADDR="198.51.100.20")
    address = ROWS[route].example("mejia")
    for write in (client.post, client.put, client.patch, client.delete):
        assert write(address).status_code in {302, 400, 401, 403, 404, 405}


@pytest.mark.parametrize("route", [route for route in ROWS if "<slug:municipality>" in route])
def test_a_municipality_that_is_not_there(route, visitor):
    address = ROWS[route].example("mejia").replace("mejia", "ninguna", 1)
    assert visitor("technician").get(address).status_code == 404
