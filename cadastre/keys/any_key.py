"""What a piece of text could be among all the keys that people bring, with warnings in Spanish."""

import re
from dataclasses import dataclass
from enum import StrEnum

from cadastre.keys.cadastral_key import LENGTH, ROOT_LENGTH, CadastralKey, InvalidCadastralKey
from cadastre.keys.legacy_key import LegacySystem, parse_legacy
from cadastre.keys.normal_form import bare_form, digits_of
from cadastre.keys.provisional_key import InvalidProvisionalKey, ProvisionalKey

_SCIENTIFIC = re.compile(r"\d([.,]\d+)?E\+?\d+", re.IGNORECASE)
_LONGEST_UNIT_NUMBER = 8


class KeyKind(StrEnum):
    """What a text is, as far as its form tells."""

    EMPTY = "EMPTY"
    NATIONAL = "NATIONAL"
    PROVISIONAL = "PROVISIONAL"
    LEGACY = "LEGACY"
    UNIT_NUMBER = "UNIT_NUMBER"
    FREE_TEXT = "FREE_TEXT"
    DAMAGED = "DAMAGED"


@dataclass(frozen=True, slots=True)
class ClassifiedKey:
    """The kind, the normal form to store and compare, and what a person should look at.

    ``national`` is set for national keys; ``legacy_system`` for keys of older systems.
    """

    kind: KeyKind
    normalised: str
    national: CadastralKey | None = None
    legacy_system: LegacySystem | None = None
    warnings: tuple[str, ...] = ()


def normalise(text: str) -> str:
    """The form in which keys are stored and looked up, whatever the punctuation.

    A lot's 16 digits become its 24; a number that lost its leading zero gets it back.
    """
    return classify(text).normalised


def classify(text: str) -> ClassifiedKey:
    """What ``text`` is. Never raises: an unreadable key is kept, with a warning."""
    if not bare_form(text):
        return ClassifiedKey(KeyKind.EMPTY, "")
    if _SCIENTIFIC.fullmatch(text.strip()):
        note = (
            "La hoja de cálculo convirtió la clave en número y perdió cifras: vuelva a exportarla "
            "con la columna como texto."
        )
        return ClassifiedKey(KeyKind.DAMAGED, bare_form(text), warnings=(note,))
    digits = digits_of(text)
    if digits is not None:
        return _classify_digits(digits)
    try:
        provisional = ProvisionalKey.parse(text)
    except InvalidProvisionalKey:
        return ClassifiedKey(KeyKind.FREE_TEXT, bare_form(text))
    return ClassifiedKey(KeyKind.PROVISIONAL, bare_form(str(provisional)))


def _classify_digits(digits: str) -> ClassifiedKey:
    if len(digits) <= _LONGEST_UNIT_NUMBER:
        return ClassifiedKey(KeyKind.UNIT_NUMBER, digits)
    if len(digits) in (LENGTH, ROOT_LENGTH):
        return _classify_national(digits)
    if len(digits) in (LENGTH - 1, ROOT_LENGTH - 1):
        note = "Se repuso el cero inicial que faltaba: confirme la clave."
        restored = _classify_national(f"0{digits}", note)
        if restored.kind is KeyKind.NATIONAL:
            return restored
    legacy = parse_legacy(digits)
    if legacy.system is LegacySystem.FREE_TEXT:
        return ClassifiedKey(KeyKind.FREE_TEXT, digits)
    return ClassifiedKey(KeyKind.LEGACY, digits, legacy_system=legacy.system)


def _classify_national(digits: str, *warnings: str) -> ClassifiedKey:
    try:
        key = CadastralKey.parse(digits)
    except InvalidCadastralKey as refusal:
        return ClassifiedKey(KeyKind.FREE_TEXT, digits, warnings=(*warnings, refusal.message))
    return ClassifiedKey(KeyKind.NATIONAL, key.digits, national=key, warnings=warnings)
