"""A town in which no quality rule finds anything, and the means to add a predio with one flaw.

    limit of the town ┌───────────────────────────────────────────────┐
    urban limit       │ ┌───────────────────────────┐                 │
                      │ │  ┌────┬────┬─────┐ block  │    ┌─────────┐  │
                      │ │  │ 1  │ 2  │ 3 PH│ M1     │    │ 4 rural │  │
                      │ │  └────┴────┴─────┘        │    └─────────┘  │
                      │ │  ════ road ═══════════    │                 │
                      │ └───────────────────────────┘                 │
                      └───────────────────────────────────────────────┘
Lots of 20 m × 20 m; 2 has a house of 10 m × 10 m; 3 is a condominium of two units. Flawed lots go to the empty north.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange
from shapely import LineString, MultiLineString, MultiPolygon, Polygon, box

from cadastre.ficha.variables import PredioKind, Subject, variables_of
from cadastre.models import (
    Block,
    BuildingCost,
    BuildingFloor,
    BuildingVersion,
    Ficha,
    LandUseZone,
    LandValueZone,
    Lineage,
    Operation,
    Parcel,
    ParcelVersion,
    PropertyUnit,
    RavineEdge,
    RiskArea,
    Road,
    TaxRoll,
    TaxTitle,
    UrbanLimit,
)
from cadastre.quality.rule import quality_rules
from cadastre.queries.quality_findings import Scope, find_by_rule, whole_town
from gis_project.territory.models import Municipality, Ordinance, Parish
from tests import people, register
from tests.shapes import at, rectangle, square

TODAY = date(2026, 6, 1)


@dataclass
class SoundTown:
    town: Municipality
    act: Operation
    parish: Parish
    ordinance: Ordinance | None = None
    rolls: dict[str, TaxRoll] = field(default_factory=dict)
    lots: dict[int, PropertyUnit] = field(default_factory=dict)
    serial: int = 0

    @property
    def since(self) -> dict[str, Any]:
        return {
            "municipality": self.town,
            "valid": register.EVER_SINCE,
            "recorded": DateTimeTZRange(self.act.recorded_at, None),
            "opened_by": self.act,
        }

    @property
    def scope(self) -> Scope:
        return whole_town(self.town, on=TODAY)

    def lot(
        self,
        shape: Polygon,
        *,
        key: str | None = None,
        number: str | None = "",
        held: bool = True,
        ficha: bool = True,
        billed: bool = True,
        act: Operation | None = None,
        **fields: Any,
    ) -> PropertyUnit:
        """A sound predio, but for what is told otherwise; number="" gives the next one."""
        self.serial += 1
        block = fields.setdefault("block_code", "M1")
        told = {
            "parish": self.parish,
            "address": "Calle Bolívar",
            "land_use": "RESIDENTIAL",
            "titled_area_m2": Decimal(str(round(shape.area, 2))),
        } | fields
        digits = "001" if block == "M1" else f"{sum(map(ord, block)) % 1000:03d}"
        key = key or f"1703500101{digits}{self.serial:03d}00000000"
        number = str(self.serial) if number == "" else number
        unit = register.predio(act or self.act, shape, key, number=number, **told)
        kind = told.get("kind", "URBAN")
        if held:
            register.holder(
                self.act, unit, "Rosa Quishpe", people.cedula(self.serial), share=Fraction(1)
            )
        if ficha:
            self.fill(unit, PredioKind(kind.lower()))
        if billed:
            self.bill(unit, kind)
        self.lots[self.serial] = unit
        return unit

    def fill(self, unit: PropertyUnit, kind: PredioKind) -> None:
        required = {
            code: "x"
            for code, variable in variables_of(Subject.PREDIO).items()
            if variable.is_required and kind in variable.applies
        }
        Ficha.objects.create(unit=unit, answers=required, **self.since)

    def bill(self, unit: PropertyUnit, kind: str) -> TaxTitle:
        return TaxTitle.objects.create(
            municipality=self.town,
            roll=self.rolls[kind],
            unit=unit,
            number=f"{kind}-{TaxTitle.objects.count()}",
            key_text="",
            base=1,
            property_tax=1,
            fire_levy=0,
            others=0,
            total=1,
            explanation={},
        )

    def house(self, unit: PropertyUnit, shape: Polygon, **fields: Any) -> BuildingVersion:
        told = {
            "floors": 1,
            "floor_area_m2": Decimal("100.00"),
            "structure": "CONCRETE",
            "built_in": 2000,
            "use": "DWELLING",
        } | fields
        return BuildingVersion.objects.create(
            parcel_id=unit.parcel_id, geom=register.geos(shape), **told, **self.since
        )

    def road(self, *ends: tuple[float, float], **fields: Any) -> Road:
        told = {"name": "Calle Bolívar", "geom": lines(*ends)} | fields
        return Road.objects.create(**told, **self.since)

    def found(self, code: str) -> list[Any]:
        """What the rule finds in the whole town."""
        return find_by_rule(quality_rules()[code], self.scope)


def drawn_off_grid(scene: SoundTown) -> Parcel:
    """Ground of 20 m × 20 m, four tenths of a millimetre beside the grid; nobody's predio."""
    placed = register.place_parcel(scene.act, square(0, 700))
    odd = Parcel.objects.create(municipality=scene.town)
    version = ParcelVersion.objects.get(parcel=placed.parcel)
    version.pk, version.parcel, version.geom_hash = None, odd, "odd"
    shape = MultiPolygon([box(*at(100.0004, 500), *at(120, 520))])
    version.geom = register.GEOSGeometry(memoryview(shape.wkb), srid=32717)
    version.save(force_insert=True)
    return odd


def lines(*points: tuple[float, float]):
    shape = MultiLineString([LineString([at(x, y) for x, y in points])])
    return register.GEOSGeometry(memoryview(shape.wkb), srid=32717)


def build() -> SoundTown:
    municipality = register.town(geom=register.geos(rectangle(-500, -500, 3000, 3000)))
    scene = SoundTown(municipality, register.operation(municipality), register.parish(municipality))
    _maps(scene)
    _rolls(scene)
    scene.lot(square(0, 0))
    scene.lot(square(20, 0))
    scene.lot(square(1500, 0, 100), kind="RURAL", block_code="P7")
    _condominium(scene)
    house = scene.house(scene.lots[2], square(25, 5, 10))
    BuildingFloor.objects.create(building=house, number=1, floor_area_m2=Decimal("100.00"))
    return scene


def _maps(scene: SoundTown) -> None:
    since = scene.since
    Block.objects.create(code="M1", geom=register.geos(rectangle(0, 0, 60, 20)), **since)
    UrbanLimit.objects.create(geom=register.geos(rectangle(-100, -100, 1100, 1100)), **since)
    scene.road((-10, -5), (70, -5), width_m=Decimal(8))
    RavineEdge.objects.create(name="El Salto", geom=lines((-50, -50), (70, -50)), **since)
    RiskArea.objects.create(
        hazard="deslizamiento", level="HIGH", geom=register.geos(square(-90, -90, 30)), **since
    )
    LandUseZone.objects.create(
        code="PIT-1",
        use="RESIDENTIAL",
        minimum_lot_m2=200,
        minimum_front_m=8,
        ground_cover_pct=80,
        geom=register.geos(rectangle(-100, -100, 1100, 1100)),
        **since,
    )
    scene.ordinance = Ordinance.objects.create(
        municipality=scene.town,
        number="1",
        title="Ordenanza de prueba",
        valid=DateRange(date(2024, 1, 1), None),
        state="APPROVED",
    )
    BuildingCost.objects.create(
        ordinance=scene.ordinance, structure="CONCRETE", cost_per_m2=300, useful_life_years=50
    )
    for kind, shape in (
        ("URBAN", rectangle(-100, -100, 1000, 1100)),
        ("RURAL", rectangle(1000, -100, 900, 1100)),
    ):
        LandValueZone.objects.create(
            ordinance=scene.ordinance,
            kind=kind,
            code=kind,
            value=1,
            geom=register.geos(shape),
            **since,
        )


def _rolls(scene: SoundTown) -> None:
    for kind in ("URBAN", "RURAL"):
        scene.rolls[kind] = TaxRoll.objects.create(
            municipality=scene.town,
            year=TODAY.year,
            kind=kind,
            ordinance=scene.ordinance,
            operation=scene.act,
            titles_count=1,
            exceptions_count=0,
            total=1,
            control_totals={},
        )


def _condominium(scene: SoundTown) -> None:
    """The third lot: its matrix is not taxed, its two units are."""
    matrix = scene.lot(square(40, 0), billed=False)
    scene.town.refresh_from_db()
    PropertyUnit.objects.filter(pk=matrix.pk).update(is_taxable=False)
    for number, aliquot in ((1, "0.6"), (2, "0.4")):
        condominium_unit(scene, matrix, number, Decimal(aliquot))


def lot_cut_off(scene: SoundTown, shape: Polygon) -> PropertyUnit:
    """A predio that a subdivision left."""
    parent = Parcel.objects.create(municipality=scene.town)
    act = register.operation(scene.town, "split_parcel", valid_from=date(2024, 1, 1))
    unit = scene.lot(shape, act=act)
    Lineage.objects.create(parent=parent, child=unit.parcel, operation=act)
    return unit


def condominium_unit(
    scene: SoundTown, matrix: PropertyUnit, number: int, aliquot: Decimal, *, key: str | None = None
) -> PropertyUnit:
    unit = PropertyUnit.objects.create(
        municipality=scene.town,
        parcel_id=matrix.parcel_id,
        kind="CONDOMINIUM",
        number=f"{matrix.number}-{number}",
        aliquot=aliquot,
        opened_by=scene.act,
    )
    root = matrix.keys.get().text[:16]
    register.add_key(scene.act, unit, key or f"{root}00101{number:03d}")
    register.holder(
        scene.act,
        unit,
        "Inés Caiza",
        people.cedula(100 * int(matrix.number) + number),
        share=Fraction(1),
    )
    scene.fill(unit, PredioKind.CONDOMINIUM)
    scene.bill(unit, "URBAN")
    return unit
