"""Law as dated data: one TOML file per parameter, with article, unit, validity and trust.

A file says ``title``, ``unit``, ``verification_status``, one or more ``[[reference]]`` and dated
``[[value]]`` tables. A date without value is an error and never a default: the law did not say.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any

from gis_project.core.canonical import sha256_hex
from gis_project.core.errors import DomainError
from gis_project.core.periods import DatePeriod, InvalidPeriod


class VerificationStatus(StrEnum):
    """How far a number may be trusted; shown to the official who adopts it."""

    VERIFIED = "V"
    SECONDARY = "V2"
    UNVERIFIED = "K"
    UNCERTAIN = "U"
    COMPUTED = "C"

    @property
    def label_es(self) -> str:
        """The status in the words of a bill's citation."""
        return _STATUS_LABELS_ES[self]

    @property
    def is_verified(self) -> bool:
        """Whether the municipality may take it as read; all else is its to verify before adopting it."""
        return self in (VerificationStatus.VERIFIED, VerificationStatus.COMPUTED)


_STATUS_LABELS_ES = {
    VerificationStatus.VERIFIED: "leído en la fuente",
    VerificationStatus.SECONDARY: "fuente secundaria",
    VerificationStatus.UNVERIFIED: "sin verificar",
    VerificationStatus.UNCERTAIN: "incierto",
    VerificationStatus.COMPUTED: "calculado",
}


class MalformedLaw(DomainError):
    """A law file lacks a member, or its dates overlap: correct the file named in the details."""

    code = "malformed_law"


class LawNotInForce(DomainError):
    """No value of this parameter covers the date: add the dated value with its citation."""

    code = "law_not_in_force"


@dataclass(frozen=True, slots=True)
class LawReference:
    """Where it is written."""

    code: str
    article: str
    gazette: str
    url: str
    checked_on: date | None

    @property
    def text(self) -> str:
        """Code and article, as a citation writes them."""
        return f"{self.code}, Art. {self.article}" if self.article else self.code


@dataclass(frozen=True, slots=True)
class LawValue:
    """One dated value: its fields by name, its period, and how far to trust it."""

    stem: str
    during: DatePeriod
    fields: MappingProxyType[str, Any]
    verification_status: VerificationStatus

    def number(self, name: str = "amount") -> Decimal:
        """The field as a decimal."""
        return _decimal(self.fields.get(name), stem=self.stem, name=name)

    def text(self, name: str) -> str:
        """The field as text."""
        found = self.fields.get(name)
        if not isinstance(found, str):
            raise _malformed(self.stem, f"falta el texto «{name}»")
        return found

    def words(self, name: str) -> tuple[str, ...]:
        """The field as a list of words."""
        found = self.fields.get(name)
        if not isinstance(found, tuple) or not all(isinstance(word, str) for word in found):
            raise _malformed(self.stem, f"falta la lista «{name}»")
        return found

    def rows(self, name: str) -> tuple[MappingProxyType[str, Any], ...]:
        """The field as a table of rows."""
        found = self.fields.get(name)
        if not isinstance(found, tuple) or not found:
            raise _malformed(self.stem, f"falta la tabla «{name}»")
        return found


@dataclass(frozen=True, slots=True)
class LawParameter:
    """One parameter of the law over time."""

    stem: str
    title: str
    unit: str
    references: tuple[LawReference, ...]
    verification_status: VerificationStatus
    values: tuple[LawValue, ...]
    content_hash: str

    def on(self, day: date) -> LawValue:
        """The value in force on ``day``; raises ``LawNotInForce`` when there is none."""
        for value in self.values:
            if value.during.contains(day):
                return value
        raise LawNotInForce(
            f"«{self.title}» no tiene valor para el {day:%d/%m/%Y}: agregue en la ley con fecha "
            "el valor y su cita antes de continuar.",
            details={"stem": self.stem, "on": day.isoformat()},
        )

    @property
    def citation(self) -> str:
        """Articles and trust, as every line of a bill shows them."""
        return self._cited(self.references, self.verification_status)

    def citation_of(self, value: LawValue) -> str:
        """The citation of one dated value: of its own ``reference`` (counted from 1) and trust."""
        number = value.fields.get("reference")
        if number is None:
            return self._cited(self.references, value.verification_status)
        if not isinstance(number, int) or not 1 <= number <= len(self.references):
            raise _malformed(self.stem, f"no tiene la referencia {number}")
        return self._cited(self.references[number - 1 : number], value.verification_status)

    @staticmethod
    def _cited(references: tuple[LawReference, ...], status: VerificationStatus) -> str:
        articles = "; ".join(reference.text for reference in references)
        return f"{articles} ({status.label_es})"


def load_law(path: Path) -> LawParameter:
    """The parameter of one file; its stem is the file's name."""
    content = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    return parse_law(content, stem=path.stem)


def load_law_folder(folder: Path) -> MappingProxyType[str, LawParameter]:
    """All parameters of a folder by stem."""
    files = sorted(folder.glob("*.toml"))
    return MappingProxyType({path.stem: load_law(path) for path in files})


def parse_law(content: dict[str, Any], *, stem: str) -> LawParameter:
    """The parameter that ``content`` (parsed TOML) describes; raises ``MalformedLaw``."""
    try:
        status = VerificationStatus(content["verification_status"])
        values = tuple(
            sorted(
                (_value(told, stem=stem, inherited=status) for told in content["value"]),
                key=lambda value: value.during.start or date.min,
            )
        )
        references = tuple(_reference(told) for told in content["reference"])
        title, unit = str(content["title"]), str(content["unit"])
    except (KeyError, TypeError, ValueError, InvalidPeriod) as error:
        raise _malformed(stem, f"falta o está mal el miembro {error}") from error
    for earlier, later in pairwise(values):
        if earlier.during.overlaps(later.during):
            raise _malformed(stem, f"dos valores rigen a la vez desde {later.during.start}")
    if not values or not references:
        raise _malformed(stem, "necesita al menos una referencia y un valor")
    return LawParameter(stem, title, unit, references, status, values, sha256_hex(content))


def _value(told: dict[str, Any], *, stem: str, inherited: VerificationStatus) -> LawValue:
    during = DatePeriod(told["from"], told.get("until"))
    status = VerificationStatus(told.get("verification_status", inherited))
    fields = {
        name: _frozen(field)
        for name, field in told.items()
        if name not in ("from", "until", "verification_status")
    }
    return LawValue(stem, during, MappingProxyType(fields), status)


def _reference(told: dict[str, Any]) -> LawReference:
    return LawReference(
        code=told["code"],
        article=str(told.get("article", "")),
        gazette=told.get("gazette", ""),
        url=told.get("url", ""),
        checked_on=told.get("checked_on"),
    )


def _frozen(field: Any) -> Any:
    if isinstance(field, dict):
        return MappingProxyType({name: _frozen(inner) for name, inner in field.items()})
    if isinstance(field, list):
        return tuple(_frozen(inner) for inner in field)
    return field


def _decimal(found: Any, *, stem: str, name: str) -> Decimal:
    if isinstance(found, Decimal) and found.is_finite():
        return found
    if isinstance(found, int) and not isinstance(found, bool):
        return Decimal(found)
    raise _malformed(stem, f"falta el número «{name}»")


def _malformed(stem: str, reason: str) -> MalformedLaw:
    return MalformedLaw(f"El archivo de ley «{stem}» {reason}.", details={"stem": stem})
