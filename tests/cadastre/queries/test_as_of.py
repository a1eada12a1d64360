"""What the register said stays said: answers stored before many later acts, asked again after them, are the same."""

import random
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
import shapely
from django.db import connection, transaction
from shapely import LineString

from cadastre.models import KeyAlias, ParcelVersion, PropertyUnit
from cadastre.models.geometry_edge import to_shapely
from cadastre.operations.adjust_boundary import ByNewLines, adjust_boundary
from cadastre.operations.merge_parcels import merge_parcels
from cadastre.operations.register_parcel import NewGround, register_parcel
from cadastre.operations.split_parcel import ByLines, split_parcel
from cadastre.operations.transfer_rights import Taker, transfer_rights
from cadastre.queries.fate import fate_of
from cadastre.queries.holders import holders_of
from cadastre.queries.lineage import lineage_of
from cadastre.queries.properties import find_property, property_facts
from gis_project.core.errors import DomainError
from tests import filings, register
from tests.cadastre.operations.ground_scenes import key
from tests.shapes import at, square

pytestmark = pytest.mark.long

FIRST_ACT = date(2022, 1, 1)
BEFORE_ALL = date(2021, 6, 1)
SMALLEST_M2 = 12


@dataclass(frozen=True)
class Asked:
    """One question to the register: a key, a civil date, and the instant at which it was asked."""

    key: str
    on: date
    known: object


def answer(town, asked: Asked) -> tuple:
    """Everything that the API and the pages tell of it, as values that compare."""
    unit = find_property(municipality=town, text=asked.key, on=asked.on, known=asked.known)
    facts = property_facts(unit, on=asked.on, known=asked.known)
    shape = facts.geom.wkb if facts.geom is not None else None
    return (
        replace(facts, geom=bytes(shape) if shape else None),
        holders_of(unit, on=asked.on, known=asked.known),
        fate_of(unit, on=asked.on, known=asked.known),
        lineage_of(unit.parcel_id, municipality=town, on=asked.on, known=asked.known),
    )


class Town:
    """Lots in a row of blocks, and one random act after the other upon them."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.day = FIRST_ACT
        self.registered = 0
        self.done: Counter[str] = Counter()
        with transaction.atomic():
            self.town = register.town()
            act = register.operation(self.town)
            lots = [
                register.predio(act, square(20 * (n % 4), 20 * (n // 4)), key(n + 1))
                for n in range(12)
            ]
            first = register.holder(act, lots[0], "Rosa Quishpe", "1700000001", share=Fraction(1))
            for lot in lots[1:]:
                register.holder(act, lot, "", share=Fraction(1), party=first.party)
            spare = register.predio(act, square(400, 400), key(99))
            other = register.holder(act, spare, "Luis Caiza", "1700000019", share=Fraction(1))
            self.parties = [first.party, other.party]

    def filing(self, verb: str, **more):
        return filings.complete(self.town, verb, on=self.day, beyond_tolerance=True, **more)

    def act(self) -> None:
        """One random act that the register accepts, valid on a later day than the one before."""
        self.day += timedelta(days=1)
        while True:
            verb = self.random.choice(("split", "split", "merge", "adjust", "transfer", "register"))
            try:
                getattr(self, verb)()
            except DomainError:
                continue
            self.done[verb] += 1
            return

    def any_ground(self):
        """A predio in force, and its shape."""
        units = PropertyUnit.objects.filter(state=PropertyUnit.State.ACTIVE).order_by("pk")
        unit = units[self.random.randrange(units.count())]
        return unit, self.shape(unit)

    def shape(self, unit):
        version = ParcelVersion.objects.known().get(parcel=unit.parcel_id, valid__upper_inf=True)
        return to_shapely(version.geom)

    def neighbour(self, unit, shape):
        around = ParcelVersion.objects.known().filter(
            valid__upper_inf=True, geom__dwithin=(register.geos(shapely.get_parts(shape)[0]), 0.001)
        )
        for version in around.exclude(parcel=unit.parcel_id).order_by("pk"):
            common = shape.boundary.intersection(to_shapely(version.geom).boundary)
            if common.length > 1:
                return PropertyUnit.objects.get(parcel=version.parcel_id), shapely.get_parts(
                    shapely.line_merge(common)
                )[0]
        raise DomainError("nobody beside it")

    def split(self) -> None:
        unit, shape = self.any_ground()
        if shape.area < SMALLEST_M2:
            raise DomainError("too small")
        west, south, east, north = shape.bounds
        part = self.random.uniform(0.35, 0.65)
        if east - west > north - south:
            x = west + part * (east - west)
            line = LineString([(x, south - 5), (x, north + 5)])
        else:
            y = south + part * (north - south)
            line = LineString([(west - 5, y), (east + 5, y)])
        split_parcel(unit=unit, cut=ByLines((line,)), filing=self.filing("split_parcel"))

    def merge(self) -> None:
        unit, shape = self.any_ground()
        other, _ = self.neighbour(unit, shape)
        merge_parcels(units=[unit, other], filing=self.filing("merge_parcels"))

    def adjust(self) -> None:
        unit, shape = self.any_ground()
        other, common = self.neighbour(unit, shape)
        (x0, y0), (x1, y1) = common.coords[0], common.coords[-1]
        ux, uy = (x1 - x0) / common.length, (y1 - y0) / common.length
        shift = self.random.choice((-1, 1)) * self.random.uniform(0.1, 0.4)
        line = LineString(
            [
                (x0 - 60 * ux - shift * uy, y0 - 60 * uy + shift * ux),
                (x1 + 60 * ux - shift * uy, y1 + 60 * uy + shift * ux),
            ]
        )
        adjust_boundary(
            units=[unit, other], change=ByNewLines((line,)), filing=self.filing("adjust_boundary")
        )

    def transfer(self) -> None:
        unit, _ = self.any_ground()
        transfer_rights(
            unit=unit,
            cause="SALE",
            givers=[],
            takers=[Taker(party=self.random.choice(self.parties), share=Fraction(1))],
            filing=self.filing("transfer_rights", cause="SALE"),
        )

    def register(self) -> None:
        self.registered += 1
        place = square(1000 + 20 * (self.registered % 40), 20 * (self.registered // 40))
        register_parcel(
            municipality=self.town,
            ground=NewGround(shape=place, kind="URBAN"),
            filing=self.filing("register_parcel"),
            holders=[Taker(party=self.parties[0], share=Fraction(1))],
        )

    def questions(self, known, *, of_each: int = 3) -> list[Asked]:
        """About every predio that ever bore a key known now, on days of its life and after."""
        asked = []
        for alias in KeyAlias.objects.known().order_by("pk"):
            days = {alias.valid.lower, self.day, BEFORE_ALL, self.day + timedelta(days=400)}
            if alias.valid.upper:
                days |= {alias.valid.upper - timedelta(days=1), alias.valid.upper}
            days = sorted(day for day in days if day >= alias.valid.lower)
            chosen = self.random.sample(days, min(of_each, len(days)))
            asked += [Asked(alias.text, day, known) for day in chosen]
        return asked


def now():
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


def replay(acts: int, *, moments: int, seed: int) -> tuple[int, Counter[str]]:
    """Store answers at several moments among the acts, ask again at the end; how many differ, and what was done."""
    life = Town(seed)
    stored: dict[Asked, tuple] = {}
    plain = {
        asked: answer(life.town, asked)
        for asked in (Asked(key(lot), BEFORE_ALL, None) for lot in range(1, 13))
    }
    for number in range(acts):
        if number % (acts // moments) == 0:
            known = now()
            questions = life.questions(known)
            chosen = life.random.sample(questions, min(60, len(questions)))
            stored |= {asked: answer(life.town, asked) for asked in chosen}
        life.act()
    different = [asked for asked, told in stored.items() if answer(life.town, asked) != told]
    different += [
        asked
        for asked, told in plain.items()
        if _undated(answer(life.town, asked)) != _undated(told)
    ]
    assert len(stored) > 20 * moments
    assert different == []
    return len(stored), life.done


def _undated(told: tuple) -> tuple:
    """Without `known` an answer is what the register knows now: the same facts, learnt again by later acts."""
    facts, *rest = told
    return (replace(facts, recorded_at=None), *rest)


def test_answers_stored_before_forty_acts_are_the_same_after(fresh_database):
    _, done = replay(40, moments=4, seed=3)
    assert done.total() == 40
    assert len(done) >= 4


@pytest.mark.slow
def test_answers_stored_before_a_thousand_acts_are_the_same_after(fresh_database):
    _, done = replay(1000, moments=10, seed=11)
    assert done.total() == 1000
    assert len(done) == 5


def test_an_act_that_was_learnt_late_is_seen_only_from_then_on(fresh_database):
    """On a day after the split's inscription, before the split was recorded, the register said: one lot, 400 m²."""
    life = Town(1)
    known = now()
    asked = Asked(key(1), date(2024, 1, 1), known)
    before, *_ = answer(life.town, asked)
    split_parcel(
        unit=find_property(municipality=life.town, text=key(1)),
        cut=ByLines((LineString([at(10, -5), at(10, 25)]),)),
        filing=filings.complete(life.town, "split_parcel", on=date(2023, 1, 1)),
    )
    then, _, no_fate, _ = answer(life.town, asked)
    today, _, fate, _ = answer(life.town, replace(asked, known=None))
    assert (then, no_fate) == (before, None)
    assert (then.state, then.legal_area_m2) == ("ACTIVE", 400)
    assert (today.state, today.legal_area_m2) == ("RETIRED", None)
    assert fate.ended_on == date(2023, 1, 1)
    assert len(fate.became) == 2
    past, *_ = answer(life.town, replace(asked, on=date(2022, 12, 31), known=None))
    assert (past.state, past.legal_area_m2) == ("ACTIVE", 400)
