"""What ``change_key`` is told."""

from typing import Annotated, Any, ClassVar

from pydantic import Field

from cadastre.acts.act_inputs import Inputs


class ChangeKeyInputs(Inputs):
    """``key`` in any punctuation; ``number`` for a predio without one, NEXT for the municipality's next."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"unit": "1204", "key": "17-03-50-01-02-030-046"}

    key: Annotated[str, Field(max_length=60)] = ""
    number: Annotated[str, Field(pattern=r"^(NEXT|[1-9][0-9]{0,8})?$")] = ""
