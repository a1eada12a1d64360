"""What ``correct_building`` is told."""

from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from cadastre.acts.act_inputs import Geometry, Inputs
from cadastre.acts.inputs.add_building import FloorInputs, Year


class BuildingChanges(BaseModel):
    """Only what is to be otherwise: ``floors`` all, ``components`` those told; null takes back what may be unknown."""

    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True, frozen=True)
    structure: str = Field("", min_length=1, max_length=30)
    floors: list[FloorInputs] = Field([], min_length=1, max_length=220)
    footprint: Geometry = None
    conservation: str = Field("", min_length=1, max_length=20)
    built_in: Year | None = None
    restored_in: Year | None = None
    use: str = Field("", max_length=40)
    stage_pct: Decimal | None = Field(None, ge=0, le=100, max_digits=5, decimal_places=2)
    components: dict[str, Any] = Field({}, max_length=100)


class CorrectBuildingInputs(Inputs):
    """``building`` by its permanent id; ``was_always_so``: it was never otherwise; false: so from the act's day on."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "unit": "1204",
        "building": "2f7c1a90-5d3e-4b61-9c42-8e0a6b7d1f35",
        "was_always_so": False,
        "changes": {
            "floors": [
                {"number": 1, "area_m2": "84.50", "use": "DWELLING"},
                {"number": 2, "area_m2": "84.50", "use": "DWELLING"},
                {"number": 3, "area_m2": "40.00", "use": "DWELLING", "built_in": 2025},
            ],
            "components": {"bathrooms": 4},
        },
    }

    building: UUID
    was_always_so: bool
    changes: BuildingChanges
