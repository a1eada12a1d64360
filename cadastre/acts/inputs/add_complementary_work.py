"""What ``add_complementary_work`` is told."""

from decimal import Decimal
from typing import Any, ClassVar

from pydantic import Field

from cadastre.acts.act_inputs import Inputs
from cadastre.acts.inputs.add_building import Year


class AddComplementaryWorkInputs(Inputs):
    """``kind``, ``material`` and ``conservation`` of the ficha's lists; ``measure`` M2, M, M3 or UNIT."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "unit": "1204",
        "kind": "POOL",
        "quantity": "32.00",
        "measure": "M2",
        "material": "CONCRETE",
        "built_in": 2021,
    }

    kind: str = Field(min_length=1, max_length=40)
    quantity: Decimal = Field(gt=0, max_digits=12, decimal_places=2)
    measure: str = Field(min_length=1, max_length=10)
    material: str = Field("", max_length=40)
    conservation: str = Field("", max_length=20)
    built_in: Year | None = None
