"""What ``correct_complementary_work`` is told."""

from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from cadastre.acts.act_inputs import Inputs
from cadastre.acts.inputs.add_building import Year


class WorkChanges(BaseModel):
    """Only what is to be otherwise; an empty material or state, or no year, takes it back."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    kind: str = Field("", min_length=1, max_length=40)
    quantity: Decimal = Field(Decimal(1), gt=0, max_digits=12, decimal_places=2)
    measure: str = Field("", min_length=1, max_length=10)
    material: str = Field("", max_length=40)
    conservation: str = Field("", max_length=20)
    built_in: Year | None = None


class CorrectComplementaryWorkInputs(Inputs):
    """``work`` by its permanent id; ``was_always_so``: it was never otherwise; false: so from the act's day on."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "unit": "1204",
        "work": "8d5b2c1e-7a34-4f0b-9e61-3c2d1f0a9b87",
        "was_always_so": True,
        "changes": {"quantity": "40.00"},
    }

    work: UUID
    was_always_so: bool
    changes: WorkChanges
