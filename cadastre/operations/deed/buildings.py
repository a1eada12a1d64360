"""What a building may be, told anew or corrected: its floors, its data, and where its plan lies."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

import shapely

from cadastre.ficha.check import completeness, flaws
from cadastre.ficha.code_lists import code_lists
from cadastre.ficha.variables import PredioKind, Subject
from cadastre.geometry.grid_rings import Area
from cadastre.models import (
    BuildingCost,
    BuildingFloor,
    BuildingVersion,
    ParcelVersion,
    PropertyUnit,
)
from cadastre.models.geometry_edge import to_shapely
from cadastre.operations.correct_attributes import check_answers
from cadastre.operations.deed.ground import NoGround
from cadastre.operations.deed.offspring import in_force
from cadastre.operations.deed.perform import Work
from gis_project.core.errors import InvalidInput, NotFound
from gis_project.core.units import format_m2

OLDEST_YEAR = 1500
_LEAST_M2 = Decimal("0.01")


class BuildingUnfit(InvalidInput):
    """The building's data contradict each other or their lists: mend what the message names."""

    code = "building_unfit"


class BuildingElsewhere(InvalidInput):
    """The plan of the building lies on no ground of the predio: draw it where it stands."""

    code = "building_elsewhere"


class BuildingNotFound(NotFound):
    """No such building stands on the predio: look at its edificaciones."""

    code = "building_not_found"


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


def ground_of(predio: PropertyUnit) -> ParcelVersion:
    """The ground in force of the predio; NoGround."""
    found = in_force(ParcelVersion, parcel_id=predio.parcel_id) if predio.parcel_id else []
    if not found:
        raise NoGround("El predio no tiene terreno en el catastro: incorpórelo primero.")
    version: ParcelVersion = found[0]
    return version


def is_common(predio: PropertyUnit) -> bool:
    """Whether what is built on it belongs to all units: it is the matrix of a condominium."""
    return predio.kind == PropertyUnit.Kind.WHOLE and not predio.is_taxable


def standing(predio: PropertyUnit) -> list[BuildingVersion]:
    """The buildings in force that acts on this predio may touch; a unit of a condominium has only its own."""
    where: dict[str, Any] = {"parcel_id": predio.parcel_id}
    if predio.kind == PropertyUnit.Kind.CONDOMINIUM:
        where = {"unit": predio}
    elif is_common(predio):
        where["unit__isnull"] = True
    return in_force(BuildingVersion, **where)


def the_one(rows: Iterable[BuildingVersion], building: UUID) -> BuildingVersion:
    """The building of that permanent id among those; BuildingNotFound."""
    found = next((row for row in rows if row.building_id == building), None)
    if found is None:
        raise BuildingNotFound("En el predio no se levanta esa edificación: revise cuáles tiene.")
    return found


def check_floors(floors: Sequence[NewFloor]) -> None:
    """Each once, none at 0, of at least 0.01 m² to two decimals; BuildingUnfit."""
    numbers = [floor.number for floor in floors]
    if not floors or 0 in numbers or len(set(numbers)) != len(numbers):
        raise BuildingUnfit(
            "Dé los pisos, cada uno una vez: 1 a nivel de la calle, -1 el subsuelo."
        )
    for floor in floors:
        if floor.area_m2 < _LEAST_M2 or floor.area_m2 != round(floor.area_m2, 2):
            raise BuildingUnfit(
                f"El área del piso {floor.number} va desde {format_m2(_LEAST_M2)}, con 2 decimales."
            )


def check_structure(work: Work, structure: str) -> None:
    """One that an ordinance of the town or the ficha's list knows; BuildingUnfit. Without cost it is noted."""
    of_list = code_lists()["structure"].names
    of_ordinances = set(
        BuildingCost.objects.filter(ordinance__municipality=work.deed.municipality).values_list(
            "structure", flat=True
        )
    )
    if structure not in of_ordinances | set(of_list):
        known = ", ".join(sorted(of_ordinances) or of_list)
        raise BuildingUnfit(f"La estructura «{structure[:30]}» no se conoce: use {known}.")
    if of_ordinances and structure not in of_ordinances:
        work.notes.append(
            f"Ninguna ordenanza del municipio da costo a la estructura {structure}: no se podrá valorar."
        )


def check_states(states: Iterable[str]) -> None:
    """States of conservation of the ficha's list, or not told; BuildingUnfit."""
    known = code_lists()["conservation"].names
    if not set(states) - {""} <= set(known):
        raise BuildingUnfit(f"El estado de conservación es uno de {', '.join(known)}.")


def check_years(work: Work, told: NewBuilding) -> None:
    """None before 1500 nor after this year, none restored before it was built; BuildingUnfit."""
    years = [told.built_in, told.restored_in, *(floor.built_in for floor in told.floors)]
    last = work.deed.today.year
    if any(year is not None and not OLDEST_YEAR <= year <= last for year in years):
        raise BuildingUnfit(f"Los años van de {OLDEST_YEAR} a {last}.")
    if told.built_in and told.restored_in and told.restored_in < told.built_in:
        raise BuildingUnfit("El año de restauración no es anterior al de construcción.")
    if told.built_in is None:
        work.notes.append("Sin año de construcción no se puede valorar: complételo.")


def check_stage(stage_pct: Decimal | None) -> None:
    """0 to 100 %, or not told; BuildingUnfit."""
    if stage_pct is not None and not 0 <= stage_pct <= 100:
        raise BuildingUnfit("La etapa de construcción va de 0 a 100 %.")


def check_components(told: NewBuilding, kind: PredioKind) -> None:
    """Variables of the ficha's buildings, of it and of each floor; FichaFlawed."""
    parts = [told.components, *(floor.components for floor in told.floors)]
    check_answers([f for part in parts for f in flaws(part, kind=kind, subject=Subject.BUILDING)])


def told_share(told: NewBuilding, kind: PredioKind) -> str:
    """The share of the building's required variables that is answered, 0 to 1."""
    return str(completeness(told.components, kind=kind, subject=Subject.BUILDING))


def judge_footprint(
    work: Work, shape: Area, ground: ParcelVersion, *, but_for: UUID | None = None
) -> None:
    """BuildingElsewhere outside the predio; what reaches beyond it or over another building is noted.

    ``but_for``: the building whose plan this is.
    """
    if ground.geom is None:
        work.notes.append("El predio no tiene mapa: no se comprueba dónde está la planta.")
        return
    inside = shape.intersection(to_shapely(ground.geom)).area
    outside = shape.area - inside
    if inside < float(_LEAST_M2):
        raise BuildingElsewhere("La planta está fuera del predio: dibújela donde se levanta.")
    if outside > float(_LEAST_M2):
        work.notes.append(
            f"La planta sale del predio en {format_m2(Decimal(outside))}: revise la planta o el lindero."
        )
    for other in in_force(BuildingVersion, parcel_id=ground.parcel_id, geom__isnull=False):
        if other.building_id == but_for:
            continue
        if shapely.intersection(shape, to_shapely(other.geom)).area > float(_LEAST_M2):
            work.notes.append("La planta se monta sobre otra edificación del predio: revísela.")
            break


def open_floors(made: BuildingVersion, floors: Iterable[NewFloor]) -> None:
    """The floors of a saved version, from the lowest up."""
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
