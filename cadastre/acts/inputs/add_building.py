"""What ``add_building`` is told."""

from decimal import Decimal
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from cadastre.acts.act_inputs import Geometry, Inputs

Year = Annotated[int, Field(ge=1, le=9999)]


class FloorInputs(BaseModel):
    """``number``: 1 at street level, -1 below it."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    number: int = Field(ge=-20, le=200)
    area_m2: Decimal = Field(gt=0, max_digits=12, decimal_places=2)
    use: str = Field("", max_length=40)
    built_in: Year | None = None
    conservation: str = Field("", max_length=20)
    components: dict[str, Any] = Field({}, max_length=100)


class AddBuildingInputs(Inputs):
    """``footprint`` in WKT; ``components`` are variables of the ficha's section «buildings»."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "unit": "1204",
        "structure": "CONCRETE",
        "built_in": 2019,
        "floors": [
            {"number": 1, "area_m2": "84.50", "use": "DWELLING"},
            {"number": 2, "area_m2": "60.00", "use": "DWELLING"},
        ],
        "footprint": "POLYGON ((774002 9943002, 774012 9943002, 774012 9943010.45, "
        "774002 9943010.45, 774002 9943002))",
        "components": {"roof": "SLAB", "walls": "BLOCK", "bathrooms": 2},
    }

    structure: str = Field(min_length=1, max_length=30)
    floors: list[FloorInputs] = Field(min_length=1, max_length=220)
    footprint: Geometry = None
    conservation: str = Field("GOOD", max_length=20)
    built_in: Year | None = None
    restored_in: Year | None = None
    use: str = Field("", max_length=40)
    stage_pct: Decimal | None = Field(None, ge=0, le=100, max_digits=5, decimal_places=2)
    components: dict[str, Any] = Field({}, max_length=100)
