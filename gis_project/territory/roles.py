"""The shipped roles and the list of all capabilities, read from roles.toml."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from gis_project.territory.models import Role

_FILE = Path(__file__).parent / "roles.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShippedRole:
    code: str
    name: str
    capabilities: tuple[str, ...]
    requires_mfa: bool


@cache
def capabilities() -> dict[str, str]:
    """Capability → what it lets one do, in Spanish."""
    return dict(_content()["capabilities"])


@cache
def shipped_roles() -> tuple[ShippedRole, ...]:
    return tuple(
        ShippedRole(
            code=code,
            name=entry["name"],
            capabilities=tuple(entry["capabilities"]),
            requires_mfa=entry.get("requires_mfa", False),
        )
        for code, entry in _content()["roles"].items()
    )


def load_roles() -> None:
    """Write the shipped roles into the database; those that an office added stay untouched."""
    for role in shipped_roles():
        Role.objects.update_or_create(
            code=role.code,
            defaults={
                "name": role.name,
                "capabilities": list(role.capabilities),
                "requires_mfa": role.requires_mfa,
                "is_shipped": True,
            },
        )


def _content() -> dict[str, Any]:
    with _FILE.open("rb") as file:
        return tomllib.load(file)
