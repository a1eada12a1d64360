"""One byte form for a value, so that equal content has an equal hash everywhere and for ever.

RFC 8785 in spirit for the types that we use: members sorted by UTF-16 code units, no spaces,
UTF-8. Decimals, dates, instants and uuids travel as strings; floats are refused, because the
audit chain and the bills may not depend on how a machine prints them.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence, Set
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from gis_project.core.errors import InvalidInput

# Beyond this, a reader that holds numbers as doubles (any browser) would change the integer.
_LARGEST_SAFE_INTEGER = 2**53 - 1


class NotCanonical(InvalidInput):
    """The value has no canonical form: turn floats into decimals and name the members."""

    code = "not_canonical"


def canonical_json(value: Any) -> bytes:
    """``value`` as canonical JSON in UTF-8."""
    plain = plain_value(value)
    text = json.dumps(plain, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise NotCanonical("El texto contiene caracteres que no son Unicode válido.") from error


def sha256_hex(value: Any) -> str:
    """The SHA-256 of ``canonical_json(value)``, in lower-case hexadecimal."""
    return hashlib.sha256(canonical_json(value)).hexdigest()


def plain_value(value: Any) -> Any:
    """``value`` made of dicts (sorted), lists, strings, integers, booleans and None only."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, Enum):
        return plain_value(value.value)
    if isinstance(value, str):
        return str(value)
    if isinstance(value, int):
        if abs(value) > _LARGEST_SAFE_INTEGER:
            raise NotCanonical("El entero es demasiado grande: escríbalo como texto.")
        return int(value)
    if isinstance(value, Decimal):
        return decimal_text(value)
    if isinstance(value, datetime):
        return instant_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, Mapping):
        return _plain_members(value)
    if isinstance(value, Set):
        raise NotCanonical("Un conjunto no tiene orden: conviértalo en una lista ordenada.")
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray | memoryview):
        return [plain_value(item) for item in value]
    raise NotCanonical(
        f"El tipo {type(value).__name__} no tiene forma canónica.",
        details={"type": type(value).__name__},
    )


def decimal_text(number: Decimal) -> str:
    """The decimal without exponent, with the decimals that it carries: ``1.50`` stays ``1.50``."""
    if not number.is_finite():
        raise NotCanonical("El decimal no es finito.")
    return f"{abs(number) if number == 0 else number:f}"


def instant_text(instant: datetime) -> str:
    """The instant in UTC with microseconds, whatever zone it was told in."""
    if instant.utcoffset() is None:
        raise NotCanonical("El instante necesita zona horaria.")
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _plain_members(members: Mapping[Any, Any]) -> dict[str, Any]:
    for name in members:
        if type(name) is not str:
            raise NotCanonical(f"El nombre de miembro {name!r} debe ser texto.")
    names = sorted(members, key=lambda name: name.encode("utf-16-be", "surrogatepass"))
    return {name: plain_value(members[name]) for name in names}
