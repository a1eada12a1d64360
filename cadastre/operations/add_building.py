"""Incorporación de una edificación: what stands on a predio's ground, floor by floor."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import shapely

from cadastre.ficha.check import completeness, flaws
from cadastre.ficha.code_lists import code_lists
from cadastre.ficha.variables import PredioKind, Subject
from cadastre.geometry.grid_rings import Area
from cadastre.geometry.replace import check_usable
from cadastre.models import (
    BuildingCost,
    BuildingFloor,
    BuildingVersion,
    ParcelVersion,
    PropertyUnit,
)
from cadastre.models.geometry_edge import to_geos, to_shapely
from cadastre.operations.correct_attributes import check_answers, predio_kind
from cadastre.operations.deed.filing import Filing
from cadastre.operations.deed.ground import NoGround
from cadastre.operations.deed.offspring import in_force
from cadastre.operations.deed.outcome import Outcome
from cadastre.operations.deed.perform import Work, performing
from cadastre.operations.deed.rows import open_rows
from gis_project.core.errors import InvalidInput
from gis_project.core.units import format_m2

VERB = "add_building"
OLDEST_YEAR = 1500
_LEAST_M2 = Decimal("0.01")


class BuildingUnfit(InvalidInput):
    """The building's data contradict each other or their lists: mend what the message names."""

    code = "building_unfit"


class BuildingElsewhere(InvalidInput):
    """The plan of the building lies on no ground of the predio: draw it where it stands."""

    code = "building_elsewhere"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFloor:
    """``number``: 1 at street level, -1 below it; ``area_m2`` built on it."""

    number: int
    area_m2: Decimal
    use: str = ""
    built_in: int | None = None
    conservation: str = ""
    components: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewBuilding:
    """``footprint`` on the millimetre grid of EPSG:32717; ``components`` variables of the ficha's buildings."""

    structure: str
    floors: Sequence[NewFloor]
    footprint: Area | None = None
    conservation: str = "GOOD"
    built_in: int | None = None
    restored_in: int | None = None
    use: str = ""
    stage_pct: Decimal | None = None
    components: Mapping[str, Any] = field(default_factory=dict)


def add_building(*, unit: PropertyUnit, building: NewBuilding, filing: Filing) -> Outcome:
    """The outcome; ``facts["building"]`` is its id. Its built area is the sum of its floors.

    On the matrix of a condominium it is common to all units. A plan that reaches beyond the predio, or over
    another building, is noted. Raises what ``performing`` does, BuildingUnfit, BuildingElsewhere, FichaFlawed.
    """
    _check_floors(building.floors)
    if building.footprint is not None:
        check_usable(building.footprint)
    with performing(VERB, municipality=unit.municipality, units=[unit], filing=filing) as work:
        (predio,) = work.units
        version = _version(predio)
        _check_fit(work, building, predio_kind(predio, version.kind))
        _judge_footprint(work, building, version)
        plan: Any = to_geos(building.footprint) if building.footprint is not None else None
        is_common = predio.kind == PropertyUnit.Kind.WHOLE and not predio.is_taxable
        (made,) = open_rows(
            [
                BuildingVersion(
                    building_id=uuid4(),
                    parcel_id=version.parcel_id,
                    unit=None if is_common else predio,
                    geom=plan,
                    floors=len(building.floors),
                    floor_area_m2=sum((f.area_m2 for f in building.floors), Decimal(0)),
                    structure=building.structure,
                    conservation=building.conservation,
                    built_in=building.built_in,
                    restored_in=building.restored_in,
                    use=building.use,
                    stage_pct=building.stage_pct,
                    components=dict(building.components),
                    **work.deed.opened(),
                )
            ]
        )
        _open_floors(made, building.floors)
        work.facts["building"] = str(made.building_id)
        work.facts["floor_area_m2"] = str(made.floor_area_m2)
    return work.done


def _check_floors(floors: Sequence[NewFloor]) -> None:
    numbers = [floor.number for floor in floors]
    if not floors or 0 in numbers or len(set(numbers)) != len(numbers):
        raise BuildingUnfit(
            "Dé los pisos, cada uno una vez: 1 a nivel de la calle, -1 el subsuelo."
        )
    for floor in floors:
        if floor.area_m2 < _LEAST_M2 or floor.area_m2 != round(floor.area_m2, 2):
            raise BuildingUnfit(
                f"El área del piso {floor.number} va desde 0.01 m², con 2 decimales."
            )


def _version(predio: PropertyUnit) -> ParcelVersion:
    found = in_force(ParcelVersion, parcel_id=predio.parcel_id) if predio.parcel_id else []
    if not found:
        raise NoGround("El predio no tiene terreno en el catastro: incorpórelo primero.")
    version: ParcelVersion = found[0]
    return version


def _check_fit(work: Work, told: NewBuilding, kind: PredioKind) -> None:
    town, lists = work.deed.municipality, code_lists()
    of_ordinances = set(
        BuildingCost.objects.filter(ordinance__municipality=town).values_list(
            "structure", flat=True
        )
    )
    if told.structure not in of_ordinances | set(lists["structure"].names):
        known = ", ".join(sorted(of_ordinances) or lists["structure"].names)
        raise BuildingUnfit(f"La estructura «{told.structure[:30]}» no se conoce: use {known}.")
    if of_ordinances and told.structure not in of_ordinances:
        work.notes.append(
            f"Ninguna ordenanza del municipio da costo a la estructura {told.structure}: no se podrá valorar."
        )
    states = {told.conservation, *(floor.conservation for floor in told.floors)} - {""}
    if not states <= set(lists["conservation"].names):
        known = ", ".join(lists["conservation"].names)
        raise BuildingUnfit(f"El estado de conservación es uno de {known}.")
    _check_years(told, work.deed.today)
    if told.stage_pct is not None and not 0 <= told.stage_pct <= 100:
        raise BuildingUnfit("La etapa de construcción va de 0 a 100 %.")
    if told.built_in is None:
        work.notes.append("Sin año de construcción no se puede valorar: complételo.")
    parts = [told.components, *(floor.components for floor in told.floors)]
    check_answers([f for part in parts for f in flaws(part, kind=kind, subject=Subject.BUILDING)])
    share = completeness(told.components, kind=kind, subject=Subject.BUILDING)
    work.facts["completeness"] = str(share)


def _check_years(told: NewBuilding, today: date) -> None:
    years = [told.built_in, told.restored_in, *(floor.built_in for floor in told.floors)]
    if any(year is not None and not OLDEST_YEAR <= year <= today.year for year in years):
        raise BuildingUnfit(f"Los años van de {OLDEST_YEAR} a {today.year}.")
    if told.built_in and told.restored_in and told.restored_in < told.built_in:
        raise BuildingUnfit("El año de restauración no es anterior al de construcción.")


def _judge_footprint(work: Work, told: NewBuilding, version: ParcelVersion) -> None:
    shape = told.footprint
    if shape is None:
        work.notes.append("La edificación entra sin planta en el mapa: dibújela cuando se levante.")
        return
    if version.geom is None:
        work.notes.append("El predio no tiene mapa: no se comprueba dónde está la planta.")
        return
    inside = shape.intersection(to_shapely(version.geom)).area
    outside = shape.area - inside
    if inside < float(_LEAST_M2):
        raise BuildingElsewhere("La planta está fuera del predio: dibújela donde se levanta.")
    if outside > float(_LEAST_M2):
        work.notes.append(
            f"La planta sale del predio en {format_m2(Decimal(outside).quantize(_LEAST_M2))}: "
            "revise la planta o el lindero."
        )
    for other in in_force(BuildingVersion, parcel_id=version.parcel_id, geom__isnull=False):
        if shapely.intersection(shape, to_shapely(other.geom)).area > float(_LEAST_M2):
            work.notes.append("La planta se monta sobre otra edificación del predio: revísela.")
            break


def _open_floors(made: BuildingVersion, floors: Sequence[NewFloor]) -> None:
    BuildingFloor.objects.bulk_create(
        BuildingFloor(
            building=made,
            number=floor.number,
            floor_area_m2=floor.area_m2,
            use=floor.use,
            built_in=floor.built_in,
            conservation=floor.conservation,
            components=dict(floor.components),
        )
        for floor in sorted(floors, key=lambda floor: floor.number)
    )
