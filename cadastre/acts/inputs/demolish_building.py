"""What ``demolish_building`` is told."""

from typing import Any, ClassVar
from uuid import UUID

from cadastre.acts.act_inputs import Inputs


class DemolishBuildingInputs(Inputs):
    """``building`` by its permanent id."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "unit": "1204",
        "building": "2f7c1a90-5d3e-4b61-9c42-8e0a6b7d1f35",
    }

    building: UUID
