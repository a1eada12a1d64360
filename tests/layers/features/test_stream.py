"""Pages of features from the database, as the public role sees them."""

import json
from dataclasses import replace

import pytest
from django.conf import settings

from layers.catalogue import layer_named
from layers.features import stream
from layers.features.box import parse_box
from layers.features.conditions import equal_to, of_municipality, valid_during, within
from layers.features.feature_query import FeatureQuery
from layers.features.published_crs import CRS84, STORAGE_CRS, published_crs
from layers.features.stream import FeatureStream
from layers.features.validity import parse_valid_days
from tests.layers.published_town import KEYS

pytestmark = pytest.mark.usefixtures("published_town")
PARCELS = FeatureQuery(layer=layer_named("parcels"), limit=None)


def read(query: FeatureQuery) -> list[dict]:
    return features_of(FeatureStream(query))


def features_of(features: FeatureStream) -> list[dict]:
    return [feature for piece in features for feature in json.loads(f"[{piece}]")]


def keys(query: FeatureQuery) -> set[str]:
    return {feature["properties"]["key"] for feature in read(query)}


def on(text: str) -> FeatureQuery:
    days = parse_valid_days(text, time_zone=settings.TIME_ZONE)
    return replace(PARCELS, with_history=True, conditions=(valid_during(days),))


def test_what_is_valid_today_comes_once_in_the_order_of_its_identity():
    ids = [feature["id"] for feature in read(PARCELS)]
    assert len(ids) == 13
    assert ids == sorted(set(ids))


def test_a_feature_has_the_listed_fields_and_no_other():
    feature = read(PARCELS)[0]
    assert list(feature) == ["type", "id", "geometry", "properties"]
    listed = {
        *PARCELS.layer.field_names,
        "municipality",
        "version",
        "valid_from",
        "valid_to",
        "updated",
    }
    assert set(feature["properties"]) == listed


def test_one_municipality_has_only_its_own():
    celica = replace(PARCELS, conditions=(of_municipality("celica"),))
    assert {f["properties"]["municipality"] for f in read(celica)} == {"celica"}
    assert len(read(celica)) == 3


def test_a_box_takes_what_it_touches_and_not_what_its_envelope_nears():
    """Lots 0 and 1 share the side at x = 774020: a box around it touches both."""
    box = parse_box("774019,9943005,774021,9943006", crs=STORAGE_CRS)
    assert keys(replace(PARCELS, conditions=(within(box),))) == {KEYS[0], KEYS[1]}


@pytest.mark.parametrize(
    "uri", ["CRS84", "EPSG/0/4326", "EPSG/0/3857", "EPSG/0/32718", "EPSG/0/32717"]
)
def test_the_same_box_in_every_crs_finds_the_same(uri):
    crs = CRS84 if uri == "CRS84" else published_crs(f"http://www.opengis.net/def/crs/{uri}")
    own = replace(PARCELS, crs=crs, conditions=(equal_to("key", KEYS[7]),))
    ring = read(own)[0]["geometry"]["coordinates"][0][0]
    a = [sum(numbers) / 4 for numbers in zip(*ring[:4], strict=True)]
    box = parse_box(f"{a[0]},{a[1]},{a[0]},{a[1]}", crs=crs)
    assert keys(replace(PARCELS, conditions=(within(box),))) == {KEYS[7]}


def test_axes_follow_the_authority():
    lon, lat = read(PARCELS)[0]["geometry"]["coordinates"][0][0][0]
    assert (lon < -75, -5 < lat < 1) == (True, True)
    lat_lon = replace(PARCELS, crs=published_crs("EPSG:4326"))
    assert read(lat_lon)[0]["geometry"]["coordinates"][0][0][0] == [lat, lon]


def test_metres_keep_the_millimetre_grid():
    query = replace(PARCELS, crs=STORAGE_CRS, conditions=(equal_to("key", KEYS[0]),))
    ring = read(query)[0]["geometry"]["coordinates"][0][0]
    assert [774_000, 9_943_000] in ring


def test_history_shows_the_version_of_the_day():
    def use(text):
        return {
            f["properties"]["land_use"] for f in read(on(text)) if f["properties"]["key"] == KEYS[2]
        }

    assert use("2023-12-31") == {"FARMING"}
    assert use("2024-01-01") == {"COMMERCIAL"}
    assert use("2023-12-31/2024-01-01") == {"FARMING", "COMMERCIAL"}


def test_what_has_ended_is_found_only_on_its_days():
    assert KEYS[10] in keys(on("2022-06-01"))
    assert KEYS[10] in keys(on("../2022-12-31"))
    assert KEYS[10] not in keys(on("2023-01-01"))
    assert KEYS[10] not in keys(PARCELS)


@pytest.mark.parametrize("conditions", [(), (of_municipality("mejia"),)], ids=["all", "picked"])
@pytest.mark.parametrize("size", [1, 3, 4, 100])
@pytest.mark.parametrize("few", [0, 2_000], ids=["walking", "picking"])
def test_pages_together_are_the_whole_whatever_their_size(monkeypatch, conditions, size, few):
    monkeypatch.setattr(stream, "FEW", few)
    monkeypatch.setattr(stream, "MANY", few)
    monkeypatch.setattr(stream, "FIRST_BATCH", 2)
    monkeypatch.setattr(stream, "BATCH", 3)
    whole = replace(PARCELS, conditions=conditions)
    expected = [feature["id"] for feature in read(whole)]
    page, found = replace(whole, limit=size), []
    for _ in range(20):
        features = FeatureStream(page)
        ids = [feature["id"] for feature in features_of(features)]
        assert len(ids) <= size
        assert features.returned == len(ids)
        found += ids
        if features.next_after is None:
            break
        page = replace(page, after=features.next_after)
    assert found == expected


def test_both_versions_of_an_interval_are_paged_apart():
    query = replace(on("2020-01-01/.."), limit=1)
    found = []
    while True:
        features = FeatureStream(query)
        found += features_of(features)
        if features.next_after is None:
            break
        query = replace(query, after=features.next_after)
    assert len(found) == 15
    assert len({(f["id"], f["properties"]["version"]) for f in found}) == 15


def test_matches_are_counted_on_the_first_page_and_later_only_when_asked():
    first = FeatureStream(replace(PARCELS, limit=5))
    list(first)
    assert first.matched(is_asked=False) == 13
    second = FeatureStream(replace(PARCELS, limit=5, after=first.next_after))
    list(second)
    assert second.matched(is_asked=False) is None
    assert second.matched(is_asked=True) == 13


def test_a_dear_count_is_left_out_unless_asked(monkeypatch):
    monkeypatch.setattr(stream, "COUNTED", 5)
    features = FeatureStream(replace(PARCELS, limit=5))
    list(features)
    assert features.matched(is_asked=False) is None
    assert features.matched(is_asked=True) == 13


def test_a_number_that_json_does_not_know_is_null():
    roads = FeatureQuery(layer=layer_named("roads"))
    (road,) = read(roads)
    assert road["properties"]["width_m"] is None
    assert road["properties"]["name"] == 'Calle «Ñ» & "comillas" <b>'


def test_a_layer_without_features_has_an_empty_page():
    features = FeatureStream(FeatureQuery(layer=layer_named("urban_limits")))
    assert list(features) == []
    assert features.matched(is_asked=False) == 0
