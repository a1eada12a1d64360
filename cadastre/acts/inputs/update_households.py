"""What ``update_households`` is told."""

from typing import Any, ClassVar

from pydantic import Field

from cadastre.acts.act_inputs import Inputs


class UpdateHouseholdsInputs(Inputs):
    """``answers`` are variables of the ficha's section «households»; they replace all former ones."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "unit": "1204",
        "answers": {"inhabitants": 5, "households": 1, "dwelling_occupation": "OCCUPIED"},
    }

    answers: dict[str, Any] = Field(max_length=100)
