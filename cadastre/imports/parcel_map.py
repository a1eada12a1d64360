"""Which column of the file means what, from a TOML file and the command's options."""

import tomllib
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from cadastre.keys.plain_text import plain
from gis_project.core.errors import InvalidInput

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_Columns = TypeVar("_Columns", bound="DataclassInstance")


# How towns call the column of the cadastral key, without accents, case and signs.
_KEY_STEMS = ("CLAVE", "CLVCAT", "CODCAT", "CODIGOCAT", "CODPREDI")
_KEY_NAMES = ("CODIGO", "KEY")


class NoSuchColumn(InvalidInput):
    """The file has no column of that name: take one of those listed."""

    code = "no_such_column"


class InvalidMap(InvalidInput):
    """The mapping file has sections or names that are not known, or is no TOML."""

    code = "invalid_map"


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelColumns:
    """Names of columns; empty means that the file does not tell it."""

    key: str = ""
    id: str = ""
    number: str = ""
    parish: str = ""
    kind: str = ""
    block: str = ""
    address: str = ""
    land_use: str = ""
    titled_area: str = ""
    aliquot: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelMap:
    """Columns, the unit of the titled area, which other attributes to keep, how a sheet tells geometry.

    ``keep`` ``None`` keeps every attribute that does not look personal.
    """

    columns: ParcelColumns = ParcelColumns()
    titled_area_unit: str = "m2"
    keep: tuple[str, ...] | None = None
    table: dict[str, str] = field(default_factory=dict)


def parcel_map(path: Path | None, **options: str | None) -> ParcelMap:
    """The map of ``path`` (none: empty), with the options that are given put over it."""
    told = _told(path) if path else {}
    columns = {**told.get("columns", {}), **{n: v for n, v in options.items() if v}}
    known = {part.name for part in fields(ParcelColumns)}
    if unknown := columns.keys() - known:
        raise InvalidMap(f"El mapeo nombra columnas desconocidas: {', '.join(sorted(unknown))}.")
    attributes = told.get("attributes", {})
    unit = str(told.get("titled_area_unit", "m2"))
    if unit not in ("m2", "ha"):
        raise InvalidMap("titled_area_unit debe ser «m2» o «ha».")
    keep = attributes.get("keep")
    return ParcelMap(
        columns=ParcelColumns(**{name: str(value) for name, value in columns.items()}),
        titled_area_unit=unit,
        keep=tuple(str(name) for name in keep) if keep is not None else None,
        table={str(name): str(value) for name, value in told.get("table", {}).items()},
    )


def fitted(columns: _Columns, present: list[str]) -> _Columns:
    """``columns`` with the spelling of the file; raises ``NoSuchColumn`` for one that it lacks."""
    spelling = {name.casefold(): name for name in present}
    found = {}
    for part in fields(columns):
        wanted = getattr(columns, part.name)
        if wanted and wanted.casefold() not in spelling:
            there = ", ".join(present) or "ninguna"
            raise NoSuchColumn(f"El archivo no tiene la columna «{wanted}». Columnas: {there}.")
        found[part.name] = spelling.get(wanted.casefold(), "")
    return replace(columns, **found)


def key_hint(columns: ParcelColumns, present: list[str]) -> list[str]:
    """A question (es) for whoever gives no column of the key, when one is called like it; no guess."""
    if columns.key:
        return []
    taken = {getattr(columns, part.name) for part in fields(columns)}
    named = [name for name in present if name not in taken and _is_called_key(name)]
    return [
        f"Hay una columna «{name}»: ¿es la clave? Use --key-field {name}." for name in named[:3]
    ]


def _is_called_key(name: str) -> bool:
    bare = "".join(sign for sign in plain(name) if sign.isalnum())
    return bare in _KEY_NAMES or bare.startswith(_KEY_STEMS)


def _told(path: Path) -> dict[str, Any]:
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InvalidMap(f"El mapeo «{path.name}» no es un archivo TOML válido.") from error
    if unknown := told.keys() - {"columns", "attributes", "table", "titled_area_unit"}:
        raise InvalidMap(f"El mapeo tiene secciones desconocidas: {', '.join(sorted(unknown))}.")
    return told
