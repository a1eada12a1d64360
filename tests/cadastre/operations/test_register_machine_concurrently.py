"""Random acts by many hands at once: whatever the order, it is as if they had come one after another.

Each round lets four hands act on a few predios together; then every law must hold (L1 to L4), the ground must
measure what the ledgers say (whole millimetres), and what an act found in a predio must be what the
act before it left there. 6 rounds in the default suite, 150 behind `-m slow`.
"""

from collections import defaultdict
from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest
import shapely
from shapely import LineString

from cadastre.geometry.refusal import GeometryRefused
from cadastre.models import Operation, ParcelVersion, Party, PropertyUnit
from cadastre.models.geometry_edge import to_shapely
from cadastre.operations.adjust_boundary import BoundaryUnchanged, ByNewLines, adjust_boundary
from cadastre.operations.correct_attributes import NothingToCorrect, correct_attributes
from cadastre.operations.deed.locks import PredioRetired
from cadastre.operations.deed.perform import GroundTaken
from cadastre.operations.deed.rows import RegisterMovedOn
from cadastre.operations.merge_parcels import HoldersDiffer, merge_parcels
from cadastre.operations.split_parcel import ByLines, ByStrips, split_parcel
from cadastre.operations.transfer_rights import NothingToTransfer, Taker, transfer_rights
from gis_project.territory.queries.integrity_laws import audit
from tests import filings, register
from tests.cadastre.operations.ground_scenes import key
from tests.cadastre.operations.register_model import twice_mm2
from tests.shapes import square
from tests.threads import in_threads

HANDS, SIDE_M, COLUMNS, ROWS = 4, 20, 3, 2
REFUSALS = (
    BoundaryUnchanged,
    GeometryRefused,
    GroundTaken,
    HoldersDiffer,
    NothingToCorrect,
    NothingToTransfer,
    PredioRetired,
    RegisterMovedOn,
)


@pytest.fixture
def town(fresh_database):
    """Six lots of one owner, two rows of three."""
    place = register.town()
    act = register.operation(place)
    lots = [
        register.predio(act, square(SIDE_M * (n % COLUMNS), SIDE_M * (n // COLUMNS)), key(n + 1))
        for n in range(COLUMNS * ROWS)
    ]
    first = register.holder(act, lots[0], "Rosa Quishpe", "1700000001", share=Fraction(1)).party
    for lot in lots[1:]:
        register.holder(act, lot, "", share=Fraction(1), party=first)
    return place


def live(town):
    active = PropertyUnit.objects.filter(municipality=town, state="ACTIVE")
    return list(active.select_related("municipality").order_by("number", "pk"))


def shapes(town):
    versions = ParcelVersion.objects.known().filter(municipality=town, valid__upper_inf=True)
    return {version.parcel_id: to_shapely(version.geom) for version in versions}


def across(random, shape):
    left, bottom, right, top = shape.bounds
    x, y = random.uniform(left, right), random.uniform(bottom, top)
    if random.random() < 0.5:
        return LineString([(x, bottom - 1), (x + 0.2, top + 1)])
    return LineString([(left - 1, y), (right + 1, y + 0.2)])


def any_act(random, units, ground, parties):
    """An act on one predio or on it and a neighbour, ready to be carried out in a hand's own connection."""
    unit = random.choice(units)
    shape = ground[unit.parcel_id]
    near = [other for other in units if other != unit and touch(shape, ground[other.parcel_id])]
    both = [unit, random.choice(near)] if near else [unit]
    line = across(random, shapely.union_all([ground[one.parcel_id] for one in both]))
    buyer, address = random.choice(parties), random.choice(["Calle Sucre", "Av. Loja"])
    kind = random.choice(["split", "strips", "merge", "adjust", "sell", "correct"])
    if kind in ("merge", "adjust") and len(both) < 2:
        kind = "strips"

    def carry_out():
        town = unit.municipality
        if kind == "split":
            filing = filings.complete(town, "split_parcel")
            return split_parcel(unit=unit, cut=ByLines((line,)), filing=filing)
        if kind == "strips":
            filing = filings.complete(town, "split_parcel")
            return split_parcel(unit=unit, cut=ByStrips(2, 45, "left"), filing=filing)
        if kind == "merge":
            return merge_parcels(units=both, filing=filings.complete(town, "merge_parcels"))
        if kind == "adjust":
            filing = filings.complete(town, "adjust_boundary", beyond_tolerance=True)
            return adjust_boundary(units=both, change=ByNewLines((line,)), filing=filing)
        if kind == "sell":
            filing = filings.complete(town, "transfer_rights", cause="SALE")
            takers = [Taker(party=buyer, share=Fraction(1))]
            return transfer_rights(unit=unit, cause="SALE", givers=[], takers=takers, filing=filing)
        return correct_attributes(
            unit=unit,
            attributes={"address": address},
            was_always_so=False,
            filing=filings.complete(town, "correct_attributes"),
        )

    return carry_out


def touch(shape, other):
    return shape.relate_pattern(other, "FF2F11212")


def check_one_after_another(done):
    """In the order of their instants, each act finds the predio's holders as the last one left them."""
    when = dict(
        Operation.objects.filter(pk__in=[one.operation_id for one in done]).values_list(
            "pk", "recorded_at"
        )
    )
    states = defaultdict(list)
    for outcome in sorted(done, key=lambda one: when[one.operation_id]):
        for before in outcome.before:
            if states[before.unit_id]:
                left = states[before.unit_id][-1]
                assert (before.revision, before.rights) == (left.revision, left.rights)
        for after in outcome.after:
            states[after.unit_id].append(after)
    for chain in states.values():
        assert all(state.state == "ACTIVE" for state in chain[:-1])


def live_together(town, rounds, seed):
    random = Random(seed)
    parties = [Party.objects.create(municipality=town, kind="NATURAL") for _ in range(2)]
    brought = 2_000_000 * SIDE_M * SIDE_M * COLUMNS * ROWS
    assert sum(map(twice_mm2, shapes(town).values())) == brought
    carried_out = 0
    for _ in range(rounds):
        units, ground = live(town), shapes(town)
        acts = [any_act(random, units, ground, parties) for _ in range(HANDS)]
        answers = in_threads(lambda number, acts=acts: acts[number](), HANDS)
        done = [one for one in answers if not isinstance(one, Exception)]
        assert [
            one for one in answers if isinstance(one, Exception) and not isinstance(one, REFUSALS)
        ] == []
        carried_out += len(done)
        check_one_after_another(done)
        lines = [line for outcome in done for line in outcome.ledger]
        assert sum(area for _, _, area in lines) == 0
        rounding = sum((area for _, kind, area in lines if kind == "ROUNDING"), Decimal(0))
        brought -= int(rounding * 2_000_000)
        assert sum(map(twice_mm2, shapes(town).values())) == brought
        assert {f.law.name: f.count for f in audit() if f.count and not f.law.is_tolerated} == {}
    assert carried_out > rounds


def test_6_rounds_of_4_hands(town):
    live_together(town, 6, seed=7)


@pytest.mark.slow
def test_150_rounds_of_4_hands(town):
    live_together(town, 150, seed=11)
