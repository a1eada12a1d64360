"""One predio: found by any of its keys, and the facts its page shows to anyone."""

import json
import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib.gis.geos import GEOSGeometry
from django.db import connection

from cadastre.keys.any_key import normalise
from cadastre.models import KeyAlias, PropertyUnit
from gis_project.core.crs import STORAGE_SRID
from gis_project.core.errors import NotFound
from gis_project.territory.models import Municipality

_FACTS = (Path(__file__).parent / "sql" / "property_facts.sql").read_text(encoding="utf-8")
# The partial indexes hold what is known now; an instant is asked of the same rows in the same words.
_FACTS_KNOWN_THEN = re.sub(
    r"upper_inf\(((?:\w\.)?recorded)\)", r"\1 @> %(known)s::timestamptz", _FACTS
)


class PropertyNotFound(NotFound):
    """No predio of this municipality bears that key or number: check it, or search by address."""

    code = "property_not_found"


class NotInRegisterThen(NotFound):
    """The register does not know this predio on that day: ask without `on`, or for a later day."""

    code = "not_in_register_then"


@dataclass(frozen=True, slots=True)
class BuildingFacts:
    floors: int
    structure: str
    use: str
    built_in: int | None


@dataclass(frozen=True, slots=True)
class ComplementaryWorkFacts:
    """``quantity`` in ``measure`` (M2, M, M3, UNIT)."""

    kind: str
    material: str
    quantity: Decimal
    measure: str
    built_in: int | None


@dataclass(frozen=True, slots=True)
class PropertyFacts:
    """What anyone may know of one predio on a day; areas in m². `geom` is EPSG:32717, or None."""

    unit_id: UUID
    parcel_id: UUID | None
    kind: str
    state: str
    number: str | None
    key: str | None
    other_keys: tuple[str, ...]
    aliquot: Decimal | None
    parish: str | None
    block: str
    ground: str | None
    address: str
    land_use: str
    legal_area_m2: Decimal | None
    ellipsoidal_area_m2: Decimal | None
    titled_area_m2: Decimal | None
    is_observed: bool
    observations: tuple[str, ...]
    zone_code: str | None
    zone_value: Decimal | None
    zone_kind: str | None
    buildings: tuple[BuildingFacts, ...]
    works: tuple[ComplementaryWorkFacts, ...]
    valid_from: date | None
    recorded_at: datetime | None
    geom: object | None


def find_property(
    *,
    municipality: Municipality,
    text: str,
    on: date | None = None,
    known: datetime | None = None,
) -> PropertyUnit:
    """The predio with that key (any punctuation, old keys too) or número de predio; PropertyNotFound otherwise.

    A key that passed from one predio to another means the one that bore it `on` that day; without a day, the last.
    `known`: the keys are those that the register knew at that instant, not those it knows now.
    """
    normalised = normalise(text)
    aliases = list(
        KeyAlias.objects.as_known(known)
        .filter(municipality=municipality, normalised=normalised)
        .exclude(normalised="")
        .order_by("-is_principal", "-valid")
        .select_related("unit")
    )
    borne_then = (alias for alias in aliases if on is not None and on in alias.valid)
    alias = next(borne_then, aliases[0] if aliases else None)
    unit: PropertyUnit | None = alias.unit if alias else None
    if unit is None:
        unit = PropertyUnit.objects.filter(municipality=municipality, number=text.strip()).first()
    if unit is None:
        raise PropertyNotFound(
            "No hay un predio con esa clave o ese número en este municipio. "
            "Revise los dígitos o búsquelo por la dirección."
        )
    return unit


def property_facts(unit: PropertyUnit, *, on: date, known: datetime | None = None) -> PropertyFacts:
    """The facts of a predio on a civil date, as the register knows them now or knew them at an instant.

    The number and the aliquot belong to the predio's identity and are told as they are.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            _FACTS if known is None else _FACTS_KNOWN_THEN,
            {"unit": unit.pk, "day": on, "known": known},
        )
        told: dict[str, Any] = dict(
            zip((column.name for column in cursor.description), cursor.fetchone(), strict=True)
        )
    keys, buildings, wkb = told.pop("keys"), told.pop("buildings"), told.pop("wkb")
    works = json.loads(told.pop("works"))
    told["is_observed"] |= told["state"] == PropertyUnit.State.OBSERVED
    told["observations"] = tuple(dict.fromkeys(told["observations"]))
    return PropertyFacts(
        **told,
        other_keys=tuple(dict.fromkeys(text for text in keys if text != told["key"])),
        buildings=tuple(BuildingFacts(*one) for one in json.loads(buildings)),
        works=tuple(
            ComplementaryWorkFacts(kind, material, Decimal(quantity), measure, built_in)
            for kind, material, quantity, measure, built_in in works
        ),
        geom=GEOSGeometry(memoryview(wkb), srid=STORAGE_SRID) if wkb is not None else None,
    )


def check_in_register(facts: PropertyFacts) -> None:
    """Raise NotInRegisterThen before the predio's first day; one that has ended is told as such."""
    if facts.state == PropertyUnit.State.RETIRED:
        return
    if facts.key is None or (facts.parcel_id is not None and facts.valid_from is None):
        raise NotInRegisterThen(
            "El catastro no conoce este predio en esa fecha. "
            "Pregunte sin «on», o por una fecha posterior."
        )
