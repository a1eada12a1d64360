"""One predio: found by any of its keys, and the facts its page shows to anyone."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Q

from cadastre.keys.any_key import normalise
from cadastre.models import (
    BuildingVersion,
    KeyAlias,
    LandValueZone,
    Observation,
    ParcelVersion,
    PropertyUnit,
)
from gis_project.core.errors import NotFound
from gis_project.territory.models import Municipality


class PropertyNotFound(NotFound):
    """No predio of this municipality bears that key or number: check it, or search by address."""

    code = "property_not_found"


@dataclass(frozen=True, slots=True)
class BuildingFacts:
    floors: int
    structure: str
    use: str
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
    valid_from: date | None
    recorded_at: datetime | None
    geom: object | None


def find_property(*, municipality: Municipality, text: str, on: date | None = None) -> PropertyUnit:
    """The predio with that key (any punctuation, old keys too) or número de predio; PropertyNotFound otherwise.

    A key that passed from one predio to another means the one that bore it `on` that day; without a day, the last.
    """
    normalised = normalise(text)
    aliases = list(
        KeyAlias.objects.known()
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


def property_facts(unit: PropertyUnit, *, on: date) -> PropertyFacts:
    """The facts of a predio on a civil date, as the register knows them now."""
    keys = list(KeyAlias.objects.known().filter(unit=unit).order_by("-is_principal", "text"))
    principal = next((k.text for k in keys if k.is_principal and on in k.valid), None)
    version = (
        ParcelVersion.objects.known()
        .valid_on(on)
        .filter(parcel_id=unit.parcel_id)
        .select_related("parish")
        .defer("parish__geom", "attributes")
        .first()
        if unit.parcel_id
        else None
    )
    zone = _zone_of(version, on) if version else None
    return PropertyFacts(
        unit_id=unit.pk,
        parcel_id=unit.parcel_id,
        kind=unit.kind,
        state=unit.state,
        number=unit.number,
        key=principal,
        other_keys=tuple(dict.fromkeys(k.text for k in keys if k.text != principal)),
        aliquot=unit.aliquot,
        parish=version.parish.name if version and version.parish else None,
        block=version.block_code if version else "",
        ground=version.kind if version else None,
        address=version.address if version else "",
        land_use=version.land_use if version else "",
        legal_area_m2=version.legal_area_m2 if version else None,
        ellipsoidal_area_m2=version.ellipsoidal_area_m2 if version else None,
        titled_area_m2=version.titled_area_m2 if version else None,
        is_observed=unit.state == PropertyUnit.State.OBSERVED
        or bool(version and version.is_observed),
        observations=_open_observations(unit),
        zone_code=zone.code if zone else None,
        zone_value=zone.value if zone else None,
        zone_kind=zone.kind if zone else None,
        buildings=_buildings_of(unit, on),
        valid_from=version.valid.lower if version else None,
        recorded_at=version.recorded.lower if version else None,
        geom=version.geom if version else None,
    )


def _open_observations(unit: PropertyUnit) -> tuple[str, ...]:
    of_unit = Q(unit=unit) | Q(parcel_id=unit.parcel_id) if unit.parcel_id else Q(unit=unit)
    rows = Observation.objects.filter(of_unit, resolved_by__isnull=True).order_by("id")
    return tuple(dict.fromkeys(row.message for row in rows))


def _zone_of(version: ParcelVersion, on: date) -> LandValueZone | None:
    """The zone that holds the parcel's inner point: the one the valuation uses too."""
    if version.geom is None:
        return None
    return (
        LandValueZone.objects.known()
        .valid_on(on)
        .filter(
            municipality_id=version.municipality_id,
            kind=version.kind,
            geom__covers=version.geom.point_on_surface,
        )
        .only("code", "value", "kind")
        .order_by("code")
        .first()
    )


def _buildings_of(unit: PropertyUnit, on: date) -> tuple[BuildingFacts, ...]:
    mine = Q(unit=unit)
    if unit.parcel_id and unit.kind == PropertyUnit.Kind.WHOLE:
        mine |= Q(parcel_id=unit.parcel_id, unit__isnull=True)
    rows = BuildingVersion.objects.known().valid_on(on).filter(mine).defer("geom").order_by("id")
    return tuple(BuildingFacts(b.floors, b.structure, b.use, b.built_in) for b in rows)
