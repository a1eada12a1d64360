"""Which fields an audience sees of a resource; what field_visibility.toml does not name is absent."""

import tomllib
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from gis_project.territory.models import Municipality
from gis_project.territory.policy import Actor, can

_FILE = Path(__file__).parent / "field_visibility.toml"

# The audience that a capability makes; an official may be several.
AUDIENCE_OF_CAPABILITY = {
    "view_register": "official",
    "view_personal_data": "personal",
    "view_households": "households",
    "carry_field_packages": "field",
    "view_owner_history": "chief",
    "view_tax": "treasury",
    "view_audit": "auditor",
}


class Visibility(StrEnum):
    VISIBLE = "visible"
    MASKED = "masked"
    ABSENT = "absent"


def visible_fields(
    audience: str, resource: str, *, municipality: Municipality | None = None
) -> frozenset[str]:
    """The fields shown in full; empty for an audience or a resource that the file does not know.

    Without `municipality` a field with a switch counts as switched off.
    """
    return frozenset(
        field
        for field in matrix().get(resource, {})
        if field_visibility(audience, resource, field, municipality=municipality)
        is Visibility.VISIBLE
    )


def field_visibility(
    audience: str, resource: str, field: str, *, municipality: Municipality | None = None
) -> Visibility:
    """VISIBLE, MASKED or ABSENT; ABSENT for everything unknown."""
    entry = matrix().get(resource, {}).get(field)
    if entry is None or audience not in audiences():
        return Visibility.ABSENT
    if audience in entry.get("switched", ()) and not (
        municipality is not None and getattr(municipality, entry["switch"])
    ):
        return Visibility.ABSENT
    if audience in entry.get("visible", ()):
        return Visibility.VISIBLE
    return Visibility.MASKED if audience in entry.get("masked", ()) else Visibility.ABSENT


def audiences_of(
    actor: Actor, *, municipality: Municipality, on: date, is_owner: bool = False
) -> frozenset[str]:
    """All audiences the actor belongs to there: what any of them sees, the actor sees."""
    mine = {"bulk", "lookup"} | ({"owner"} if is_owner else set())
    for capability, audience in AUDIENCE_OF_CAPABILITY.items():
        if can(actor, capability, municipality=municipality, on=on):
            mine.add(audience)
    return frozenset(mine)


def fields_for(
    actor_audiences: frozenset[str], resource: str, *, municipality: Municipality | None = None
) -> frozenset[str]:
    """The union of what several audiences see in full."""
    return frozenset().union(
        *(visible_fields(one, resource, municipality=municipality) for one in actor_audiences)
    )


@cache
def matrix() -> dict[str, dict[str, Any]]:
    """Resource → field → its entry in the file."""
    return {name: fields for name, fields in _content().items() if name != "audiences"}


@cache
def audiences() -> frozenset[str]:
    return frozenset(_content()["audiences"])


def _content() -> dict[str, Any]:
    with _FILE.open("rb") as file:
        return tomllib.load(file)
