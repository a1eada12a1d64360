"""What ``register_party`` is told."""

from datetime import date
from typing import Any, ClassVar, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from cadastre.acts.act_inputs import Inputs, Share


class MemberInputs(BaseModel):
    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True, frozen=True)
    party: UUID
    share: Share = None


class RegisterPartyInputs(Inputs):
    """``unit`` stays empty. Members and ``since`` are of a group: spouses, heirs, commune, trust."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "kind": "HEIRS",
        "full_name": "Herederos de Segundo Caiza",
        "members": [
            {"party": "0d9b4a3e-4c58-4f5b-9a0e-6f2f2b3c1d10", "share": "1/2"},
            {"party": "7c2e8f10-1a6d-4b39-8d55-90e4c3b7a2f4", "share": "1/2"},
        ],
        "since": "2026-01-20",
    }

    unit: Literal[""] = ""
    kind: Literal["NATURAL", "LEGAL", "PUBLIC", "SPOUSES", "HEIRS", "COMMUNE", "TRUST", "UNKNOWN"]
    full_name: str = Field("", max_length=300)
    document: str = Field("", max_length=30)
    birth_date: date | None = None
    phone: str = Field("", max_length=30)
    email: str = Field("", max_length=254, pattern=r"^([^@\s]+@[^@\s]+\.[^@\s]+)?$")
    postal_address: str = Field("", max_length=300)
    members: list[MemberInputs] = Field([], max_length=500)
    since: date | None = None
