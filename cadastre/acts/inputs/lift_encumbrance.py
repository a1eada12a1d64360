"""What ``lift_encumbrance`` is told."""

from typing import Any, ClassVar
from uuid import UUID

from cadastre.acts.act_inputs import Inputs


class LiftEncumbranceInputs(Inputs):
    """``everywhere``: on every predio that bears it."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "unit": "1204",
        "encumbrance": "5a1d1c9e-6a0b-4c7e-8f3d-2b9e7c4a5d61",
        "everywhere": True,
    }

    encumbrance: UUID
    everywhere: bool = False
