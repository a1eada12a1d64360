"""Corrección de una edificación: what the register says of it, its floors or its plan was not so, or is so no longer.

It stays the same building: a correction is a new version with its reason, and what was known before stays known.
"""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any
from uuid import UUID

import shapely

from cadastre.geometry.replace import check_usable
from cadastre.models import BuildingFloor, BuildingVersion, PropertyUnit
from cadastre.models.geometry_edge import to_geos, to_shapely
from cadastre.operations.correct_attributes import NothingToCorrect, predio_kind
from cadastre.operations.deed.buildings import (
    BuildingUnfit,
    NewBuilding,
    NewFloor,
    check_components,
    check_floors,
    check_stage,
    check_states,
    check_structure,
    check_years,
    ground_of,
    judge_footprint,
    open_floors,
    standing,
    the_one,
    told_share,
)
from cadastre.operations.deed.filing import Filing
from cadastre.operations.deed.offspring import carry_floors
from cadastre.operations.deed.outcome import Outcome
from cadastre.operations.deed.perform import Work, performing
from cadastre.operations.deed.rows import correct_rows, replace_rows
from cadastre.operations.deed.stretch import rewritten_since, stretch
from gis_project.core.units import format_m2

VERB = "correct_building"
CHANGES = tuple(NewBuilding.__dataclass_fields__)
_PLAIN = ("structure", "conservation", "built_in", "restored_in", "use", "stage_pct", "components")


def correct_building(
    *,
    unit: PropertyUnit,
    building: UUID,
    changes: Mapping[str, Any],
    was_always_so: bool,
    filing: Filing,
) -> Outcome:
    """The outcome; ``facts["changes"]`` lists what was said before and is said now.

    ``changes`` are fields of NewBuilding that are to be otherwise: floors all of them, components those told
    (None takes one back). ``was_always_so`` writes anew every stretch of time, back from now, in which the register
    said the same wrong thing of it on this ground; else it is so from the act's day on. Raises what ``performing``
    does, BuildingNotFound, BuildingUnfit, BuildingElsewhere, FichaFlawed, NothingToCorrect.
    """
    _check_asked(changes)
    with performing(VERB, municipality=unit.municipality, units=[unit], filing=filing) as work:
        (predio,) = work.units
        row = the_one(standing(predio), building)
        before = _as_told(row)
        after = _with(before, changes)
        new = [name for name in CHANGES if not _is_same(name, before, after)]
        if not new:
            raise NothingToCorrect("El catastro ya lo dice así: indique qué debe decir.")
        _check_fit(work, predio, row, after, new)
        if was_always_so:
            _write_for_all_time(work, row, before, changes, new)
        else:
            (made,) = replace_rows(work.deed, [(row, _columns(after, new))])
            carry_floors(work.deed, [row])
            open_floors(made, after.floors)
        area = _columns(after, new).get("floor_area_m2", row.floor_area_m2)
        work.facts["building"] = str(building)
        work.facts["floor_area_m2"] = str(area)
        work.facts["changes"] = [one for name in new for one in _said(name, before, after)]
    return work.done


def _check_asked(changes: Mapping[str, Any]) -> None:
    unknown = sorted(set(changes) - set(CHANGES))
    if unknown:
        raise BuildingUnfit(
            f"«{unknown[0][:30]}» no es de una edificación: use {', '.join(CHANGES)}."
        )
    if any(not changes[name] for name in ("structure", "conservation") if name in changes):
        raise BuildingUnfit("La estructura y el estado de conservación se corrigen, no se borran.")
    if "floors" in changes:
        check_floors(changes["floors"])
    if "footprint" in changes:
        if changes["footprint"] is None:
            raise BuildingUnfit("La planta se corrige, no se borra: dibújela donde se levanta.")
        check_usable(changes["footprint"])


def _as_told(row: BuildingVersion) -> NewBuilding:
    """A version as its data were told; without floors where an import brought none."""
    floors = BuildingFloor.objects.filter(building=row).order_by("number")
    plan: Any = to_shapely(row.geom) if row.geom is not None else None
    return NewBuilding(
        floors=tuple(
            NewFloor(
                number=floor.number,
                area_m2=floor.floor_area_m2,
                use=floor.use,
                built_in=floor.built_in,
                conservation=floor.conservation,
                components=floor.components,
            )
            for floor in floors
        ),
        footprint=plan,
        **{name: getattr(row, name) for name in _PLAIN},
    )


def _with(told: NewBuilding, changes: Mapping[str, Any]) -> NewBuilding:
    asked = dict(changes)
    if "floors" in asked:
        asked["floors"] = tuple(sorted(asked["floors"], key=lambda floor: floor.number))
    if "components" in asked:
        merged = {**told.components, **asked["components"]}
        asked["components"] = {
            code: answer for code, answer in merged.items() if answer is not None
        }
    return replace(told, **asked)


def _is_same(name: str, one: NewBuilding, other: NewBuilding) -> bool:
    told, again = getattr(one, name), getattr(other, name)
    if name == "footprint" and told is not None and again is not None:
        return bool(shapely.equals(told, again))
    return bool(told == again)


def _check_fit(
    work: Work, predio: PropertyUnit, row: BuildingVersion, after: NewBuilding, new: list[str]
) -> None:
    """Only what changes is held against the lists: what an old roll said otherwise is mended when it is told."""
    ground = ground_of(predio)
    kind = predio_kind(predio, ground.kind)
    if "structure" in new:
        check_structure(work, after.structure)
    if "conservation" in new:
        check_states([after.conservation])
    if "floors" in new:
        check_states(floor.conservation for floor in after.floors)
    if "stage_pct" in new:
        check_stage(after.stage_pct)
    if {"built_in", "restored_in", "floors"} & set(new):
        check_years(work, after)
    if {"components", "floors"} & set(new):
        check_components(after, kind)
        work.facts["completeness"] = told_share(after, kind)
    if "footprint" in new and after.footprint is not None:
        judge_footprint(work, after.footprint, ground, but_for=row.building_id)


def _write_for_all_time(
    work: Work,
    row: BuildingVersion,
    before: NewBuilding,
    changes: Mapping[str, Any],
    new: list[str],
) -> None:
    history = BuildingVersion._default_manager.filter(
        building_id=row.building_id, parcel_id=row.parcel_id, recorded__upper_inf=True
    )

    def says_the_same(other: BuildingVersion) -> bool:
        told = _as_told(other)
        return all(_says_the_same(name, told, before, changes) for name in new)

    rows = stretch(row, history, says_the_same)
    work.notes.append(rewritten_since(rows))
    mended = [_with(_as_told(one), changes) for one in rows]
    columns = [_columns(one, new) for one in mended]
    for made, one in zip(
        correct_rows(work.deed, zip(rows, columns, strict=True)), mended, strict=True
    ):
        open_floors(made, one.floors)


def _says_the_same(
    name: str, told: NewBuilding, before: NewBuilding, changes: Mapping[str, Any]
) -> bool:
    if name != "components":
        return _is_same(name, told, before)
    asked = changes["components"]
    return all(told.components.get(code) == before.components.get(code) for code in asked)


def _columns(told: NewBuilding, new: list[str]) -> dict[str, Any]:
    """What a version's columns become."""
    found = {name: getattr(told, name) for name in _PLAIN if name in new}
    if "floors" in new:
        found["floors"] = len(told.floors)
        found["floor_area_m2"] = sum((floor.area_m2 for floor in told.floors), Decimal(0))
    if "footprint" in new:
        found["geom"] = to_geos(told.footprint) if told.footprint is not None else None
    return found


def _said(name: str, before: NewBuilding, after: NewBuilding) -> list[dict[str, Any]]:
    """What was said and is said now; floors and plans in words, each variable of the ficha by itself."""
    if name == "components":
        was, now = before.components, after.components
        return [
            {"what": f"ficha.{code}", "before": was.get(code), "after": now.get(code)}
            for code in sorted({*was, *now})
            if was.get(code) != now.get(code)
        ]
    return [{"what": name, "before": _plain(name, before), "after": _plain(name, after)}]


def _plain(name: str, told: NewBuilding) -> Any:
    value = getattr(told, name)
    if name == "floors":
        return "; ".join(f"{floor.number}: {format_m2(floor.area_m2)}" for floor in value)
    if name == "footprint":
        return format_m2(Decimal(value.area)) if value is not None else None
    return str(value) if isinstance(value, Decimal) else value
