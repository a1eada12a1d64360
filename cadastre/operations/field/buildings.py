"""Buildings drawn, changed or gone in the field, as proposals to add, correct or demolish them."""

from collections.abc import Iterable
from typing import Any

import shapely

from cadastre.ficha.variables import Subject, variables_of
from cadastre.fieldwork.compare import Change, Method, shape_of
from cadastre.fieldwork.field_layer import BUILDINGS, FLOOR_ROWS, PARCELS
from cadastre.models import BuildingFloor, BuildingVersion, FieldDelta
from cadastre.operations.field.arrival import Arrival, Outcome
from cadastre.operations.field.data import kept_column

_PLAIN = ("structure", "conservation", "use")
_YEARS = ("built_in", "restored_in")


def building_deltas(work: Arrival, changes: Iterable[Change]) -> list[FieldDelta]:
    """One change for each building, with its proposal where there is an act for it."""
    found = []
    for change in changes:
        if change.layer != BUILDINGS:
            continue
        match change.method:
            case Method.CREATE:
                found.append(_drawn(work, change))
            case Method.DELETE:
                found.append(_gone(work, change))
            case Method.PATCH:
                found.append(_changed(work, change))
    return found


def _drawn(work: Arrival, change: Change) -> FieldDelta:
    shape = shape_of(change.geom[1]) if change.geom else None
    unit = _owner(work, change, shape)
    delta = _delta(work, change, unit, shape)
    values = {name: pair[1] for name, pair in change.columns.items()}
    floors = _floors(values)
    if unit is None:
        return _reject(
            delta, "building_elsewhere", "La edificación no está sobre ningún predio del paquete."
        )
    if not floors:
        return _reject(
            delta,
            "floors_missing",
            "Faltan los pisos: dé el área de cada uno, o un piso y su área construida.",
        )
    told: dict[str, Any] = {
        "unit": unit,
        "srid": work.package.srid,
        "floors": floors,
        "components": {
            name: value
            for name, value in values.items()
            if name in variables_of(Subject.BUILDING) and value is not None
        },
    }
    told |= {name: values[name] for name in (*_PLAIN, "stage_pct") if values.get(name) is not None}
    told |= {name: _whole(values[name]) for name in _YEARS if values.get(name) is not None}
    if shape is not None:
        told["footprint"] = shapely.to_wkt(shape, rounding_precision=6)
    work.propose("add_building", told, [delta])
    return delta


def _gone(work: Arrival, change: Change) -> FieldDelta:
    unit, _ = change.columns.get("unit", (None, None))
    delta = _delta(work, change, unit, None)
    if (BUILDINGS, change.uuid) not in work.now:
        delta.outcome = Outcome.KNOWN
    else:
        work.propose("demolish_building", {"unit": unit, "building": change.uuid}, [delta])
    return delta


def _changed(work: Arrival, change: Change) -> FieldDelta:
    """What was seen on the day of the visit is so from the document's day on: nobody says in the field since when."""
    held = work.held[BUILDINGS, change.uuid]
    shape = shape_of(change.geom[1]) if change.geom else None
    unit = held.values.get("unit")
    delta = _delta(work, change, unit, shape)
    if (BUILDINGS, change.uuid) not in work.now:
        return _reject(
            delta,
            "building_gone",
            "La edificación ya no consta: se dio de baja por un acto posterior.",
        )
    changes = _told_changes({name: pair[1] for name, pair in change.columns.items()})
    if "floors" in changes:
        changes["floors"] = _with_components(changes["floors"], change.uuid)
    if shape is not None:
        changes["footprint"] = shapely.to_wkt(shape, rounding_precision=6)
    if not changes:
        return _reject(
            delta,
            "not_in_the_field",
            "De una edificación que ya consta se corrigen aquí sus datos, sus pisos y su planta.",
        )
    told = {
        "unit": unit,
        "srid": work.package.srid,
        "building": change.uuid,
        "was_always_so": False,
        "changes": changes,
    }
    work.propose("correct_building", told, [delta])
    return delta


def _told_changes(values: dict[str, Any]) -> dict[str, Any]:
    """What the act is told of the columns that changed; an emptied one takes the value back."""
    told: dict[str, Any] = {name: values[name] for name in (*_PLAIN, "stage_pct") if name in values}
    if "use" in told:
        told["use"] = told["use"] or ""
    told |= {name: values[name] and _whole(values[name]) for name in _YEARS if name in values}
    if values.get(FLOOR_ROWS):
        told["floors"] = _floors(values)
    known = variables_of(Subject.BUILDING)
    components = {name: value for name, value in values.items() if name in known}
    return told | ({"components": components} if components else {})


def _with_components(floors: list[dict[str, Any]], building: str) -> list[dict[str, Any]]:
    """The floors with the materials that the register knows of each: the field is not asked for these."""
    now = BuildingVersion.objects.known().filter(building_id=building, valid__upper_inf=True)
    known = dict(BuildingFloor.objects.filter(building__in=now).values_list("number", "components"))
    return [floor | {"components": known.get(floor["number"], {})} for floor in floors]


def _owner(work: Arrival, change: Change, shape: Any) -> str | None:
    """The predio that the row names, else the one that most of the plan lies on."""
    _, named = change.columns.get("unit", (None, None))
    if (PARCELS, str(named)) in work.held:
        return str(named)
    if shape is None or not shape.is_valid:
        return None
    shares = [
        (shapely.intersection(ground, shape).area, uuid)
        for (layer, uuid), record in work.held.items()
        if layer == PARCELS and (ground := shape_of(record.geom)) is not None
    ]
    area, unit = max(shares, default=(0, None))
    return unit if area > 0 else None


def _floors(values: dict[str, Any]) -> list[dict[str, Any]]:
    """The floors told one by one, or the only one by the building's own area."""
    rows = values.get(FLOOR_ROWS)
    if rows:
        return [
            {**row, **{name: _whole(row[name]) for name in ("number", "built_in") if name in row}}
            for row in rows
        ]
    if values.get("floors") == "1" and values.get("floor_area_m2"):
        return [{"number": 1, "area_m2": values["floor_area_m2"], "use": values.get("use") or ""}]
    return []


def _whole(told: str) -> int | str:
    """The integer; what is none stays text, for the act to refuse in words."""
    return int(told) if told.lstrip("-").isdigit() else told


def _delta(work: Arrival, change: Change, unit: str | None, shape: Any) -> FieldDelta:
    return work.delta(
        layer=BUILDINGS,
        uuid=change.uuid,
        fingerprint=change.fingerprint(),
        unit=unit,
        method=change.method.value,
        subject=FieldDelta.Subject.BUILDING,
        columns=[
            kept_column(name, brought) | {"held": held}
            for name, (held, brought) in change.columns.items()
        ],
        ground={"brought": shapely.to_wkt(shape, rounding_precision=6)}
        if shape is not None
        else {},
    )


def _reject(delta: FieldDelta, code: str, message: str) -> FieldDelta:
    delta.outcome, delta.code, delta.message = Outcome.REJECTED, code, message
    return delta
