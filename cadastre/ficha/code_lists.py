"""The code lists of the ficha, one file each in ``codes/``: their Spanish names, origin and how far to trust them."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from gis_project.core.errors import DomainError
from gis_project.core.law import VerificationStatus

FOLDER = Path(__file__).parent / "codes"


class MalformedFicha(DomainError):
    """A file of the ficha's variables or code lists is not what it should be: correct the file named."""

    code = "malformed_ficha"


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeList:
    """One list: code → Spanish name, in the order people choose from."""

    stem: str
    title: str
    origin: str
    verification_status: VerificationStatus
    names: MappingProxyType[str, str]


@cache
def code_lists() -> MappingProxyType[str, CodeList]:
    """Every list by its stem."""
    return MappingProxyType({path.stem: _read(path) for path in sorted(FOLDER.glob("*.toml"))})


def _read(path: Path) -> CodeList:
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    try:
        names = {row["code"]: row["name"] for row in told["codes"]}
        _check_rows(path.stem, told["codes"], names)
        return CodeList(
            stem=path.stem,
            title=told["title"],
            origin=told["origin"],
            verification_status=VerificationStatus(told["verification_status"]),
            names=MappingProxyType(names),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise MalformedFicha(
            f"La lista «{path.stem}» de la ficha está mal escrita: {error}."
        ) from error


def _check_rows(stem: str, rows: list[dict[str, Any]], names: dict[str, str]) -> None:
    if not names or len(names) != len(rows) or not all(names.values()):
        raise MalformedFicha(f"La lista «{stem}» de la ficha está vacía o repite un código.")
