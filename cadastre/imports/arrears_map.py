"""Which column of a former system's debts means what, and its words for concepts and states."""

import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Literal

from cadastre.imports.parcel_map import InvalidMap
from cadastre.keys.plain_text import plain

READY = Path(__file__).parent / "arrears_maps"
PARTS = ("TAX", "FIRE_LEVY", "OTHERS", "SURCHARGE", "INTEREST", "FINE")
STATES = ("ISSUED", "PAID", "AGREEMENT", "ENFORCEMENT", "WITHDRAWN")


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrearsColumns:
    """For each meaning the names that a column of it may have; the first that is there counts."""

    number: tuple[str, ...] = ()
    year: tuple[str, ...] = ()
    concept: tuple[str, ...] = ()
    issued: tuple[str, ...] = ()
    paid: tuple[str, ...] = ()
    state: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    property_number: tuple[str, ...] = ()
    document: tuple[str, ...] = ()
    name: tuple[str, ...] = ()
    issued_on: tuple[str, ...] = ()
    notified_on: tuple[str, ...] = ()
    worked_through: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrearsMap:
    """Columns, decimal sign, what words mean (plain forms); ``kind`` where no column or word of a file tells it."""

    title: str
    columns: ArrearsColumns
    decimal_sign: Literal[",", "."] = ","
    kind: Literal["URBAN", "RURAL", ""] = ""
    concept_words: dict[str, str] = field(default_factory=dict)
    state_words: dict[str, str] = field(default_factory=dict)


def arrears_map(name: str) -> ArrearsMap:
    """The ready map of that name (``plain``), or the one in a TOML file. Raises InvalidMap."""
    ready = READY / f"{name}.toml"
    path = ready if ready.parent == READY and ready.is_file() else Path(name)
    if not path.is_file():
        known = ", ".join(sorted(one.stem for one in READY.glob("*.toml")))
        raise InvalidMap(f"No hay un mapeo «{name}». Listos: {known}; o dé un archivo TOML.")
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InvalidMap(f"El mapeo «{path.name}» no es un archivo TOML válido.") from error
    columns = told.pop("columns", {})
    concepts = {plain(word): part for word, part in told.pop("concept_words", {}).items()}
    states = {plain(word): state for word, state in told.pop("state_words", {}).items()}
    meanings = {part.name for part in fields(ArrearsColumns)}
    options = {part.name for part in fields(ArrearsMap)} - {"columns"}
    wrong = sorted((columns.keys() - meanings) | (told.keys() - options))
    wrong += sorted(set(concepts.values()) - set(PARTS)) + sorted(
        set(states.values()) - set(STATES)
    )
    wrong += [sign for sign in (told.get("decimal_sign", ","),) if sign not in (",", ".")]
    wrong += [kind for kind in (told.get("kind", ""),) if kind not in ("URBAN", "RURAL", "")]
    if wrong:
        raise InvalidMap(f"El mapeo nombra lo que no existe: {', '.join(wrong)}.")
    return ArrearsMap(
        **{"title": path.stem} | told,
        columns=ArrearsColumns(**{meaning: tuple(names) for meaning, names in columns.items()}),
        concept_words=concepts,
        state_words=states,
    )
