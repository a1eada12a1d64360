"""The predios of a sample municipality: ground, units, keys, buildings, and what is observed."""

from dataclasses import dataclass
from decimal import Decimal

from cadastre.geometry.fingerprint import fingerprints
from cadastre.keys.any_key import normalise
from cadastre.keys.provisional_key import ProvisionalKey
from cadastre.models import (
    BuildingVersion,
    KeyAlias,
    Observation,
    Parcel,
    ParcelVersion,
    PropertyUnit,
)
from cadastre.operations.sample_ground import block_code
from cadastre.operations.sample_rows import SampleAct, insert, stored_area
from fixtures.samples.records import (
    SampleCondominiumUnit,
    SampleMaplessUnit,
    SampleParcel,
    SampleTown,
)
from gis_project.core.areas import ellipsoidal_areas, legal_areas
from gis_project.core.units import measured_area_m2


@dataclass(frozen=True, slots=True)
class _Keyed:
    unit: PropertyUnit
    key: str | None


def load_units(act: SampleAct, town: SampleTown) -> dict[str, PropertyUnit]:
    """All units of the town by their number; parcels are written before what stands on them."""
    grounds = {p.unit_number: _ground(act, p.unit_number) for p in town.parcels}
    grounds |= {u.unit_number: _ground(act, u.unit_number) for u in town.mapless_units}
    insert(Parcel, list(grounds.values()))
    insert(ParcelVersion, _versions(act, town, grounds))
    keyed = [_whole(act, row, grounds[row.unit_number]) for row in town.parcels]
    keyed += [_apartment(act, row, grounds[row.parent_number]) for row in town.condominium_units]
    keyed += [_mapless(act, row, grounds[row.unit_number]) for row in town.mapless_units]
    insert(PropertyUnit, [item.unit for item in keyed])
    insert(KeyAlias, _keys(act, keyed))
    units = {str(item.unit.number): item.unit for item in keyed}
    insert(BuildingVersion, _buildings(act, town, grounds, units))
    insert(Observation, _observations(act, town, grounds, units))
    return units


def _ground(act: SampleAct, number: str) -> Parcel:
    return Parcel(
        id=act.identity("parcel", number),
        municipality=act.municipality,
        external_id=f"muestra-{number}",
    )


def _versions(act: SampleAct, town: SampleTown, grounds: dict[str, Parcel]) -> list[ParcelVersion]:
    shapes = [row.geometry for row in town.parcels]
    measured = zip(
        town.parcels,
        legal_areas(shapes, legal_srid=act.municipality.legal_srid).tolist(),
        ellipsoidal_areas(shapes).tolist(),
        fingerprints(shapes),
        strict=True,
    )
    versions = [
        ParcelVersion(
            **act.opened(),
            parcel=grounds[row.unit_number],
            parish=act.parishes[row.parish_code],
            kind=_kind(row.is_urban),
            block_code=block_code(row.parish_code, row.zone, row.sector, row.block),
            address=row.address,
            land_use=row.land_use,
            geom=stored_area(row.geometry),
            geom_hash=digest,
            legal_area_m2=measured_area_m2(legal),
            ellipsoidal_area_m2=measured_area_m2(ellipsoidal),
            titled_area_m2=row.titled_area_m2,
            attributes={"origen": town.label},
            is_observed=bool(row.observation),
        )
        for row, legal, ellipsoidal, digest in measured
    ]
    return versions + [
        ParcelVersion(
            **act.opened(),
            parcel=grounds[row.unit_number],
            parish=act.parishes[row.parish_code],
            kind=_kind(row.is_urban),
            address=row.address,
            titled_area_m2=row.titled_area_m2,
            attributes={"origen": town.label},
            is_observed=True,
        )
        for row in town.mapless_units
    ]


def _kind(is_urban: bool) -> str:
    return ParcelVersion.Kind.URBAN if is_urban else ParcelVersion.Kind.RURAL


def _whole(act: SampleAct, row: SampleParcel, ground: Parcel) -> _Keyed:
    state = PropertyUnit.State.OBSERVED if row.observation else PropertyUnit.State.ACTIVE
    unit = _unit(act, row.unit_number, ground, state=state, is_taxable=not row.is_condominium)
    return _Keyed(unit, row.key)


def _apartment(act: SampleAct, row: SampleCondominiumUnit, ground: Parcel) -> _Keyed:
    unit = _unit(
        act,
        row.unit_number,
        ground,
        kind=PropertyUnit.Kind.CONDOMINIUM,
        aliquot=Decimal(row.aliquot.numerator) / Decimal(row.aliquot.denominator),
    )
    return _Keyed(unit, row.key)


def _mapless(act: SampleAct, row: SampleMaplessUnit, ground: Parcel) -> _Keyed:
    unit = _unit(act, row.unit_number, ground, state=PropertyUnit.State.OBSERVED)
    return _Keyed(unit, None)


def _unit(act: SampleAct, number: str, ground: Parcel, **fields: object) -> PropertyUnit:
    return PropertyUnit(
        id=act.identity("unit", number),
        municipality=act.municipality,
        parcel=ground,
        number=number,
        opened_by=act.operation,
        **fields,
    )


def _keys(act: SampleAct, keyed: list[_Keyed]) -> list[KeyAlias]:
    rows, provisional = [], 0
    for item in keyed:
        if item.key is None:
            provisional += 1
            text = str(ProvisionalKey(act.municipality.dpa_code, provisional))
            scheme = KeyAlias.Scheme.PROVISIONAL
        else:
            text, scheme = item.key, KeyAlias.Scheme.NATIONAL
        rows.append(
            KeyAlias(
                **act.opened(), unit=item.unit, text=text, normalised=normalise(text), scheme=scheme
            )
        )
    return rows


def _buildings(
    act: SampleAct,
    town: SampleTown,
    grounds: dict[str, Parcel],
    units: dict[str, PropertyUnit],
) -> list[BuildingVersion]:
    """Footprints on the ground (common ones in a condominium) and each apartment's own floor area."""
    shared = {row.unit_number for row in town.parcels if row.is_condominium}
    footprints = [
        BuildingVersion(
            **act.opened(),
            building_id=act.identity("building", f"{row.unit_number}/{row.number}"),
            parcel=grounds[row.unit_number],
            unit=None if row.unit_number in shared else units[row.unit_number],
            geom=stored_area(row.geometry),
            floors=row.floors,
            floor_area_m2=row.area_m2,
            structure=row.structure,
            conservation=row.conservation,
            built_in=row.year_built,
            use=row.use,
        )
        for row in town.buildings
    ]
    return footprints + [
        BuildingVersion(
            **act.opened(),
            building_id=act.identity("building", row.unit_number),
            parcel=grounds[row.parent_number],
            unit=units[row.unit_number],
            floors=1,
            floor_area_m2=row.area_m2,
            structure="CONCRETE",
            built_in=row.year_built,
            use=row.use,
        )
        for row in town.condominium_units
    ]


def _observations(
    act: SampleAct,
    town: SampleTown,
    grounds: dict[str, Parcel],
    units: dict[str, PropertyUnit],
) -> list[Observation]:
    told: list[tuple[str, SampleParcel | SampleMaplessUnit]] = [
        ("OVERLAP" if row.conflicts_with else "NO_KEY", row)
        for row in town.parcels
        if row.observation
    ]
    told += [("NO_GEOMETRY", row) for row in town.mapless_units]
    return [
        Observation(
            municipality=act.municipality,
            parcel=grounds[row.unit_number],
            unit=units[row.unit_number],
            code=code,
            message=row.observation,
            operation=act.operation,
        )
        for code, row in told
    ]
