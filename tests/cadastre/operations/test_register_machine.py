"""Random lives of a register against an independent model: L1 to L5 after every act.

200 lives of 25 acts in the default suite, 2,000 of 50 behind `-m slow`. The model counts in whole
millimetres and fractions; where it says that an act must be refused, the act must be refused.
"""

from copy import deepcopy
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    precondition,
    rule,
    run_state_machine_as_test,
)
from shapely import LineString, box

from cadastre.acts.act_law import act_law
from cadastre.geometry.grid import snapped
from cadastre.geometry.refusal import GeometryRefused
from cadastre.geometry.replace import ReplacementNotUsable
from cadastre.models import ParcelVersion, Party, PropertyUnit
from cadastre.models.geometry_edge import shape_of, to_shapely
from cadastre.operations.adjust_boundary import BoundaryUnchanged, ByNewLines, adjust_boundary
from cadastre.operations.correct_attributes import NothingToCorrect, correct_attributes
from cadastre.operations.deed.filing import Filing
from cadastre.operations.deed.rows import OutOfOrder
from cadastre.operations.merge_parcels import HoldersDiffer, merge_parcels
from cadastre.operations.rectify_area import TitledAreaMissing, rectify_area
from cadastre.operations.register_parcel import NewGround, register_parcel
from cadastre.operations.split_parcel import ByLines, ByStrips, split_parcel
from cadastre.operations.transfer_rights import Giver, Taker, transfer_rights
from gis_project.territory.policy import CONSOLE
from gis_project.territory.stored_rows import read_rows
from tests import filings, register
from tests.cadastre.operations.ground_scenes import survey, tolerance_ordinance
from tests.cadastre.operations.register_model import Model, Predio, twice_mm2
from tests.shapes import rectangle

pytestmark = [pytest.mark.django_db, pytest.mark.long]

SIDE_M, ROWS = 40, 4
FIRST_DAY = date(2021, 1, 1)
WHOLE = Fraction(1)
ADDRESSES = ("Calle Sucre", "Av. Pío Jaramillo", "")
ELSEWHERE = {"ROUNDING", "ENTERED", "MEASURED", "LEFT"}


class RegisterMachine(RuleBasedStateMachine):
    @classmethod
    def found_the_town(cls):
        """The town and its first three lots: every life begins with them, and is undone back to them."""
        cls.town = register.town()
        made = [Party.objects.create(municipality=cls.town, kind="NATURAL") for _ in range(3)]
        cls.parties = {str(party.pk): party for party in made}
        cls.people = list(cls.parties)
        tolerance_ordinance(cls.town)
        cls.first = Model(), list(range(ROWS * ROWS)), {}
        founder = cls()
        for slot in (0, 1, ROWS):
            founder.free.remove(slot)
            founder.register_slot(slot, cls.people[0])
        founder.savepoint.__exit__(None, None, None)
        cls.first = founder.model, founder.free, founder.papers

    def __init__(self):
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.model, self.free, self.papers = deepcopy(self.first)
        self.day = FIRST_DAY
        self.answers = []

    def filing(self, verb, cause=""):
        """All documents that the act asks for, dated on the machine's day."""
        law = act_law(verb, cause=cause, on=self.day)
        asked = law.requirements + law.beyond_tolerance
        kinds = dict.fromkeys(requirement.any_of[0] for requirement in asked)
        sources = []
        for kind in kinds:
            again = kind != "INSCRIPTION"  # each act is inscribed by itself
            if not again or (kind, self.day) not in self.papers:
                self.papers[kind, self.day] = filings.source(self.town, kind, on=self.day)
            sources.append(self.papers[kind, self.day])
        return Filing(by=CONSOLE, reason="prueba", sources=sources)

    def unit(self, pk):
        (found,) = read_rows(PropertyUnit, "id = %s", [pk])
        found.municipality = self.town
        return found

    def chosen(self, data):
        return self.one_of(data, list(self.model.live))

    def one_of(self, data, things):
        """By position: ids differ from run to run, the order of things does not."""
        return things[data.draw(st.integers(0, len(things) - 1))]

    # What may happen

    @precondition(lambda self: self.free)
    @rule(data=st.data())
    def register(self, data):
        slot = self.free.pop(data.draw(st.integers(0, len(self.free) - 1)))
        self.register_slot(slot, self.one_of(data, self.people))

    def register_slot(self, slot, holder):
        x, y = slot % ROWS * SIDE_M, slot // ROWS * SIDE_M
        shape = rectangle(x, y, SIDE_M, SIDE_M)
        outcome = register_parcel(
            municipality=self.town,
            ground=NewGround(shape=shape, kind="URBAN", titled_area_m2=Decimal(1600)),
            holders=[Taker(party=self.parties[holder], share=WHOLE)],
            filing=self.filing("register_parcel"),
        )
        self.take_in(outcome, holders=[{holder: WHOLE}])
        self.follow(outcome)

    @precondition(lambda self: self.model.live)
    @rule(data=st.data())
    def split(self, data):
        pk = self.chosen(data)
        predio = self.model.live[pk]
        if data.draw(st.booleans()):
            cut = ByLines((self.line_through(data, predio.geom),))
        else:
            bearing = data.draw(st.integers(0, 359))
            cut = ByStrips(data.draw(st.integers(2, 3)), bearing, "left")
        try:
            outcome = split_parcel(unit=self.unit(pk), cut=cut, filing=self.filing("split_parcel"))
        except OutOfOrder:
            assert self.day < self.latest(pk)
            return
        except GeometryRefused:
            return
        del self.model.live[pk]
        self.model.retired.add(pk)
        self.take_in(outcome, holders=[predio.holders] * len(outcome.after))
        self.follow(outcome, was=[predio])

    @precondition(lambda self: len(self.model.live) > 1)
    @rule(data=st.data())
    def merge(self, data):
        pk = self.chosen(data)
        near = self.model.touching(pk)
        if not near:
            return
        other = self.one_of(data, near)
        both = [self.model.live[pk], self.model.live[other]]
        try:
            outcome = merge_parcels(
                units=[self.unit(pk), self.unit(other)], filing=self.filing("merge_parcels")
            )
        except HoldersDiffer:
            assert both[0].holders != both[1].holders
            return
        except OutOfOrder:
            assert self.day < max(self.latest(pk), self.latest(other))
            return
        assert both[0].holders == both[1].holders
        for gone in (pk, other):
            del self.model.live[gone]
            self.model.retired.add(gone)
        self.take_in(outcome, holders=[{}, {}, both[0].holders])
        self.follow(outcome, was=both)

    @precondition(lambda self: len(self.model.live) > 1)
    @rule(data=st.data())
    def adjust(self, data):
        pk = self.chosen(data)
        near = self.model.touching(pk)
        if not near:
            return
        other = self.one_of(data, near)
        common = self.model.live[pk].geom.union(self.model.live[other].geom)
        line = self.line_through(data, common)
        before = [self.model.live[pk], self.model.live[other]]
        try:
            outcome = adjust_boundary(
                units=[self.unit(pk), self.unit(other)],
                change=ByNewLines((line,)),
                filing=self.filing("adjust_boundary"),
            )
        except OutOfOrder:
            assert self.day < max(self.latest(pk), self.latest(other))
            return
        except (GeometryRefused, BoundaryUnchanged):
            return
        self.take_in(outcome, holders=[one.holders for one in before])
        self.follow(outcome)

    @precondition(lambda self: self.model.live)
    @rule(data=st.data(), denominator=st.integers(1, 6))
    def transfer(self, data, denominator):
        pk = self.chosen(data)
        predio = self.model.live[pk]
        giver = self.one_of(data, [person for person in self.people if person in predio.holders])
        taker = self.one_of(data, self.people)
        share = predio.holders[giver] / denominator
        if taker == giver:
            return
        try:
            outcome = transfer_rights(
                unit=self.unit(pk),
                cause="SALE",
                givers=[Giver(party=self.parties[giver], share=share)],
                takers=[Taker(party=self.parties[taker], share=share)],
                filing=self.filing("transfer_rights", "SALE"),
            )
        except OutOfOrder:
            assert self.day < predio.held_since
            return
        predio.holders = dict(predio.holders)
        predio.holders[giver] -= share
        if not predio.holders[giver]:
            del predio.holders[giver]
        predio.holders[taker] = predio.holders.get(taker, Fraction(0)) + share
        predio.held_since = self.day
        self.check_holders(outcome.after[0])

    @precondition(lambda self: self.model.live)
    @rule(data=st.data(), inset_mm=st.integers(50, 4000))
    def rectify(self, data, inset_mm):
        """A survey finds the parcel narrower on its west side."""
        pk = self.chosen(data)
        predio = self.model.live[pk]
        left, bottom, right, top = predio.geom.bounds
        found = predio.geom.intersection(box(left + inset_mm / 1000, bottom, right, top))
        surveyed = snapped(np.array([found], dtype=object))[0]
        try:
            outcome = rectify_area(
                unit=self.unit(pk), surveyed=surveyed, filing=self.survey_filing()
            )
        except OutOfOrder:
            assert self.day < self.latest(pk)
            return
        except (GeometryRefused, TitledAreaMissing, ReplacementNotUsable):
            return
        self.take_in(outcome, holders=[predio.holders])
        self.follow(outcome)

    @precondition(lambda self: self.model.live)
    @rule(data=st.data(), address=st.sampled_from(ADDRESSES), was_always_so=st.booleans())
    def correct(self, data, address, was_always_so):
        pk = self.chosen(data)
        predio = self.model.live[pk]
        try:
            outcome = correct_attributes(
                unit=self.unit(pk),
                attributes={"address": address},
                was_always_so=was_always_so,
                filing=self.filing("correct_attributes"),
            )
        except NothingToCorrect:
            assert predio.address == address
            return
        except OutOfOrder:
            assert self.day < self.latest(pk)
            return
        assert predio.address != address
        predio.address = address
        if not was_always_so:
            predio.began = outcome.valid_from
        self.follow(outcome)

    def survey_filing(self):
        asked = self.filing("rectify_area")
        more = self.filing("split_parcel")  # its resolution and inscription
        return replace(
            asked,
            sources=[*asked.sources, *more.sources],
            spatial_sources=[survey(self.town)],
        )

    @rule(days=st.integers(-15, 150))
    def time_passes(self, days):
        """Mostly forward; now and then an older inscription is brought."""
        self.day = min(max(self.day + timedelta(days), FIRST_DAY), date(2026, 1, 1))

    @precondition(lambda self: self.model.live)
    @rule()
    def somebody_asks(self):
        """An answer of this moment, which must stay the same for ever."""
        if len(self.answers) < 6:
            with connection.cursor() as cursor:
                cursor.execute("SELECT clock_timestamp()")
                now = cursor.fetchone()[0]
            self.answers.append((now, self.day, self.as_of(now, self.day)))

    # What must hold

    def take_in(self, outcome, *, holders):
        for state, held in zip(outcome.after, holders, strict=False):
            if state.state == "RETIRED":
                continue
            was = self.model.live.get(state.unit_id)
            since = was.held_since if was else outcome.valid_from
            address = was.address if was else None  # a new one's is told by `follow`
            self.model.live[state.unit_id] = Predio(
                state.parcel_id, state.geom, dict(held), outcome.valid_from, since, address
            )
        fresh = [state for state in outcome.after if state.state != "RETIRED"]
        for state in fresh:
            if state.unit_id not in {one.unit_id for one in outcome.before}:
                self.model.live[state.unit_id].holders = dict(next(h for h in holders if h))
            # An act of the ground may begin before the last sale: its outcome tells who held then.
            if outcome.valid_from >= self.model.live[state.unit_id].held_since:
                self.check_holders(state)

    def check_holders(self, state):
        held = {party: Fraction(n, d) for party, _, n, d in state.rights}
        assert held == self.model.live[state.unit_id].holders
        assert sum(held.values()) == 1

    def follow(self, outcome, was=()):
        """Neighbours that gained a vertex, addresses of what came out of ``was``, then the laws."""
        mine = {state.parcel_id for state in (*outcome.before, *outcome.after)}
        touched = read_rows(
            ParcelVersion,
            "opened_by_id = %s AND upper_inf(recorded) AND upper_inf(valid)",
            [outcome.operation_id],
        )
        by_parcel = {predio.parcel: predio for predio in self.model.live.values()}
        for version in touched:
            predio = by_parcel[version.parcel_id]
            predio.geom = shape_of(version)
            if predio.address is None:
                assert version.address in ({one.address for one in was} or {""})
                predio.address = version.address
            assert version.address == predio.address
            if version.parcel_id not in mine:
                predio.began = outcome.valid_from
        assert sum(area for _, _, area in outcome.ledger) == 0  # L4
        elsewhere = {kind: area for _, kind, area in outcome.ledger if kind in ELSEWHERE}
        assert abs(elsewhere.get("ROUNDING", 0)) < Decimal("0.1")
        self.model.brought -= int(sum(elsewhere.values()) * 2_000_000)
        assert self.model.total() == self.model.brought
        assert self.model.overlapping() == []  # L1
        for predio in self.model.live.values():
            assert predio.geom.is_valid  # L3
            assert predio.geom.area >= 1

    def teardown(self):
        try:
            self.check_everything()
        finally:
            transaction.set_rollback(True)
            self.savepoint.__exit__(None, None, None)

    def check_everything(self):
        for instant, day, answer in self.answers:
            assert self.as_of(instant, day) == answer  # L5
        versions = ParcelVersion.objects.known().filter(
            municipality=self.town, valid__upper_inf=True
        )
        stored = {version.parcel_id: to_shapely(version.geom) for version in versions}
        addresses = {version.parcel_id: version.address for version in versions}
        assert addresses == {one.parcel: one.address for one in self.model.live.values()}
        expected = {predio.parcel: predio.geom for predio in self.model.live.values()}
        assert stored.keys() == expected.keys()
        for parcel, geom in expected.items():
            assert twice_mm2(stored[parcel]) == twice_mm2(geom)
        states = dict(
            PropertyUnit.objects.filter(municipality=self.town).values_list("pk", "state")
        )
        assert states == dict.fromkeys(self.model.live, "ACTIVE") | dict.fromkeys(
            self.model.retired, "RETIRED"
        )

    # Small things

    def line_through(self, data, shape):
        left, bottom, right, top = shape.bounds
        spot = st.floats(0.02, 0.98)
        if data.draw(st.booleans()):
            ends = [data.draw(spot), data.draw(spot)]
            return LineString(
                [
                    (left + ends[0] * (right - left), bottom - 1),
                    (left + ends[1] * (right - left), top + 1),
                ]
            )
        ends = [data.draw(spot), data.draw(spot)]
        return LineString(
            [
                (left - 1, bottom + ends[0] * (top - bottom)),
                (right + 1, bottom + ends[1] * (top - bottom)),
            ]
        )

    def latest(self, pk):
        """The last day on which anything began to be as it is."""
        everyone = self.model.live.values()
        return max(max(predio.began, predio.held_since) for predio in everyone)

    def as_of(self, instant, day):
        return sorted(
            (str(parcel), fingerprint, address)
            for parcel, fingerprint, address in ParcelVersion.objects.known_at(instant)
            .valid_on(day)
            .filter(municipality=self.town)
            .values_list("parcel_id", "geom_hash", "address")
        )


def live_through(examples, steps):
    RegisterMachine.found_the_town()
    run_state_machine_as_test(
        RegisterMachine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_200_lives_of_25_acts():
    live_through(200, 25)


@pytest.mark.slow
def test_2000_lives_of_50_acts():
    live_through(2000, 50)
