"""Acts on the same ground at once: each predio and each square metre goes to one of them, the rest are told."""

from fractions import Fraction

import pytest
from django.db import connection
from shapely import LineString

from cadastre.geometry.overlap import OverlapsNeighbour
from cadastre.models import ParcelVersion, PropertyUnit
from cadastre.operations.adjust_boundary import ByNewLines, adjust_boundary
from cadastre.operations.deed.locks import PredioRetired
from cadastre.operations.deed.perform import GroundTaken
from cadastre.operations.deed.rows import RegisterMovedOn
from cadastre.operations.merge_parcels import merge_parcels
from cadastre.operations.register_parcel import NewGround, register_parcel
from cadastre.operations.retire_parcel import retire_parcel
from gis_project.territory.queries.integrity_laws import audit
from tests import filings, register
from tests.cadastre.operations.ground_scenes import key
from tests.shapes import at, rectangle, square
from tests.threads import in_threads


def broken() -> dict[str, int]:
    return {f.law.name: f.count for f in audit() if f.count and not f.law.is_tolerated}


def test_ground_is_registered_once(fresh_database):
    """Eight shifted rectangles, each on the ground of the next: only some that do not overlap get in."""
    town = register.town()
    papers = [filings.complete(town, "register_parcel") for _ in range(8)]

    def enter(number):
        ground = NewGround(shape=rectangle(4 * number, 0, 20, 20), kind="URBAN")
        return register_parcel(municipality=town, ground=ground, filing=papers[number])

    outcomes = in_threads(enter, 8)
    refused = [o for o in outcomes if isinstance(o, Exception)]
    assert {type(o) for o in refused} <= {OverlapsNeighbour, GroundTaken, RegisterMovedOn}
    assert 1 <= 8 - len(refused) <= 2
    assert ParcelVersion.objects.known().filter(valid__upper_inf=True).count() == 8 - len(refused)
    assert broken() == {}


def test_a_lot_is_united_with_one_neighbour_only(fresh_database):
    """Five lots in a row of one owner: each pair of neighbours is asked to become one, and all boundaries to move.

    +---+---+---+---+---+
    | 0 | 1 | 2 | 3 | 4 |
    +---+---+---+---+---+
    """
    town = register.town()
    act = register.operation(town)
    lots = [register.predio(act, square(20 * n, 0), key(n + 1)) for n in range(5)]
    rosa = register.holder(act, lots[0], "Rosa Quishpe", "1700000001", share=Fraction(1)).party
    for lot in lots[1:]:
        register.holder(act, lot, "", share=Fraction(1), party=rosa)
    united = [filings.complete(town, "merge_parcels") for _ in range(4)]
    moved = [filings.complete(town, "adjust_boundary") for _ in range(4)]

    def work(number):
        first = number // 2
        pair = lots[first : first + 2]
        if number % 2:
            return merge_parcels(units=pair, filing=united[first])
        x = 20 * (first + 1) - 3
        line = ByNewLines((LineString([at(x, -5), at(x, 25)]),))
        return adjust_boundary(units=pair, change=line, filing=moved[first])

    outcomes = in_threads(work, 8)
    refused = {type(o) for o in outcomes if isinstance(o, Exception)}
    assert refused <= {PredioRetired, RegisterMovedOn}
    ids = [
        s.unit_id
        for o in outcomes
        if not isinstance(o, Exception) and o.verb == "merge_parcels"
        for s in o.before
    ]
    assert len(ids) == len(set(ids)) > 0
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(ST_Area(geom)) FROM cadastre_parcelversion"
            " WHERE upper_inf(recorded) AND upper_inf(valid)"
        )
        (area,) = cursor.fetchone()
    assert area == pytest.approx(2000, abs=0.001)
    assert broken() == {}


def test_of_two_predios_on_one_ground_the_last_takes_it_along(fresh_database):
    """Four lots with two predios each, all eight retired at once: no ground is left without a predio."""
    town = register.town()
    act = register.operation(town)
    twins = []
    for number in range(4):
        first = register.predio(act, square(40 * number, 0), key(number + 1))
        other = PropertyUnit.objects.create(
            municipality=town, opened_by=act, parcel=first.parcel, state="OBSERVED"
        )
        register.add_key(act, other, key(number + 11))
        twins += [first, other]
    papers = [filings.complete(town, "retire_parcel") for _ in twins]

    def leave(place):
        return retire_parcel(unit=twins[place], filing=papers[place])

    outcomes = in_threads(leave, 8)
    assert [o for o in outcomes if isinstance(o, Exception)] == []
    assert sum(bool(o.ledger) for o in outcomes) == 4
    assert not ParcelVersion.objects.known().filter(valid__upper_inf=True).exists()
    assert broken() == {}
