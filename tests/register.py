"""Writes small registers straight into the tables, for tests that need some ground to stand on.

What the operations do is tested with the operations; this builder only saves them the preparation.
"""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import numpy as np
import shapely
from django.contrib.gis.geos import GEOSGeometry
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange
from shapely import MultiPolygon, Polygon

from cadastre.geometry.fingerprint import fingerprints
from cadastre.keys.any_key import classify
from cadastre.models import (
    KeyAlias,
    Operation,
    Parcel,
    ParcelVersion,
    Party,
    PartyIdentity,
    PropertyUnit,
    Right,
)
from gis_project.territory.models import Municipality, Parish

EPOCH = date(2020, 1, 1)
EVER_SINCE = DateRange(EPOCH, None)


def town(slug: str = "mejia", dpa_code: str = "1703", **fields) -> Municipality:
    fields = {"name": slug.title(), "official_name": f"GAD Municipal de {slug.title()}"} | fields
    return Municipality.objects.create(slug=slug, dpa_code=dpa_code, **fields)


def parish(municipality: Municipality, dpa_code: str = "170350", name: str = "Machachi") -> Parish:
    return Parish.objects.create(
        municipality=municipality, dpa_code=dpa_code, name=name, kind=Parish.Kind.URBAN
    )


def operation(
    municipality: Municipality,
    verb: str = "register_parcel",
    *,
    valid_from: date = EPOCH,
    recorded_at: datetime | None = None,
) -> Operation:
    return Operation.objects.create(
        municipality=municipality,
        verb=verb,
        valid_from=valid_from,
        recorded_at=recorded_at or datetime.now(UTC),
        reason="preparación de la prueba",
    )


def geos(shape: Polygon | MultiPolygon) -> GEOSGeometry:
    """The shape on the millimetre grid as a MultiPolygon of EPSG:32717."""
    if isinstance(shape, Polygon):
        shape = MultiPolygon([shape])
    on_grid = shapely.transform(shape, lambda xy: np.rint(xy * 1000) / 1000)
    return GEOSGeometry(memoryview(shapely.to_wkb(on_grid)), srid=32717)


def place_parcel(
    act: Operation, shape: Polygon | MultiPolygon, *, parcel: Parcel | None = None, **fields
) -> ParcelVersion:
    """A parcel version alone: geometry, areas, periods."""
    geom = geos(shape)
    area = Decimal(repr(round(geom.area, 4)))
    parcel = parcel or Parcel.objects.create(municipality=act.municipality)
    columns = {
        "kind": ParcelVersion.Kind.URBAN,
        "legal_area_m2": area,
        "ellipsoidal_area_m2": area,
        "valid": EVER_SINCE,
    } | fields
    return ParcelVersion.objects.create(
        municipality=act.municipality,
        parcel=parcel,
        recorded=DateTimeTZRange(act.recorded_at, None),
        opened_by=act,
        geom=geom,
        geom_hash=fingerprints([shapely.from_wkb(bytes(geom.wkb))])[0],
        **columns,
    )


def predio(
    act: Operation,
    shape: Polygon | MultiPolygon,
    key: str,
    *,
    number: str | None = None,
    **fields,
) -> PropertyUnit:
    """A parcel with its property unit and principal key."""
    version = place_parcel(act, shape, **fields)
    unit = PropertyUnit.objects.create(
        municipality=act.municipality, parcel=version.parcel, number=number, opened_by=act
    )
    add_key(act, unit, key)
    return unit


def add_key(act: Operation, unit: PropertyUnit, key: str, *, is_principal: bool = True) -> KeyAlias:
    known = classify(key)
    scheme = known.kind if known.kind in ("NATIONAL", "PROVISIONAL") else "LEGACY"
    return KeyAlias.objects.create(
        municipality=act.municipality,
        unit=unit,
        text=key,
        normalised=known.normalised,
        scheme=scheme,
        is_principal=is_principal,
        valid=EVER_SINCE,
        recorded=DateTimeTZRange(act.recorded_at, None),
        opened_by=act,
    )


def holder(
    act: Operation,
    unit: PropertyUnit,
    name: str,
    document: str = "",
    *,
    share: Fraction | None,
    kind: str = "OWNERSHIP",
    party: Party | None = None,
    valid: DateRange = EVER_SINCE,
) -> Right:
    """A natural person (a new one, unless `party` is given) with a right; `share=None` is undetermined."""
    if party is None:
        party = Party.objects.create(municipality=act.municipality, kind=Party.Kind.NATURAL)
        PartyIdentity.objects.create(
            party=party,
            municipality=act.municipality,
            full_name=name,
            search_name=name.upper(),
            id_kind="CEDULA" if document else "NONE",
            id_number=document,
        )
    return Right.objects.create(
        municipality=act.municipality,
        unit=unit,
        party=party,
        kind=kind,
        share_numerator=share.numerator if share is not None else None,
        share_denominator=share.denominator if share is not None else None,
        valid=valid,
        recorded=DateTimeTZRange(act.recorded_at, None),
        opened_by=act,
    )


def settle() -> None:
    """Fires the deferred laws now, as the end of the transaction would."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
