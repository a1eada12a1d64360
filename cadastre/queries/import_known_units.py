"""What the register holds already, in the form in which an import compares with it."""

import json
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import IntegerField, Max
from django.db.models.functions import Cast, Substr

from cadastre.imports.parcel_decisions import KnownParcel
from cadastre.models import KeyAlias, ParcelVersion, PropertyUnit
from gis_project.territory.models import Municipality

_SQL = (Path(__file__).parent / "sql" / "import_known_units.sql").read_text(encoding="utf-8")


def known_units(municipality: Municipality) -> list[KnownParcel]:
    """Every unit of the municipality, in the order in which they entered."""
    with connection.cursor() as cursor:
        cursor.execute(_SQL, {"municipality": municipality.pk})
        names = [column.name for column in cursor.description]
        return [_known(dict(zip(names, row, strict=True))) for row in cursor]


def last_provisional_number(municipality: Municipality) -> int:
    """The highest number of a provisional key ever given here; 0 when there is none."""
    prefix = f"P{municipality.dpa_code}"  # the normal form of P-<canton>-<number>, without zeros
    found: int | None = KeyAlias.objects.filter(
        municipality=municipality,
        scheme=KeyAlias.Scheme.PROVISIONAL,
        normalised__startswith=prefix,
    ).aggregate(last=Max(Cast(Substr("normalised", len(prefix) + 1), IntegerField())))["last"]
    return found or 0


def parcels_with_a_past(municipality: Municipality) -> set[UUID]:
    """Parcels of which a state is known that is in force no longer."""
    ended = ParcelVersion.objects.known().filter(municipality=municipality, valid__upper_inf=False)
    return set(ended.values_list("parcel_id", flat=True))


def _known(row: dict[str, Any]) -> KnownParcel:
    attributes = row["attributes"]
    return KnownParcel(
        unit_id=row["unit_id"],
        parcel_id=row["parcel_id"],
        version_id=row["version_id"],
        external_id=row["external_id"],
        number=row["number"],
        is_observed=row["state"] == PropertyUnit.State.OBSERVED,
        geom_hash=row["geom_hash"],
        attributes=json.loads(attributes) if isinstance(attributes, str) else attributes,
        told={
            "block": row["block_code"],
            "address": row["address"],
            "land_use": row["land_use"],
            "kind": row["kind"],
            "parish": row["parish"],
            "titled_area": row["titled_area_m2"],
        },
        valid_from=row["valid_from"],
        keys=frozenset(row["keys"] or ()),
        principal_key=row["principal"],
        has_provisional_key=row["is_provisional"],
        has_map=row["has_map"],
        aliquot=row["aliquot"],
        is_retired=row["state"] == PropertyUnit.State.RETIRED,
    )
