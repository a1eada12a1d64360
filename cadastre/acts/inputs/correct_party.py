"""What ``correct_party`` is told."""

from datetime import date
from typing import Any, ClassVar, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from cadastre.acts.act_inputs import Inputs
from cadastre.acts.inputs.register_party import MemberInputs


class PartyChanges(BaseModel):
    """Only what is to be otherwise; an empty text, or null, takes back what may be unknown. ``members`` are all."""

    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True, frozen=True)
    kind: Literal[
        "NATURAL", "LEGAL", "PUBLIC", "SPOUSES", "HEIRS", "COMMUNE", "TRUST", "UNKNOWN"
    ] = "NATURAL"
    full_name: str = Field("", min_length=1, max_length=300)
    document: str = Field("", max_length=30)
    birth_date: date | None = None
    phone: str = Field("", max_length=30)
    email: str = Field("", max_length=254, pattern=r"^([^@\s]+@[^@\s]+\.[^@\s]+)?$")
    postal_address: str = Field("", max_length=300)
    members: list[MemberInputs] = Field([], min_length=1, max_length=500)


class CorrectPartyInputs(Inputs):
    """``unit`` may name the predio on which he was looked at. ``since``: from when the members told are so."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "party": "0d9b4a3e-4c58-4f5b-9a0e-6f2f2b3c1d10",
        "changes": {"full_name": "Segundo Caiza Guamán", "birth_date": "1961-04-02"},
    }

    unit: str = Field("", max_length=100)
    party: UUID
    changes: PartyChanges
    since: date | None = None
