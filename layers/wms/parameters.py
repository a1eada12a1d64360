"""Key-value pairs of a request: names in any case, each at most once, values checked one by one."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from layers.wms.faults import INVALID_PARAMETER, MISSING_PARAMETER, Fault

_NUMBER = re.compile(r"[+-]?(\d{1,20}(\.\d{0,30})?|\.\d{1,30})([eE][+-]?\d{1,3})?", re.ASCII)
_INTEGER = re.compile(r"\+?\d{1,9}", re.ASCII)
MAX_PARAMETERS = 100


@dataclass(frozen=True, slots=True)
class Parameters:
    """Values by upper-case name."""

    values: Mapping[str, str]

    @classmethod
    def from_query(cls, query: str) -> "Parameters":
        """Reads a query string; Fault when it is not UTF-8 or repeats a name."""
        try:
            pairs = parse_qsl(
                query, keep_blank_values=True, errors="strict", max_num_fields=MAX_PARAMETERS
            )
        except ValueError:
            raise Fault(
                "La consulta no es UTF-8 o tiene demasiados parámetros.", INVALID_PARAMETER
            ) from None
        values: dict[str, str] = {}
        for name, value in pairs:
            if "\0" in name or "\0" in value:
                raise Fault("La consulta contiene un carácter nulo.", INVALID_PARAMETER)
            if name.upper() in values:
                raise Fault(
                    f"El parámetro {name[:40]} está repetido: escríbalo una sola vez.",
                    INVALID_PARAMETER,
                )
            values[name.upper()] = value
        return cls(values)

    def text(self, name: str) -> str:
        """The trimmed value, or an empty text."""
        return self.values.get(name, "").strip()

    def required(self, name: str) -> str:
        value = self.text(name)
        if not value:
            raise Fault(f"Falta el parámetro {name}.", MISSING_PARAMETER)
        return value

    def integer(self, name: str) -> int:
        """A required whole number, not negative."""
        value = self.required(name)
        if not _INTEGER.fullmatch(value):
            raise Fault(f"{name} debe ser un número entero.", INVALID_PARAMETER)
        return int(value)

    def flag(self, name: str) -> bool:
        value = self.text(name).upper() or "FALSE"
        if value not in {"TRUE", "FALSE"}:
            raise Fault(f"{name} debe ser TRUE o FALSE.", INVALID_PARAMETER)
        return value == "TRUE"


def finite_number(text: str, *, name: str) -> float:
    """A decimal number as people and programs write it; Fault for NaN, infinity and what is none."""
    number = float(text) if _NUMBER.fullmatch(text.strip()) else math.nan
    if not math.isfinite(number):
        raise Fault(f"{name} lleva algo que no es un número: «{text[:30]}».", INVALID_PARAMETER)
    return number
