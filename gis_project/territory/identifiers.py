"""What a person types to say who they are: a cédula, a telephone number or an e-mail address."""

import re
from dataclasses import dataclass

from stdnum.ec import ci

from gis_project.core.errors import InvalidInput

_PHONE = re.compile(r"(?:\+?593|0)([2-79]\d{7,8})")
_SEPARATORS = re.compile(r"[\s().\-]")


class InvalidIdentifier(InvalidInput):
    """The cédula, telephone or e-mail is not well formed: correct the digits."""

    code = "invalid_identifier"


@dataclass(frozen=True, slots=True)
class Identifiers:
    """All readings of one typed identifier; a mobile number of Guayas may also be a cédula."""

    cedula: str | None = None
    phone: str | None = None
    email: str | None = None


def read_identifier(typed: str) -> Identifiers:
    """Every reading of `typed` that is well formed; all empty when there is none."""
    text = typed.strip()
    if "@" in text:
        return Identifiers(email=text.lower())
    compact = _SEPARATORS.sub("", text)
    return Identifiers(
        cedula=compact if ci.is_valid(compact) else None,
        phone=_phone(compact),
    )


def clean_cedula(typed: str) -> str:
    compact = _SEPARATORS.sub("", typed)
    if not ci.is_valid(compact):
        raise InvalidIdentifier("La cédula no es válida: revise sus diez dígitos.")
    return compact


def clean_phone(typed: str) -> str:
    """The number as +593…, the one form that is stored."""
    phone = _phone(_SEPARATORS.sub("", typed))
    if phone is None:
        raise InvalidIdentifier("El teléfono no es válido: escríbalo como 0991234567.")
    return phone


def _phone(compact: str) -> str | None:
    match = _PHONE.fullmatch(compact)
    return f"+593{match[1]}" if match else None
