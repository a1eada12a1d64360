"""What ``remove_complementary_work`` is told."""

from typing import Any, ClassVar
from uuid import UUID

from cadastre.acts.act_inputs import Inputs


class RemoveComplementaryWorkInputs(Inputs):
    """``work`` by its permanent id."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "unit": "1204",
        "work": "8d5b2c1e-7a34-4f0b-9e61-3c2d1f0a9b87",
    }

    work: UUID
