"""What the register says of the predios of a field package, table by table, as its layers are laid out."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import numpy as np
import shapely

from cadastre.ficha.code_lists import code_lists
from cadastre.fieldwork import field_layer as names
from cadastre.fieldwork.field_layer import Column, FieldLayer
from cadastre.fieldwork.field_values import canonical, canonical_row
from cadastre.fieldwork.layout import layout
from cadastre.models import (
    BuildingCost,
    BuildingFloor,
    BuildingVersion,
    Ficha,
    KeyAlias,
    ParcelVersion,
    PropertyUnit,
    Right,
)
from cadastre.models.geometry_edge import to_shapely
from gis_project.core.areas import reprojected
from gis_project.core.crs import STORAGE_SRID
from gis_project.territory.models import Municipality

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldUnit:
    """The state of a predio that a package was cut from."""

    unit: UUID
    revision: int
    version: int | None
    geom_hash: str


@dataclass(slots=True, kw_only=True)
class FieldContent:
    """``tables`` hold canonical values by layer; geometry is WKB in EPSG:``srid``."""

    srid: int
    tables: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    units: list[HeldUnit] = field(default_factory=list)


def field_layers(municipality: Municipality, *, with_holders: bool) -> tuple[FieldLayer, ...]:
    """The layers for this municipality: its ordinances' types of structure stand beside the ficha's."""
    of_ordinances = BuildingCost.objects.filter(ordinance__municipality=municipality)
    codes = sorted(set(of_ordinances.values_list("structure", flat=True)))
    structures = {code: code for code in codes} | dict(code_lists()["structure"].names)
    return layout(structures=structures, with_holders=with_holders)


def field_content(
    municipality: Municipality,
    units: Sequence[UUID],
    *,
    layers: Sequence[FieldLayer],
    on: date,
) -> FieldContent:
    """The work layers' rows for these predios as they are in force on the day; retired ones are left out.

    Coordinates are those of the municipality's legal CRS. Names come only where the layers have a column for them.
    """
    by_name = {layer.name: layer for layer in layers}
    content = FieldContent(srid=municipality.legal_srid)
    predios = list(
        PropertyUnit.objects.filter(municipality=municipality, pk__in=units)
        .exclude(state=PropertyUnit.State.RETIRED)
        .order_by("pk")
    )
    grounds = _by(
        "parcel_id",
        ParcelVersion.objects.known()
        .valid_on(on)
        .filter(municipality=municipality, parcel__in={unit.parcel_id for unit in predios}),
    )
    shapes = _shapes(grounds.values(), content.srid)
    keys = _by("unit_id", _in_force(KeyAlias, on, unit__in=predios, is_principal=True))
    fichas = _by("unit_id", _in_force(Ficha, on, unit__in=predios))
    with_names = "holders" in by_name[names.PARCELS].names
    holders = _holders(predios, on) if with_names else {}
    whole = {unit.parcel_id: unit.pk for unit in predios if unit.kind == "WHOLE"}
    for unit in predios:
        ground = grounds.get(unit.parcel_id)
        if ground is None:
            continue
        is_whole = unit.kind == PropertyUnit.Kind.WHOLE
        layer = by_name[names.PARCELS if is_whole else names.UNITS]
        answers = fichas[unit.pk].answers if unit.pk in fichas else {}
        row = {
            "uuid": str(unit.pk),
            "key": keys[unit.pk].text if unit.pk in keys else None,
            "number": unit.number,
            "holders": holders.get(unit.pk),
            "parcel": str(whole[unit.parcel_id]) if unit.parcel_id in whole else None,
            "kind": ground.kind,
            "address": ground.address or None,
            "land_use": ground.land_use or None,
            "block_code": ground.block_code or None,
            "legal_area_m2": _area(ground.legal_area_m2),
            "titled_area_m2": _area(ground.titled_area_m2),
        }
        told = {column.name: answers.get(column.name) for column in layer.columns} | {
            name: value for name, value in row.items() if name in layer.names
        }
        told = {column.name: canonical(column, told[column.name]) for column in layer.columns}
        if is_whole:
            told["geom"] = shapes.get(ground.pk)
        content.tables[layer.name].append(told)
        _add_rows(content, layers, str(unit.pk), answers)
        content.units.append(
            HeldUnit(
                unit=unit.pk,
                revision=unit.revision,
                version=ground.pk,
                geom_hash=ground.geom_hash if is_whole else "",
            )
        )
    _add_buildings(content, by_name, municipality, whole, on)
    return content


def _add_rows(
    content: FieldContent, layers: Sequence[FieldLayer], unit: str, answers: Mapping[str, Any]
) -> None:
    """The ficha's variables of rows, each in its own table."""
    for layer in layers:
        if layer.parent != names.PARCELS or not layer.rows_of:
            continue
        for place, answer in enumerate(answers.get(layer.rows_of) or ()):
            told = canonical_row({column.name: column for column in layer.columns}, answer)
            content.tables[layer.name].append(
                told | {"uuid": _identity(unit, layer.name, str(place)), "unit": unit}
            )


def _add_buildings(
    content: FieldContent,
    by_name: Mapping[str, FieldLayer],
    municipality: Municipality,
    whole: Mapping[Any, UUID],
    on: date,
) -> None:
    layer, floors = by_name[names.BUILDINGS], by_name[names.FLOORS]
    found = list(
        _in_force(BuildingVersion, on, municipality=municipality, parcel__in=list(whole)).order_by(
            "building_id"
        )
    )
    shapes = _shapes(found, content.srid)
    for building in found:
        values = {**building.components} | {
            name: getattr(building, name)
            for name in (
                "structure", "conservation", "floors", "floor_area_m2", "built_in", "restored_in",
                "use", "stage_pct",
            )
        }  # fmt: skip
        content.tables[layer.name].append(
            _canonical(layer.columns, values)
            | {
                "uuid": str(building.building_id),
                "unit": str(whole[building.parcel_id]),
                "geom": shapes.get(building.pk),
            }
        )
    identities = {building.pk: str(building.building_id) for building in found}
    for floor in BuildingFloor.objects.filter(building__in=identities).order_by(
        "building", "number"
    ):
        owner = identities[floor.building_id]
        values = {
            "number": floor.number,
            "area_m2": floor.floor_area_m2,
            "use": floor.use,
            "built_in": floor.built_in,
            "conservation": floor.conservation,
        }
        content.tables[floors.name].append(
            _canonical(floors.columns, values)
            | {"uuid": _identity(owner, "floors", str(floor.number)), "building": owner}
        )


def _canonical(columns: Iterable[Column], values: Mapping[str, Any]) -> Row:
    return {column.name: canonical(column, values.get(column.name)) for column in columns}


def _identity(*parts: str) -> str:
    return str(uuid5(NAMESPACE_URL, "/".join(parts)))


def _area(value: Any) -> str | None:
    return f"{value:.2f}" if value is not None else None


def _in_force(model: Any, on: date, **where: Any) -> Any:
    return model.objects.known().valid_on(on).filter(**where)


def _by(column: str, rows: Iterable[Any]) -> dict[Any, Any]:
    return {getattr(row, column): row for row in rows}


def _holders(predios: Sequence[PropertyUnit], on: date) -> dict[UUID, str]:
    """The names of each predio's holders in one text; those whose person was erased are left out."""
    told: dict[UUID, list[str]] = defaultdict(list)
    rights = _in_force(Right, on, unit__in=predios).order_by("pk")
    for right in rights.filter(party__identity__isnull=False).select_related("party__identity"):
        told[right.unit_id].append(right.party.identity.full_name)
    return {unit: "; ".join(dict.fromkeys(found)) for unit, found in told.items()}


def _shapes(rows: Iterable[Any], srid: int) -> dict[int, bytes]:
    """WKB in the package's CRS by row; stored vertices go unchanged where it is the storage CRS."""
    drawn = [row for row in rows if row.geom is not None]
    shapes = np.array([to_shapely(row.geom) for row in drawn], dtype=object)
    if srid != STORAGE_SRID and len(shapes):
        shapes = reprojected(shapes, to_srid=srid, from_srid=STORAGE_SRID)
    return {row.pk: shapely.to_wkb(shape) for row, shape in zip(drawn, shapes, strict=True)}
