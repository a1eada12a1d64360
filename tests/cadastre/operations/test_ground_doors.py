"""The acts on the ground as web, API and proposals ask for them: plain JSON in, the same outcome out."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from uuid import uuid4

import pytest
import shapely
from shapely import LineString

from cadastre.acts.act_inputs import InputsRefused
from cadastre.models import SpatialSource
from cadastre.operations.carry_out_act import carry_out_act
from cadastre.operations.deed.door import PartyNotFound
from cadastre.operations.ground_doors import VerticesElsewhere
from gis_project.core.areas import reprojected
from gis_project.core.errors import NotFound
from tests import filings, register
from tests.cadastre.operations.ground_scenes import corners, key, tolerance_ordinance
from tests.shapes import at, rectangle, square

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    """Two lots of Rosa's side by side: 400 m² each, and so says the title."""
    town = register.town()
    tolerance_ordinance(town)
    act = register.operation(town)
    lots = [
        register.predio(act, square(20 * n, 0), key(n + 1), titled_area_m2=Decimal(400))
        for n in range(2)
    ]
    rosa = register.holder(act, lots[0], "Rosa Quishpe", "1700000001", share=Fraction(1))
    register.holder(act, lots[1], "", share=Fraction(1), party=rosa.party)
    return town, lots, rosa.party


def ask(town, verb, told, **fields):
    filing = filings.complete(town, verb, **fields)
    return carry_out_act(verb, told, municipality=town, filing=filing)


def test_merge(scene):
    town, *_ = scene
    outcome = ask(town, "merge_parcels", {"unit": key(1), "others": [key(2)], "key": key(2)})
    assert (outcome.after[-1].key, outcome.after[-1].legal_area_m2) == (key(2), Decimal(800))


def test_adjust_by_a_line_in_another_crs(scene):
    """The line drawn in the zone to the east comes to the same millimetres."""
    town, *_ = scene
    drawn = LineString([at(15, -5), at(15, 25)])
    (eastern,) = reprojected([drawn], to_srid=32718)
    change = {"by": "lines", "lines": [shapely.to_wkt(eastern, rounding_precision=6)]}
    told = {"unit": key(1), "others": [key(2)], "change": change, "srid": 32718}
    outcome = ask(town, "adjust_boundary", told)
    assert [state.legal_area_m2 for state in outcome.after] == [Decimal(300), Decimal(500)]


def test_adjust_by_vertices(scene):
    town, *_ = scene
    intents = [
        {"do": "insert", "at": at(20, 10)},
        {"do": "move", "at": at(20, 10), "to": at(21.0004, 10)},
    ]
    told = {
        "unit": key(1),
        "others": [key(2)],
        "change": {"by": "vertices", "intents": intents},
    }
    outcome = ask(town, "adjust_boundary", told)
    assert at(21, 10) in corners(outcome.after[0].geom) & corners(outcome.after[1].geom)
    with pytest.raises(VerticesElsewhere):
        ask(town, "adjust_boundary", told | {"srid": 32718})


def test_rectify_keeps_the_survey_that_it_was_told(scene):
    town, *_ = scene
    told = {
        "unit": key(2),
        "surveyed": shapely.to_wkt(rectangle(20, 0, 21, 20)),
        "survey": {"method": "GNSS_RTK", "surveyor": "Alma Prueba", "accuracy_m": "0.02"},
    }
    rehearsed = ask(town, "rectify_area", told, dry_run=True)
    assert (rehearsed.obstacles, SpatialSource.objects.count()) == ((), 0)
    outcome = ask(town, "rectify_area", told)
    assert outcome.facts == rehearsed.facts
    survey = SpatialSource.objects.get(operation=outcome.operation_id)
    assert (survey.accuracy_m, survey.source_srid) == (Decimal("0.020"), 32717)


def test_one_filing_rehearsed_and_made_keeps_its_survey(scene):
    town, lots, _ = scene
    survey = SpatialSource(municipality=town, method="TAPE")
    filing = filings.complete(town, "rectify_area", spatial_sources=[survey])
    told = {"unit": str(lots[0].pk), "titled_area_m2": "400"}
    for dry_run in (True, False):
        filing = replace(filing, dry_run=dry_run)
        carry_out_act("rectify_area", told, municipality=town, filing=filing)
    assert SpatialSource.objects.get().method == "TAPE"


def test_retire(scene):
    town, *_ = scene
    assert ask(town, "retire_parcel", {"unit": key(1)}).after[0].state == "RETIRED"


def test_register(scene):
    town, _, rosa = scene
    parish = register.parish(town)
    told = {
        "shape": shapely.to_wkt(square(40, 0)),
        "kind": "RURAL",
        "holders": [{"party": str(rosa.pk), "share": "1/1"}],
        "block_of": key(1),
        "parish": parish.dpa_code,
        "titled_area_m2": "399.5",
    }
    (after,) = ask(town, "register_parcel", told).after
    assert (after.key, after.titled_area_m2) == (key(3), Decimal("399.5"))
    with pytest.raises(NotFound, match="parroquia"):
        ask(town, "register_parcel", told | {"parish": "110350"})
    strangers = [{"party": str(uuid4()), "share": None}]
    with pytest.raises(PartyNotFound):
        ask(town, "register_parcel", told | {"holders": strangers})


@pytest.mark.parametrize(
    ("verb", "told"),
    [
        ("merge_parcels", {"unit": "1"}),
        ("merge_parcels", {"unit": "1", "others": ["2"], "force": True}),
        ("adjust_boundary", {"unit": "1", "others": ["2"], "change": {"by": "hand"}}),
        ("rectify_area", {"unit": "1", "titled_area_m2": "-1"}),
        ("rectify_area", {"unit": "1", "survey": {"method": "EYE"}}),
        ("register_parcel", {"unit": "1", "shape": "POINT EMPTY", "kind": "URBAN"}),
        ("retire_parcel", {}),
    ],
)
def test_what_is_malformed_is_refused(scene, verb, told):
    with pytest.raises(InputsRefused):
        ask(scene[0], verb, told)
