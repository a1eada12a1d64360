"""Which column of an old system's sheet means what. Ready maps lie in `maps/`; a town may write its own."""

import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Literal

from cadastre.imports.parcel_map import InvalidMap
from cadastre.keys.plain_text import plain

READY = Path(__file__).parent / "maps"
TENURES = frozenset(
    "OWNERSHIP POSSESSION RIGHTS_AND_ACTIONS HEIRS COMMUNAL PUBLIC PENDING_AWARD USUFRUCT".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterColumns:
    """For each meaning the names that a column of it may have; the first that is there counts."""

    key: tuple[str, ...] = ()
    number: tuple[str, ...] = ()
    document: tuple[str, ...] = ()
    name: tuple[str, ...] = ()
    surname: tuple[str, ...] = ()
    phone: tuple[str, ...] = ()
    email: tuple[str, ...] = ()
    postal_address: tuple[str, ...] = ()
    tenure: tuple[str, ...] = ()
    share: tuple[str, ...] = ()
    address: tuple[str, ...] = ()
    land_use: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    titled_area: tuple[str, ...] = ()
    aliquot: tuple[str, ...] = ()
    year: tuple[str, ...] = ()
    land_value: tuple[str, ...] = ()
    building_value: tuple[str, ...] = ()
    total_value: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterMap:
    """Columns; signs and units of numbers; tenure words; what no column says (year)."""

    title: str
    columns: RegisterColumns
    decimal_sign: Literal[",", "."] = ","
    share_unit: str = "percent"
    aliquot_unit: str = "percent"
    titled_area_unit: str = "m2"
    year: int | None = None
    tenure_words: dict[str, str] = field(default_factory=dict)


def ready_maps() -> list[str]:
    """The names of the maps that come with Lindero."""
    return sorted(path.stem.replace("_", "-") for path in READY.glob("*.toml"))


def register_map(name: str) -> RegisterMap:
    """The ready map of that name (``sic-ame``, ``sinat``, ``plain``), or the one in a TOML file."""
    ready = READY / f"{name.replace('-', '_')}.toml"
    path = ready if ready.parent == READY and ready.is_file() else Path(name)
    if not path.is_file():
        known = ", ".join(ready_maps())
        raise InvalidMap(f"No hay un mapeo «{name}». Listos: {known}; o dé un archivo TOML.")
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InvalidMap(f"El mapeo «{path.name}» no es un archivo TOML válido.") from error
    columns = told.pop("columns", {})
    words = {plain(word): str(kind) for word, kind in told.pop("tenure_words", {}).items()}
    meanings = {part.name for part in fields(RegisterColumns)}
    options = {part.name for part in fields(RegisterMap)} - {"columns", "tenure_words"}
    wrong = sorted((columns.keys() - meanings) | (told.keys() - options))
    wrong += sorted(set(words.values()) - TENURES)
    wrong += [sign for sign in (told.get("decimal_sign", ","),) if sign not in (",", ".")]
    if wrong:
        raise InvalidMap(f"El mapeo nombra lo que no existe: {', '.join(wrong)}.")
    return RegisterMap(
        **{"title": path.stem} | told,
        columns=RegisterColumns(
            **{
                meaning: (names,) if isinstance(names, str) else tuple(names)
                for meaning, names in columns.items()
            }
        ),
        tenure_words=words,
    )


def found_columns(wanted: Any, present: list[str]) -> dict[str, str]:
    """Meaning → the file's column, for each meaning that has one. Accents, case and ``_`` do not count."""
    spelling = {_bare(name): name for name in reversed(present)}
    found = {}
    for part in fields(wanted):
        for name in getattr(wanted, part.name):
            if _bare(name) in spelling:
                found[part.name] = spelling[_bare(name)]
                break
    if "key" not in found and "number" not in found:
        raise InvalidMap(
            "El archivo no tiene ninguna columna que el mapeo reconozca como clave o número de predio. "
            f"Columnas: {', '.join(present)}."
        )
    return found


def _bare(name: str) -> str:
    return "".join(sign for sign in plain(name) if sign.isalnum())
