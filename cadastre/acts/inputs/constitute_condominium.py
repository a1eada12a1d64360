"""What ``constitute_condominium`` is told."""

from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from cadastre.acts.act_inputs import Inputs, TakerInputs


class UnitInputs(BaseModel):
    """A row of the table; ``aliquot`` 0.125 for 12,5 %; without ``holders``, those of the matrix."""

    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True, frozen=True)
    aliquot: Decimal
    tower: int = Field(0, ge=0, le=999)
    floor: int = Field(0, ge=0, le=99)
    unit: int = Field(0, ge=0, le=999)
    key: str = Field("", max_length=60)
    private_m2: Decimal | None = Field(None, gt=0, max_digits=12, decimal_places=2)
    building: UUID | None = None
    use: str = Field("", max_length=40)
    holders: list[TakerInputs] = Field([], max_length=500)


class ConstituteCondominiumInputs(Inputs):
    """``unit`` is the predio that becomes the matrix; ``units`` the whole table."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "unit": "1204",
        "units": [
            {"aliquot": "0.6250000000", "tower": 1, "floor": 1, "unit": 1, "private_m2": "80.00"},
            {"aliquot": "0.3750000000", "tower": 1, "floor": 2, "unit": 1, "private_m2": "48.00"},
        ],
    }

    units: list[UnitInputs] = Field(min_length=1, max_length=5000)
