"""The built area that becomes each unit's own in a condominium; what is left of a building is common."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from cadastre.models import BuildingVersion
from cadastre.operations.deed.filing import Deed
from cadastre.operations.deed.offspring import carry_floors, in_force
from cadastre.operations.deed.rows import end_rows, open_rows, replace_rows, successor
from gis_project.core.errors import InvalidInput
from gis_project.core.units import format_m2


class PrivateAreasUnfit(InvalidInput):
    """The private areas do not fit into the buildings of the matrix: correct them, or say of which building each is."""

    code = "private_areas_unfit"


@dataclass(frozen=True, slots=True)
class PrivateArea:
    """``area_m2`` of a unit; ``building`` None where only one stands on the ground."""

    unit: UUID
    area_m2: Decimal
    building: UUID | None
    use: str


def share_out(deed: Deed, parcel: UUID, areas: Sequence[PrivateArea]) -> list[str]:
    """Write each unit's part of the buildings on the parcel as its own, the rest as common; notes for people.

    A part has the structure, year and state of its building, and no plan of its own. PrivateAreasUnfit when
    the parts exceed a building, or it is not clear of which one they are.
    """
    standing: dict[UUID, BuildingVersion] = {
        row.building_id: row for row in in_force(BuildingVersion, parcel_id=parcel)
    }
    parts: dict[UUID, list[PrivateArea]] = {building: [] for building in standing}
    for area in areas:
        parts[_building_of(area, standing)].append(area)
    opened: list[BuildingVersion] = []
    common: list[tuple[BuildingVersion, dict[str, Any]]] = []
    ended: list[BuildingVersion] = []
    for building, mother in standing.items():
        rest = mother.floor_area_m2 - sum((p.area_m2 for p in parts[building]), Decimal(0))
        if rest < 0:
            raise PrivateAreasUnfit(
                f"Las áreas propias exceden la edificación en {format_m2(-rest)}: corrija la tabla."
            )
        opened += [_part(deed, mother, part) for part in parts[building]]
        if rest:
            common.append((mother, {"unit_id": None, "floor_area_m2": rest}))
        else:
            ended.append(mother)
    followers = replace_rows(deed, common)
    end_rows(deed, ended)
    open_rows(opened)
    # Floors sum to their building: what is left of a divided one has none.
    whole = [row for row in followers if not parts[row.building_id]]
    carry_floors(deed, list(standing.values()), whole)
    if common and not areas:
        return ["Las edificaciones quedan comunes a todas las unidades, por su alícuota."]
    return []


def _building_of(area: PrivateArea, standing: dict[UUID, BuildingVersion]) -> UUID:
    if area.area_m2 <= 0 or area.area_m2 != round(area.area_m2, 2):
        raise PrivateAreasUnfit("El área propia es mayor que 0 m² y tiene 2 decimales.")
    if area.building is None and len(standing) == 1:
        return next(iter(standing))
    if area.building not in standing:
        raise PrivateAreasUnfit(
            f"En la matriz se levantan {len(standing)} edificaciones: diga de cuál es el área propia."
        )
    return area.building


def _part(deed: Deed, mother: BuildingVersion, part: PrivateArea) -> BuildingVersion:
    return successor(
        deed,
        mother,
        building_id=uuid4(),
        unit_id=part.unit,
        geom=None,
        floor_area_m2=part.area_m2,
        use=part.use or mother.use,
    )
