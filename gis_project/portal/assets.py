"""Plain names of built files and the hashed names under which browsers may keep them for ever."""

import json
from functools import cache
from pathlib import Path

from django.conf import settings

DIST = Path(__file__).resolve().parent.parent / "static" / "dist"


class PagesNotBuilt(Exception):
    """Style and scripts of the pages are missing: ``./lindero up``, or ``npm ci && npm run build`` in frontend/."""


def hashed_name(name: str) -> str:
    """The file in ``static/dist`` that the last build wrote for ``name``."""
    names = _read_manifest() if settings.DEBUG else _manifest()
    try:
        return names[name]
    except KeyError:
        raise PagesNotBuilt(f"La construcción de frontend/ no produjo {name}.") from None


@cache
def _manifest() -> dict[str, str]:
    return _read_manifest()


def _read_manifest() -> dict[str, str]:
    try:
        text = (DIST / "manifest.json").read_text(encoding="utf-8")
    except FileNotFoundError:
        raise PagesNotBuilt(
            "Falta construir las páginas: ejecute ./lindero up, o npm ci && npm run build en frontend/."
        ) from None
    names: dict[str, str] = json.loads(text)
    return names
