"""Small pieces of ground for the acts that change it, and what any of them must leave behind."""

from datetime import date
from decimal import Decimal

import shapely
from django.db.backends.postgresql.psycopg_any import DateRange

from cadastre.models import (
    AreaLedgerLine,
    Observation,
    Parcel,
    ParcelVersion,
    PropertyUnit,
    Restriction,
    SpatialSource,
)
from cadastre.models.geometry_edge import to_shapely
from gis_project.territory.models import Municipality, Ordinance
from gis_project.territory.queries.integrity_laws import audit
from tests import register

BLOCK = "1703500101001"
TOLERANCE = {
    "urban": [
        {"from_m2": "0", "to_m2": "500", "tolerance_pct": "5"},
        {"from_m2": "500", "tolerance_m2": "30"},
    ],
    "rural": [{"from_m2": "0", "tolerance_pct": "10"}],
    "article": "3",
}


def key(lot: int) -> str:
    return f"{BLOCK}{lot:03d}00000000"


def opened(act):
    return {
        "municipality": act.municipality,
        "valid": register.EVER_SINCE,
        "recorded": (act.recorded_at, None),
        "opened_by": act,
    }


def restriction(act, unit, kind="MORTGAGE", **fields) -> Restriction:
    return Restriction.objects.create(unit=unit, kind=kind, **fields, **opened(act))


def observe(act, code, **about) -> Observation:
    return Observation.objects.create(
        municipality=act.municipality, code=code, message="dibuje", operation=act, **about
    )


def without_map(act, key, titled=Decimal(400)) -> PropertyUnit:
    """A predio as `import_register` brings it: observed, its ficha on an empty ground."""
    parcel = Parcel.objects.create(municipality=act.municipality)
    ParcelVersion.objects.create(
        parcel=parcel, kind="URBAN", titled_area_m2=titled, is_observed=True, **opened(act)
    )
    unit = PropertyUnit.objects.create(
        municipality=act.municipality, parcel=parcel, state="OBSERVED", opened_by=act
    )
    register.add_key(act, unit, key)
    observe(act, "without_map", unit=unit)
    return unit


def tolerance_ordinance(town: Municipality, parameters=TOLERANCE) -> Ordinance:
    return Ordinance.objects.create(
        municipality=town,
        subject="AREA_TOLERANCE",
        number="ETAM-1",
        title="Ordenanza de prueba",
        valid=DateRange(date(2020, 1, 1), None),
        state="APPROVED",
        parameters=parameters,
    )


def survey(town: Municipality) -> SpatialSource:
    return SpatialSource.objects.create(
        municipality=town, method="GNSS_RTK", accuracy_m=Decimal("0.020")
    )


def shape_now(unit):
    version = ParcelVersion.objects.known().get(parcel=unit.parcel_id, valid__upper_inf=True)
    return to_shapely(version.geom)


def corners(shape) -> set:
    return set(map(tuple, shapely.get_coordinates(shape).tolist()))


def ledger_kinds(outcome) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for _, kind, area in outcome.ledger:
        sums[kind] = sums.get(kind, Decimal(0)) + area
    return sums


def assert_lawful(outcome) -> None:
    """The outcome's ledger, and the register's integrity laws after it."""
    register.settle()
    lines = AreaLedgerLine.objects.filter(operation=outcome.operation_id)
    assert sum(line.area_m2 for line in lines) == 0
    broken = {f.law.name: f.examples for f in audit() if f.count and not f.law.is_tolerated}
    assert broken == {}
