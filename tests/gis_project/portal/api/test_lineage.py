"""GET …/lineage, lineage.svg and known=: the graph for anyone, what was known for those in office."""

import xml.etree.ElementTree as ET
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest

from cadastre.models import Operation, Party
from cadastre.operations.transfer_rights import Taker, transfer_rights
from cadastre.queries.properties import find_property
from gis_project.territory.models import Municipality
from tests import filings
from tests.browser.town import BEYOND_KEY, EAST_KEY, HISTORY_KEY, KEY, WEST_KEY, WHOLE_KEY
from tests.gis_project.canary_town import secrets

PARCEL = f"/api/mejia/parcels/{HISTORY_KEY}"
ADDRESS = f"{PARCEL}/lineage"


def instant(when: datetime) -> str:
    return when.isoformat().replace("+00:00", "Z")


def before_the_acts() -> str:
    first = Operation.objects.get(municipality__slug="mejia", verb="split_parcel")
    return instant(first.recorded_at.astimezone(UTC) - timedelta(microseconds=1))


def test_anyone_reads_the_graph_with_its_acts(visitor):
    told = visitor("anonymous").get(ADDRESS).json()
    assert {node["key"]: node["generation"] for node in told["nodes"]} == {
        HISTORY_KEY: 0,
        WEST_KEY: 1,
        EAST_KEY: 1,
        WHOLE_KEY: 2,
    }
    assert (told["is_whole"], told["key"], told["known"]) == (True, HISTORY_KEY, None)
    assert [act["verb"] for act in told["acts"]] == ["split_parcel", "merge_parcels"]
    assert {act["ledger_sum_m2"] for act in told["acts"]} == {"0.0000000"}
    ids = {node["parcel"] for node in told["nodes"]}
    assert all({edge["parent"], edge["child"]} <= ids for edge in told["edges"])
    documents = {tuple(document) for act in told["acts"] for document in act["documents"]}
    assert documents == {("kind", "title", "number", "issued_on")}


def test_the_graph_of_a_day_ends_there(visitor):
    told = visitor("anonymous").get(f"{ADDRESS}?on=2022-01-01").json()
    assert {node["key"] for node in told["nodes"]} == {HISTORY_KEY, WEST_KEY, EAST_KEY}
    assert {node["key"]: node["state"] for node in told["nodes"]}[EAST_KEY] == "ACTIVE"


def test_the_drawing_is_one_svg_with_a_name_and_always_the_same(visitor):
    client = visitor("anonymous")
    answer = client.get(f"{ADDRESS}.svg")
    assert answer["Content-Type"].startswith("image/svg+xml")
    root = ET.fromstring(answer.content)
    spaces = {"s": "http://www.w3.org/2000/svg"}
    assert root.find("s:title", spaces).text.startswith("Filiación del predio")
    assert root.find("s:desc", spaces).text
    assert len(root.findall(".//s:rect", spaces)) == 4
    assert client.get(f"{ADDRESS}.svg").content == answer.content


@pytest.mark.parametrize("address", [PARCEL, ADDRESS, f"{ADDRESS}.svg"])
def test_what_was_known_is_asked_by_those_in_office_only(visitor, address):
    known = before_the_acts()
    for audience, status in (
        ("anonymous", 403),
        ("citizen", 403),
        ("neighbour", 403),
        ("technician", 200),
        ("auditor", 200),
    ):
        answer = visitor(audience).get(address, {"known": known})
        assert answer.status_code == status, audience


def test_before_the_split_was_recorded_the_register_said_one_lot(visitor):
    told = visitor("technician").get(PARCEL, {"known": before_the_acts()}).json()
    assert (told["state"], told["key"], told["legal_area_m2"]) == (
        "ACTIVE",
        HISTORY_KEY,
        "720.0000",
    )
    assert "value" not in told
    assert "holders" not in told
    assert "ended" not in told
    graph = visitor("technician").get(ADDRESS, {"known": before_the_acts()}).json()
    assert [node["key"] for node in graph["nodes"]] == [HISTORY_KEY]


def test_holders_known_then_only_for_those_who_see_former_ones(visitor):
    told = visitor("auditor").get(PARCEL, {"known": before_the_acts()}).json()
    assert [holder["share"] for holder in told["holders"]] == ["1/1"]


def test_a_retired_predio_says_what_became_of_it(visitor):
    told = visitor("anonymous").get(PARCEL).json()
    assert (told["state"], told["key"]) == ("RETIRED", None)
    assert told["ended"]["on"] == "2021-05-04"
    assert told["ended"]["title"] == "Fraccionamiento o subdivisión"
    assert [one["key"] for one in told["ended"]["became"]] == [WEST_KEY, WHOLE_KEY]


def test_on_a_day_before_the_split_it_is_in_force_with_its_ground(visitor):
    told = visitor("anonymous").get(f"{PARCEL}?on=2021-05-03").json()
    assert (told["state"], told["key"], told["legal_area_m2"]) == (
        "ACTIVE",
        HISTORY_KEY,
        "720.0000",
    )
    after = visitor("anonymous").get(f"/api/mejia/parcels/{WEST_KEY}?on=2021-05-04").json()
    assert (after["legal_area_m2"], after["valid_from"]) == ("420.0000", "2021-05-04")


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("known=2026-01-01", 400, "bad_request"),
        ("known=2026-01-01T12:00:00", 400, "bad_request"),
        ("known=2026-13-01T12:00:00Z", 400, "bad_request"),
        ("known=9999-12-31T23:59:59Z", 422, "not_yet_known"),
        ("known=0001-01-01T00:00:00Z", 404, "property_not_found"),
        ("on=2019-12-31", 404, "not_in_register_then"),
    ],
)
def test_refusals_are_problems(visitor, query, status, code):
    answer = visitor("technician").get(f"{ADDRESS}?{query}")
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_the_page_of_a_retired_predio_leads_to_those_that_follow(visitor):
    page = visitor("anonymous").get(f"/mejia/p/{HISTORY_KEY}")
    text = page.content.decode()
    assert page.status_code == 200
    assert "Este predio fue dado de baja el 04/05/2021" in text
    for follower in (WEST_KEY, WHOLE_KEY):
        assert f'href="/mejia/p/{follower}"' in text
    assert "720,00" in text


def test_the_page_of_a_past_day_says_so(visitor):
    text = visitor("anonymous").get(f"/mejia/p/{KEY}?on=2021-01-01").content.decode()
    assert "Usted ve el predio como era el 1 de enero de 2021." in text
    assert "Pague" not in text
    assert visitor("anonymous").get(f"/mejia/p/{KEY}?on=1.1.2021").status_code == 400
    assert visitor("anonymous").get(f"/mejia/p/{KEY}?on=2019-12-31").status_code == 404


@pytest.mark.parametrize("key", [HISTORY_KEY, WHOLE_KEY, BEYOND_KEY, KEY])
def test_the_history_page_names_nobody(visitor, key):
    page = visitor("anonymous").get(f"/mejia/p/{key}/history")
    assert page.status_code == 200
    text = page.content.decode()
    assert not [secret for secret in secrets() if secret in text]


def test_acts_on_holders_are_told_to_those_in_office_and_name_nobody(visitor):
    mejia = Municipality.objects.get(slug="mejia")
    unit = find_property(municipality=mejia, text=WHOLE_KEY)
    transfer_rights(
        unit=unit,
        cause="SALE",
        givers=[],
        takers=[Taker(party=Party.objects.filter(municipality=mejia).first(), share=Fraction(1))],
        filing=filings.complete(mejia, "transfer_rights", cause="SALE", on=date(2024, 1, 2)),
    )
    for audience, is_told in (("anonymous", False), ("technician", True)):
        text = visitor(audience).get(f"/mejia/p/{WHOLE_KEY}/history").content.decode()
        assert ("Transferencia de dominio" in text) is is_told
        assert not [secret for secret in secrets() if secret in text]
