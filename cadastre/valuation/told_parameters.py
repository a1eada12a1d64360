"""Reads the JSON in which an ordinance stores its parameters: numbers as texts, nothing guessed."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from gis_project.core.errors import InvalidInput


class InvalidOrdinance(InvalidInput):
    """The ordinance's parameters are incomplete or malformed: correct the member that is named."""

    code = "invalid_ordinance"


def number(told: object) -> Decimal:
    """A finite number that is not negative, written as a text."""
    found = signed_number(told)
    if found < 0:
        raise InvalidOrdinance(f"«{told}» no es un número admisible.")
    return found


def signed_number(told: object) -> Decimal:
    """A finite number, written as a text."""
    if not isinstance(told, str):
        raise InvalidOrdinance(f"el número {told!r} debe ir como texto, por ejemplo «1.2».")
    try:
        found = Decimal(told)
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite():
        raise InvalidOrdinance(f"«{told}» no es un número admisible.")
    return found


def optional_number(members: Mapping[str, Any], name: str) -> Decimal | None:
    """The number called ``name``, or None where the ordinance does not set it."""
    told = members.get(name)
    return None if told is None else number(told)


def whole(told: object) -> int:
    """A whole number of years, places or the like; not negative."""
    if isinstance(told, bool) or not isinstance(told, int) or told < 0:
        raise InvalidOrdinance(f"{told!r} debe ser un entero sin comillas.")
    return told


def flag(told: object) -> bool:
    """True or false, and no word for it."""
    if not isinstance(told, bool):
        raise InvalidOrdinance(f"{told!r} debe ser verdadero o falso.")
    return told


def word(told: object) -> str:
    """A text that is not empty."""
    if not isinstance(told, str) or not told:
        raise InvalidOrdinance(f"{told!r} debe ser un texto.")
    return told


def words(told: object) -> tuple[str, ...]:
    """A list of texts."""
    if isinstance(told, str) or not isinstance(told, Sequence):
        raise InvalidOrdinance(f"{told!r} debe ser una lista de textos.")
    return tuple(word(item) for item in told)


def members(told: object) -> Mapping[str, Any]:
    """An object with named members."""
    if not isinstance(told, Mapping):
        raise InvalidOrdinance(f"{told!r} debe ser una tabla de miembros con nombre.")
    return told


def citation(ordinance: str, article: object) -> str:
    """How a line cites the ordinance, with the article where it is known."""
    return f"Ordenanza {ordinance}, Art. {article}" if article else f"Ordenanza {ordinance}"
