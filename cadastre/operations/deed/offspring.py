"""What predios that come out of others take over: rights, burdens, ficha, buildings; and how the old ones end."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any
from uuid import UUID

import shapely
from django.db.models import Model

from cadastre.geometry.grid_rings import Area
from cadastre.models import (
    BuildingFloor,
    BuildingVersion,
    ComplementaryWork,
    KeyAlias,
    ParcelVersion,
    PropertyUnit,
)
from cadastre.models.geometry_edge import to_shapely
from cadastre.models.versioned import Versioned
from cadastre.operations.deed.filing import Deed
from cadastre.operations.deed.rows import (
    end_rows,
    replace_rows,
)
from gis_project.territory.stored_rows import insert_together, read_rows


def in_force(model: type[Versioned], **where: Any) -> list[Any]:
    """The rows that are in force with no end, as known now; ``field=``, ``field__in=``, ``field__isnull=``."""
    conditions = [_condition(model, name, value) for name, value in where.items()]
    values = [value for name, value in where.items() if not name.endswith("__isnull")]
    return read_rows(
        model,
        " AND ".join(["upper_inf(recorded) AND upper_inf(valid)", *conditions]),
        [_plain(value) for value in values],
    )


def open_units(
    deed: Deed, versions: Sequence[ParcelVersion], keys: Sequence[KeyAlias]
) -> list[PropertyUnit]:
    """A plain predio for each parcel version, bearing the key given (an unsaved alias without its unit)."""
    units = new_units(deed, [version.parcel_id for version in versions], keys)
    insert_together(units, keys)
    return units


def new_units(deed: Deed, parcels: Sequence[UUID], keys: Sequence[KeyAlias]) -> list[PropertyUnit]:
    """The same for parcels, not saved yet."""
    units = [
        PropertyUnit(municipality=deed.municipality, parcel_id=parcel, opened_by=deed.operation)
        for parcel in parcels
    ]
    for unit, key in zip(units, keys, strict=True):
        key.unit = unit
    return units


def retire(deed: Deed, units: Sequence[PropertyUnit]) -> None:
    """Put the predios out of force: their keys end on the act's day and they bear no tax from then on."""
    end_rows(deed, in_force(KeyAlias, unit__in=[unit.pk for unit in units]))
    deed.retired.update(unit.pk for unit in units)


def share_buildings(
    deed: Deed, parent: PropertyUnit, children: Mapping[UUID, Area], units: Mapping[UUID, UUID]
) -> list[str]:
    """Buildings and works go to the child on whose ground they stand; notes tell what needs a look.

    ``children``: parcel → shape; ``units``: parcel → its new predio.
    """
    notes = []
    parcels = list(children)
    largest = max(parcels, key=lambda parcel: children[parcel].area)
    moved = []
    for building in in_force(BuildingVersion, parcel_id=parent.parcel_id):
        home, is_cut = largest, False
        if building.geom is not None:
            shape = to_shapely(building.geom)
            parts = shapely.area(shapely.intersection(shape, list(children.values())))
            home = parcels[int(parts.argmax())]
            is_cut = bool((parts > 0.01).sum() > 1)
        else:
            notes.append("Una edificación sin planta en el mapa quedó en el lote mayor: revísela.")
        if is_cut:
            notes.append("El corte pasa por una edificación: quedó en el lote que más la contiene.")
        moved.append((building, {"parcel_id": home, "unit_id": units[home]}))
    carry_floors(deed, [old for old, _ in moved], replace_rows(deed, moved))
    works = in_force(ComplementaryWork, parcel_id=parent.parcel_id)
    if works:
        notes.append("Las obras complementarias quedaron en el lote mayor: revíselas.")
        replace_rows(deed, [(work, {"parcel_id": largest}) for work in works])
    return list(dict.fromkeys(notes))


def move_buildings(deed: Deed, parcels: Sequence[UUID], home: UUID, unit: UUID) -> None:
    """Every building and work on the parcels goes to another parcel and predio."""
    buildings = in_force(BuildingVersion, parcel_id__in=list(parcels))
    carry_floors(
        deed,
        buildings,
        replace_rows(deed, [(b, {"parcel_id": home, "unit_id": unit}) for b in buildings]),
    )
    works = in_force(ComplementaryWork, parcel_id__in=list(parcels))
    replace_rows(deed, [(work, {"parcel_id": home}) for work in works])


def carry_floors(
    deed: Deed, old: Sequence[BuildingVersion], new: Sequence[BuildingVersion] = ()
) -> None:
    """The floors of each old version, again under the version that follows it and under the one that keeps its past."""
    if not old:
        return
    followers: dict[UUID, list[int]] = defaultdict(list)
    past = BuildingVersion._default_manager.filter(
        opened_by=deed.operation,
        building_id__in=[before.building_id for before in old],
        valid__upper_inf=False,
    )
    for after in (*past, *new):
        followers[after.building_id].append(after.pk)
    identities = {before.pk: before.building_id for before in old}
    copies = []
    for floor in BuildingFloor.objects.filter(building__in=list(identities)):
        for follower in followers[identities[floor.building_id]]:
            copy = deepcopy(floor)
            copy.pk, copy.building_id = None, follower
            copies.append(copy)
    BuildingFloor.objects.bulk_create(copies)


def _condition(model: type[Versioned], name: str, value: Any) -> str:
    field, _, test = name.partition("__")
    column = model._meta.get_field(field).column  # type: ignore[union-attr]
    if test == "isnull":
        return f"{column} IS {'' if value else 'NOT '}NULL"
    if test == "in":
        return f"{column} = ANY(%s)"
    if test:
        raise ValueError(f"in_force knows no {name}")
    return f"{column} = %s"


def _plain(value: Any) -> Any:
    if isinstance(value, Model):
        return value.pk
    return [_plain(one) for one in value] if isinstance(value, list | tuple | set) else value
