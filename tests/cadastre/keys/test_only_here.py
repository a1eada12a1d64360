"""Nobody takes a key apart by position outside cadastre/keys."""

import ast
from pathlib import Path

from cadastre.keys.cadastral_key import LENGTH

ROOT = Path(__file__).parents[3]
APPS = ("gis_project", "cadastre", "layers", "water_basins")
KEY_NAMES = {"key", "cadastral_key", "key_text", "clave", "digits", "root", "national_key"}


def _slices_of_keys(source: str) -> list[int]:
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Slice):
            name = getattr(node.value, "id", None) or getattr(node.value, "attr", None)
            if name in KEY_NAMES and not _is_length_limit(node.slice):
                found.append(node.lineno)
    return found


def _is_length_limit(cut: ast.Slice) -> bool:
    """``text[:60]`` or ``text[:LONGEST]`` keeps every key whole; it limits what a stranger sends."""
    if cut.lower is not None:
        return False
    if isinstance(cut.upper, ast.Constant):
        return isinstance(cut.upper.value, int) and cut.upper.value > LENGTH
    return isinstance(cut.upper, ast.Name) and "LONGEST" in cut.upper.id


def test_the_search_finds_what_it_looks_for() -> None:
    source = "a = key[:6]\nb = unit.cadastral_key[6:8]\nc = names[:2]\nd = key[:60]"

    assert _slices_of_keys(source) == [1, 2]


def test_no_slices_of_keys_elsewhere() -> None:
    culprits = [
        f"{path.relative_to(ROOT)}:{line}"
        for app in APPS
        for path in (ROOT / app).rglob("*.py")
        if "keys" not in path.relative_to(ROOT).parts
        for line in _slices_of_keys(path.read_text("utf-8"))
    ]

    assert culprits == []
