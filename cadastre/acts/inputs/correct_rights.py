"""What ``correct_rights`` is told."""

from typing import Any, ClassVar

from pydantic import Field

from cadastre.acts.act_inputs import Inputs, TakerInputs


class CorrectRightsInputs(Inputs):
    """``holders`` are all who hold the predio; ``was_always_so``: never otherwise; false: from the act's day on."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "unit": "1204",
        "was_always_so": True,
        "holders": [
            {"party": "0d9b4a3e-4c58-4f5b-9a0e-6f2f2b3c1d10", "share": "2/3"},
            {"party": "7c2e8f10-1a6d-4b39-8d55-90e4c3b7a2f4", "share": "1/3"},
        ],
    }

    was_always_so: bool
    holders: list[TakerInputs] = Field(min_length=1, max_length=500)
