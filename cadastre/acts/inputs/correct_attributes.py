"""What ``correct_attributes`` is told."""

from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from cadastre.acts.act_inputs import Inputs


class LandInputs(BaseModel):
    """Only what is to be otherwise; ``parish`` by its six digits, empty for none."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    kind: Literal["URBAN", "RURAL"] | None = None
    parish: str | None = Field(None, max_length=6)
    block_code: str | None = Field(None, max_length=30)
    address: str | None = Field(None, max_length=300)
    land_use: str | None = Field(None, max_length=60)


class CorrectAttributesInputs(Inputs):
    """``was_always_so``: it was never otherwise; false: it is so from the act's day on."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "unit": "1204",
        "was_always_so": True,
        "attributes": {"address": "Calle Barriga y González Suárez"},
        "answers": {"topography": "SLOPE_UP", "front_1_m": "14.20"},
    }

    was_always_so: bool
    attributes: LandInputs | None = None
    answers: dict[str, Any] = Field({}, max_length=300)
