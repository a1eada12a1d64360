"""Where a parcel came from and what became of it, on a day and as known at an instant."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from shapely import LineString

from cadastre.models import Lineage as Edge
from cadastre.operations.merge_parcels import merge_parcels
from cadastre.operations.retire_parcel import retire_parcel
from cadastre.operations.split_parcel import ByLines, split_parcel
from cadastre.queries import lineage
from cadastre.queries.lineage import lineage_of
from gis_project.territory.clock import today_in
from tests import filings, register
from tests.cadastre.operations.ground_scenes import key
from tests.shapes import at, square

pytestmark = pytest.mark.django_db

SPLIT_ON, MERGED_ON = date(2021, 5, 4), date(2023, 6, 7)


@pytest.fixture
def story():
    """A lot of 20 × 20 m, split in 2021; in 2023 its eastern half and the lot beyond become one.

    2020          2021            2023
    lot ── split ─┬─ west
                  └─ east ─┬─ merge ── whole
    beyond ────────────────┘
    """
    town = register.town()
    act = register.operation(town)
    lot = register.predio(act, square(0, 0, 20), key(1))
    beyond = register.predio(act, square(20, 0, 20), key(2))
    rosa = register.holder(act, lot, "Rosa Quishpe", "1700000001", share=Fraction(1))
    register.holder(act, beyond, "", share=Fraction(1), party=rosa.party)
    cut = ByLines((LineString([at(10, -5), at(10, 25)]),))
    filing = filings.complete(town, "split_parcel", on=SPLIT_ON)
    outcome = split_parcel(unit=lot, cut=cut, filing=filing, keys=[key(11), key(12)])
    between = datetime.now(UTC)
    halves = {state.key: state.unit_id for state in outcome.after[1:]}
    east = _eastern(halves.values())
    filing = filings.complete(town, "merge_parcels", on=MERGED_ON)
    merged = merge_parcels(units=[east, beyond], filing=filing, key=key(20))
    whole = _unit(merged.after[-1].unit_id)
    west = next(_unit(unit) for unit in halves.values() if unit != east.pk)
    return {
        "town": town,
        "lot": lot,
        "east": east,
        "west": west,
        "beyond": beyond,
        "whole": whole,
        "between": between,
    }


def _unit(pk):
    return register.PropertyUnit.objects.select_related("municipality").get(pk=pk)


def _eastern(units):
    def west_edge(unit):
        return register.ParcelVersion.objects.known().get(parcel=unit.parcel_id).geom.extent[0]

    return max((_unit(unit) for unit in units), key=west_edge)


def graph(story, name, *, on=None, known=None):
    town = story["town"]
    return lineage_of(
        story[name].parcel_id, municipality=town, on=on or today_in(town), known=known
    )


def names(story, found):
    by_parcel = {unit.parcel_id: name for name, unit in story.items() if hasattr(unit, "parcel_id")}
    return {by_parcel[node.parcel_id]: node.generation for node in found.nodes}


def test_descendants_are_told_by_generation(story):
    found = graph(story, "lot")
    assert names(story, found) == {"lot": 0, "west": 1, "east": 1, "whole": 2}
    assert [act.verb for act in found.acts] == ["split_parcel", "merge_parcels"]
    assert len(found.edges) == 3
    assert found.is_whole


def test_ancestors_are_told_by_generation(story):
    found = graph(story, "whole")
    assert names(story, found) == {"lot": -2, "east": -1, "beyond": -1, "whole": 0}


def test_a_sibling_is_neither_ancestor_nor_descendant(story):
    assert names(story, graph(story, "west")) == {"lot": -1, "west": 0}


def test_a_node_says_when_it_was_what_it_measured_and_what_ended_it(story):
    found = graph(story, "lot")
    lot = found.node(story["lot"].parcel_id)
    assert (lot.key, lot.state) == (key(1), "RETIRED")
    assert (lot.valid_from, lot.valid_to) == (register.EPOCH, SPLIT_ON)
    assert lot.area_m2 == Decimal("400.0000000")
    assert lot.ended_by == found.acts[0].operation_id
    west = found.node(story["west"].parcel_id)
    assert (west.state, west.valid_to, west.ended_by) == ("ACTIVE", None, None)


def test_acts_tell_their_documents_and_a_ledger_that_sums_to_zero(story):
    (split, merge) = graph(story, "lot").acts
    assert split.title == "Fraccionamiento o subdivisión"
    assert split.valid_from == SPLIT_ON
    assert {document.kind for document in split.documents} >= {"INSCRIPTION"}
    assert all(document.issued_on == SPLIT_ON for document in split.documents)
    for act in (split, merge):
        assert act.ledger
        assert act.ledger_sum == 0
    first = split.ledger[0]
    assert (first.kind, first.key) == ("CLOSED", key(1))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2021, 5, 3), {"lot": 0}),
        (SPLIT_ON, {"lot": 0, "west": 1, "east": 1}),
        (MERGED_ON - timedelta(days=1), {"lot": 0, "west": 1, "east": 1}),
        (MERGED_ON, {"lot": 0, "west": 1, "east": 1, "whole": 2}),
    ],
)
def test_the_graph_is_that_of_the_day(story, day, expected):
    found = graph(story, "lot", on=day)
    assert names(story, found) == expected
    state = found.node(story["lot"].parcel_id).state
    assert state == ("ACTIVE" if day < SPLIT_ON else "RETIRED")


def test_what_was_recorded_later_was_not_known_then(story):
    found = graph(story, "lot", known=story["between"])
    assert names(story, found) == {"lot": 0, "west": 1, "east": 1}
    assert found.node(story["east"].parcel_id).state == "ACTIVE"
    before = found.nodes[0].valid_from
    assert before == register.EPOCH


def test_a_predio_retired_for_good_names_the_act(story):
    town, west = story["town"], story["west"]
    filing = filings.complete(town, "retire_parcel", on=date(2024, 1, 2))
    retire_parcel(unit=west, filing=filing)
    found = graph(story, "west")
    node = found.node(west.parcel_id)
    (act,) = (act for act in found.acts if act.operation_id == node.ended_by)
    assert (act.verb, node.valid_to) == ("retire_parcel", date(2024, 1, 2))
    assert act.ledger_sum == 0


def test_a_parcel_that_began_and_ended_on_one_day_is_told(story):
    town, whole = story["town"], story["whole"]
    cut = ByLines((LineString([at(25, -5), at(25, 25)]),))
    split_parcel(unit=whole, cut=cut, filing=filings.complete(town, "split_parcel", on=MERGED_ON))
    found = graph(story, "lot")
    node = found.node(whole.parcel_id)
    assert (node.state, node.valid_from, node.valid_to) == ("RETIRED", MERGED_ON, MERGED_ON)
    assert node.key == key(20)
    assert node.area_m2 == Decimal("600.0000000")


def test_a_cycle_does_not_stop_the_walk(story):
    act = register.operation(story["town"], "merge_parcels")
    Edge.objects.create(parent=story["whole"].parcel, child=story["lot"].parcel, operation=act)
    assert names(story, graph(story, "lot")).keys() == {"lot", "west", "east", "whole", "beyond"}


def test_bounds_are_told_where_the_graph_goes_on(story, monkeypatch):
    monkeypatch.setattr(lineage, "GENERATIONS_AT_MOST", 1)
    found = graph(story, "lot")
    assert names(story, found) == {"lot": 0, "west": 1, "east": 1}
    assert not found.is_whole
    assert [node.parcel_id for node in found.nodes if node.goes_on] == [story["east"].parcel_id]
    monkeypatch.setattr(lineage, "GENERATIONS_AT_MOST", 12)
    monkeypatch.setattr(lineage, "NODES_AT_MOST", 2)
    cut_short = graph(story, "lot")
    assert len(cut_short.nodes) == 2
    assert not cut_short.is_whole
