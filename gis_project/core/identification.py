"""Cédula, RUC and passport: what is checked, what is only warned about, and how it is masked.

Old registers are full of people without, or with a wrong, cédula: a bad number never stops a
record, it makes it *observed*. The RUC's check digit is no gate either: the tax office (SRI) gives
companies numbers that follow no algorithm.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from stdnum.ec import ci, ruc
from stdnum.exceptions import InvalidChecksum, ValidationError

_SEPARATORS = re.compile(r"[\s.\-/]")
_SPREADSHEET_NUMBER = re.compile(r"\d{8,13}\.0")
_PASSPORT = re.compile(r"[A-Z0-9]{5,20}")


class IdentityKind(StrEnum):
    """What kind of number it is."""

    CEDULA = "CEDULA"
    RUC = "RUC"
    PASSPORT = "PASSPORT"
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True, slots=True)
class IdentityCheck:
    """What a number is: ``warnings`` (es) say what a person should look at; none is an error."""

    kind: IdentityKind
    normalised: str
    is_valid: bool
    warnings: tuple[str, ...] = ()


def check_identity(text: str) -> IdentityCheck:
    """The kind, normal form and validity of an identification written in any punctuation.

    Nine or twelve digits are read as a number whose leading zero a spreadsheet has eaten, when
    the check digit agrees with that.
    """
    stripped = text.strip().upper()
    if _SPREADSHEET_NUMBER.fullmatch(stripped):
        stripped = stripped.removesuffix(".0")
    compact = _SEPARATORS.sub("", stripped)
    if not compact:
        return IdentityCheck(IdentityKind.UNKNOWN, "", False, ("Sin identificación.",))
    if compact.isascii() and compact.isdigit():
        restored = f"0{compact}"
        if len(compact) in (9, 12) and ci.is_valid(restored[:10]):
            found = _check_digits(restored)
            note = "Se repuso el cero inicial que faltaba."
            return IdentityCheck(
                found.kind, found.normalised, found.is_valid, (note, *found.warnings)
            )
        if len(compact) in (10, 13):
            return _check_digits(compact)
    if _PASSPORT.fullmatch(compact) and not compact.isdigit():
        return IdentityCheck(IdentityKind.PASSPORT, compact, True)
    note = "No tiene la forma de una cédula (10 cifras), un RUC (13) ni un pasaporte."
    return IdentityCheck(IdentityKind.UNKNOWN, compact, False, (note,))


def masked_identification(number: str) -> str:
    """``1712345678`` as ``17******78``; numbers of up to six signs disappear whole."""
    if len(number) <= 6:
        return "*" * len(number)
    return f"{number[:2]}{'*' * (len(number) - 4)}{number[-2:]}"


def _check_digits(digits: str) -> IdentityCheck:
    return _check_cedula(digits) if len(digits) == 10 else _check_ruc(digits)


def _check_cedula(digits: str) -> IdentityCheck:
    warnings = []
    try:
        ci.validate(digits)
    except InvalidChecksum:
        return IdentityCheck(
            IdentityKind.CEDULA, digits, False, ("El dígito verificador no corresponde.",)
        )
    except ValidationError:
        note = "La provincia o el tercer dígito no existen en una cédula."
        return IdentityCheck(IdentityKind.CEDULA, digits, False, (note,))
    if digits[2] == "6":
        warnings.append(
            "Tercer dígito 6: cédula de una persona extranjera; verifique el documento."
        )
    return IdentityCheck(IdentityKind.CEDULA, digits, True, tuple(warnings))


def _check_ruc(digits: str) -> IdentityCheck:
    if ruc.is_valid(digits):
        return IdentityCheck(IdentityKind.RUC, digits, True)
    note = "El dígito verificador del RUC no corresponde; el SRI emite números así: confírmelo."
    return IdentityCheck(IdentityKind.RUC, digits, True, (note,))
