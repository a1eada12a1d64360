"""A town in which one random act follows the other, each valid on a later day: what it was asked must stay answered."""

import random
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import shapely
from django.db import transaction
from shapely import LineString

from cadastre.models import BuildingVersion, KeyAlias, ParcelVersion, PropertyUnit, Restriction
from cadastre.models.geometry_edge import to_shapely
from cadastre.operations.add_building import NewBuilding, add_building
from cadastre.operations.adjust_boundary import ByNewLines, adjust_boundary
from cadastre.operations.constitute_condominium import NewUnit, constitute_condominium
from cadastre.operations.correct_attributes import correct_attributes
from cadastre.operations.deed.buildings import NewFloor
from cadastre.operations.demolish_building import demolish_building
from cadastre.operations.lift_encumbrance import lift_encumbrance
from cadastre.operations.merge_parcels import merge_parcels
from cadastre.operations.rectify_area import rectify_area
from cadastre.operations.register_encumbrance import NewEncumbrance, register_encumbrance
from cadastre.operations.register_parcel import NewGround, register_parcel
from cadastre.operations.split_parcel import ByLines, split_parcel
from cadastre.operations.transfer_rights import Taker, transfer_rights
from gis_project.core.errors import DomainError
from tests import filings, register
from tests.cadastre.operations.ground_scenes import key, survey, tolerance_ordinance
from tests.shapes import square

FIRST_ACT = date(2022, 1, 1)
BEFORE_ALL = date(2021, 6, 1)
SMALLEST_M2 = 12
# Each act and how often it is tried; few condominiums, since their ground is divided no more.
ACTS = {
    "split": 6,
    "merge": 4,
    "adjust": 4,
    "transfer": 4,
    "register": 4,
    "describe": 3,
    "rectify": 3,
    "build": 3,
    "demolish": 2,
    "encumber": 3,
    "lift": 2,
    "divide_in_units": 1,
}


@dataclass(frozen=True)
class Asked:
    """One question to the register: a key, a civil date, and the instant at which it was asked."""

    key: str
    on: date
    known: object


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
            tolerance_ordinance(self.town)

    def filing(self, verb: str, **more):
        return filings.complete(self.town, verb, on=self.day, beyond_tolerance=True, **more)

    def act(self) -> None:
        """One random act that the register accepts, valid on a later day than the one before."""
        self.day += timedelta(days=1)
        while True:
            (verb,) = self.random.choices(list(ACTS), weights=list(ACTS.values()))
            try:
                getattr(self, verb)()
            except DomainError:
                continue
            self.done[verb] += 1
            return

    def any_ground(self):
        """A predio in force, and its shape."""
        units = PropertyUnit.objects.filter(state="ACTIVE", kind="WHOLE").order_by("pk")
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
                other = PropertyUnit.objects.get(parcel=version.parcel_id, kind="WHOLE")
                return other, shapely.get_parts(shapely.line_merge(common))[0]
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

    def describe(self) -> None:
        unit, _ = self.any_ground()
        correct_attributes(
            unit=unit,
            was_always_so=False,
            attributes={"address": f"Calle {self.random.randrange(10**6)}"},
            filing=self.filing("correct_attributes"),
        )

    def rectify(self) -> None:
        """The title's area, told a little otherwise than it is measured."""
        unit, shape = self.any_ground()
        titled = Decimal(str(round(shape.area * self.random.uniform(0.98, 1.02), 2)))
        filing = self.filing("rectify_area", spatial_sources=[survey(self.town)])
        rectify_area(unit=unit, titled_area_m2=titled, filing=filing)

    def build(self) -> None:
        unit, _ = self.any_ground()
        area = Decimal(self.random.randrange(20, 90))
        house = NewBuilding(structure="CONCRETE", floors=[NewFloor(number=1, area_m2=area)])
        add_building(unit=unit, building=house, filing=self.filing("add_building"))

    def demolish(self) -> None:
        unit, _ = self.any_ground()
        standing = BuildingVersion.objects.known().filter(
            parcel=unit.parcel_id, valid__upper_inf=True
        )
        house = self.chosen(standing.order_by("pk")).building_id
        demolish_building(unit=unit, building=house, filing=self.filing("demolish_building"))

    def encumber(self) -> None:
        unit, _ = self.any_ground()
        register_encumbrance(
            units=[unit],
            encumbrance=NewEncumbrance(kind="MORTGAGE", amount=Decimal("9000.00")),
            filing=self.filing("register_encumbrance"),
        )

    def lift(self) -> None:
        unit, _ = self.any_ground()
        burdens = Restriction.objects.known().filter(unit=unit, valid__upper_inf=True)
        burden = self.chosen(burdens.order_by("pk")).encumbrance_id
        lift_encumbrance(
            unit=unit, encumbrance=burden, filing=self.filing("lift_encumbrance"), everywhere=True
        )

    def divide_in_units(self) -> None:
        unit, _ = self.any_ground()
        table = [
            NewUnit(aliquot=Decimal(part), tower=1, floor=number, unit=1)
            for number, part in enumerate(("0.6", "0.4"), start=1)
        ]
        constitute_condominium(unit=unit, units=table, filing=self.filing("constitute_condominium"))

    def chosen(self, rows):
        """Any of them; DomainError where there is none."""
        found = list(rows)
        if not found:
            raise DomainError("nothing there")
        return self.random.choice(found)

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
