"""What ``register_encumbrance`` is told."""

from decimal import Decimal
from typing import Annotated, Any, ClassVar
from uuid import UUID

from pydantic import Field

from cadastre.acts.act_inputs import Inputs


class RegisterEncumbranceInputs(Inputs):
    """``others``: further predios that the same burden lies on; ``amount`` in USD."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "unit": "1204",
        "kind": "MORTGAGE",
        "beneficiary": "0d9b4a3e-4c58-4f5b-9a0e-6f2f2b3c1d10",
        "amount": "25000.00",
        "rank": 1,
    }

    others: list[Annotated[str, Field(max_length=100)]] = Field([], max_length=200)
    kind: str = Field(max_length=20)
    description: str = Field("", max_length=500)
    beneficiary: UUID | None = None
    amount: Decimal | None = Field(None, gt=0, max_digits=14, decimal_places=2)
    rank: int | None = Field(None, ge=1, le=99)
