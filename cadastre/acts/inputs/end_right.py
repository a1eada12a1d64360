"""What ``end_right`` is told."""

from typing import Any, ClassVar, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from cadastre.acts.act_inputs import Inputs, Share


class RemainingInputs(BaseModel):
    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True, frozen=True)
    party: UUID
    share: Share


class EndRightInputs(Inputs):
    """``remaining``: the share from then on of each who goes on with the same right, where others do."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "unit": "1204",
        "cause": "DEATH",
        "kind": "USUFRUCT",
        "party": "0d9b4a3e-4c58-4f5b-9a0e-6f2f2b3c1d10",
    }

    cause: str = Field(max_length=20)
    kind: Literal["USUFRUCT", "POSSESSION", "PENDING_AWARD"]
    party: UUID
    remaining: list[RemainingInputs] = Field([], max_length=500)
