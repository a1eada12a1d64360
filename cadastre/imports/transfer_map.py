"""Which column of a notary's or registrar's list means what. A town may write its own map."""

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Literal

from cadastre.imports.parcel_map import InvalidMap

READY = Path(__file__).parent / "transfer_maps"
ORIGINS = ("REGISTRY", "NOTARY")


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferColumns:
    """For each meaning the names that a column of it may have; the first that is there counts."""

    inscription: tuple[str, ...] = ()
    repertory: tuple[str, ...] = ()
    noticed_on: tuple[str, ...] = ()
    notary: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    number: tuple[str, ...] = ()
    seller_document: tuple[str, ...] = ()
    seller_name: tuple[str, ...] = ()
    buyer_document: tuple[str, ...] = ()
    buyer_name: tuple[str, ...] = ()
    price: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferMap:
    """Columns, who sends the list (REGISTRY or NOTARY), and its decimal sign."""

    title: str
    columns: TransferColumns
    origin: str = "REGISTRY"
    decimal_sign: Literal[",", "."] = ","


def transfer_map(name: str) -> TransferMap:
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
    meanings = {part.name for part in fields(TransferColumns)}
    options = {part.name for part in fields(TransferMap)} - {"columns"}
    wrong = sorted((columns.keys() - meanings) | (told.keys() - options))
    wrong += [word for word in (told.get("origin", "REGISTRY"),) if word not in ORIGINS]
    wrong += [sign for sign in (told.get("decimal_sign", ","),) if sign not in (",", ".")]
    if wrong or "title" not in told:
        raise InvalidMap(f"El mapeo nombra lo que no existe: {', '.join(wrong) or 'falta title'}.")
    return TransferMap(
        **told, columns=TransferColumns(**{name: tuple(v) for name, v in columns.items()})
    )
