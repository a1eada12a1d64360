"""Typed readers of environment variables; a missing required one stops the start with its name."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


class MissingSetting(Exception):
    """A required environment variable is absent or malformed; the message names it."""


def text(name: str, default: str | None = None) -> str:
    value = os.environ.get(name, default)
    if value is None or value == "":
        if default is not None:
            return default
        raise MissingSetting(
            f"Falta la variable de entorno {name}. `./lindero up` la escribe en var/lindero.env."
        )
    return value


def flag(name: str, *, default: bool) -> bool:
    value = os.environ.get(name, "")
    if value == "":
        return default
    if value.lower() in {"1", "true", "yes", "si", "sí", "on"}:
        return True
    if value.lower() in {"0", "false", "no", "off"}:
        return False
    raise MissingSetting(f"{name} debe ser true o false; se leyó «{value}».")


def integer(name: str, default: int) -> int:
    value = os.environ.get(name, "")
    try:
        return int(value) if value else default
    except ValueError:
        raise MissingSetting(f"{name} debe ser un número entero; se leyó «{value}».") from None


def words(name: str, default: str = "") -> list[str]:
    """Comma-separated values, trimmed, without empty ones."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def path(name: str, default: Path) -> Path:
    value = os.environ.get(name, "")
    return Path(value) if value else default


def optional_path(name: str) -> Path | None:
    value = os.environ.get(name, "")
    return Path(value) if value else None


def database(name: str, default: str | None = None) -> dict[str, Any]:
    """A Django DATABASES entry from a postgresql:// URL; `?host=` names a socket directory."""
    url = urlsplit(text(name, default))
    if url.scheme not in {"postgresql", "postgres", "postgis"}:
        raise MissingSetting(f"{name} debe empezar con postgresql://")
    query = dict(parse_qsl(url.query))
    return {
        "ENGINE": "gis_project.territory.scoped_postgis",
        "NAME": unquote(url.path.lstrip("/")),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": query.pop("host", url.hostname or ""),
        "PORT": query.pop("port", str(url.port or "")),
        "OPTIONS": dict(query),
    }
