"""Quality rules as data: `rules/<code>.toml` says what, how bad and what to do; `rules/<code>.sql` finds it.

A rule's file holds its title, the article or norm behind it, its severity at each moment of a predio's life,
its tolerances with their units, the Spanish message that says what to do (members of the finding's detail in
braces), who mends it where that is not the office that prepares acts, and from when until when the office
applies it. Its SQL is one SELECT of unit_id, parcel_id, other_id, detail and geom over the relations of
scope.sql. A malformed pair is refused as a whole.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from gis_project.core.errors import DomainError, NotFound
from gis_project.core.money import format_decimal

RULES_FOLDER = Path(__file__).parent / "rules"
SCOPE = (Path(__file__).parent / "scope.sql").read_text(encoding="utf-8")

SCOPE_PARAMETERS = frozenset({"town", "day", "units", "parcels", "required"})
_MEMBERS = {
    *("title", "group", "norm", "message", "active_from", "active_until", "severity"),
    "is_mutual",
    "mended_by",
}
_PREPARES_CHANGES = "edit_parcels"  # most findings are mended by an act
_PARAMETER = re.compile(r"%\((\w+)\)s")
_STRAY_PERCENT = re.compile(r"%(?!\(\w+\)s)")


class MalformedRule(DomainError):
    """A quality rule lacks a member, or its two files do not agree: correct the file that is named."""

    code = "malformed_rule"


class UnknownRule(NotFound):
    """There is no such quality rule: use one of docs/reference/quality-rules.md."""

    code = "unknown_rule"


class Moment(StrEnum):
    """When a predio is judged."""

    DRAFT = "draft"
    APPROVAL = "approval"
    EMISSION = "emission"
    CERTIFICATE = "certificate"

    @property
    def label_es(self) -> str:
        return _MOMENTS_ES[self]


class Severity(StrEnum):
    """What a finding does at a moment: it stops it, is told, or does not concern it."""

    CRITICAL = "CRITICAL"
    WARNING = "WARNING"
    NONE = "NONE"

    @property
    def label_es(self) -> str:
        return _SEVERITIES_ES[self]


class Group(StrEnum):
    GEOMETRY = "geometry"
    TOPOLOGY = "topology"
    AREAS = "areas"
    KEYS = "keys"
    RIGHTS = "rights"
    FICHA = "ficha"
    ROLL = "roll"

    @property
    def label_es(self) -> str:
        return _GROUPS_ES[self]


_MOMENTS_ES = {
    Moment.DRAFT: "borrador",
    Moment.APPROVAL: "aprobación",
    Moment.EMISSION: "emisión",
    Moment.CERTIFICATE: "certificado",
}
_SEVERITIES_ES = {
    Severity.CRITICAL: "impide",
    Severity.WARNING: "advierte",
    Severity.NONE: "–",
}
_GROUPS_ES = {
    Group.GEOMETRY: "Geometría",
    Group.TOPOLOGY: "Topología",
    Group.AREAS: "Áreas",
    Group.KEYS: "Claves",
    Group.RIGHTS: "Derechos",
    Group.FICHA: "Ficha predial",
    Group.ROLL: "Emisión y mapa",
}


@dataclass(frozen=True, slots=True)
class Tolerance:
    """A number that the rule's SQL takes by its name; `unit` as people write it."""

    name: str
    value: Decimal
    unit: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityRule:
    """One rule; `is_mutual` where a finding concerns the other parcel or building as much as the first.

    `mended_by` is the capability of who mends what it finds.
    """

    code: str
    group: Group
    title: str
    norm: str
    message: str
    severity: Mapping[Moment, Severity]
    tolerances: tuple[Tolerance, ...]
    active_from: date
    active_until: date | None
    is_mutual: bool
    mended_by: str
    sql: str

    def is_active(self, day: date) -> bool:
        """Whether the office applies it on that day; the last day is included."""
        return self.active_from <= day and (self.active_until is None or day <= self.active_until)

    @property
    def worst(self) -> Severity:
        """Its severity at the moment that it weighs most upon."""
        found = set(self.severity.values())
        return next(one for one in Severity if one in found)

    @property
    def arguments(self) -> dict[str, Decimal]:
        """The tolerances by name, as its SQL takes them."""
        return {tolerance.name: tolerance.value for tolerance in self.tolerances}

    @property
    def statement(self) -> str:
        """The whole SELECT, with the relations that it reads."""
        return f"{SCOPE}\nSELECT unit_id, parcel_id, other_id, detail, geom FROM (\n{self.sql}\n) AS found"

    def told(self, detail: Mapping[str, Any]) -> str:
        """The message with the finding's figures in it, as Spanish writes them: ``1.234,5``."""
        return self.message.format_map({name: _said(value) for name, value in detail.items()})


@cache
def quality_rules() -> MappingProxyType[str, QualityRule]:
    """Every rule by its code, in the order of the groups; MalformedRule."""
    return load_rules(RULES_FOLDER)


def load_rules(folder: Path) -> MappingProxyType[str, QualityRule]:
    """The rules of a folder by code; MalformedRule names the first file that is wrong."""
    stems = {path.stem for path in folder.iterdir() if path.suffix in (".toml", ".sql")}
    rules = [_load(folder, stem) for stem in sorted(stems)]
    order = list(Group)
    rules.sort(key=lambda rule: (order.index(rule.group), rule.code))
    return MappingProxyType({rule.code: rule for rule in rules})


def rules_named(codes: Iterable[str]) -> tuple[QualityRule, ...]:
    """The rules of those codes, or all when none is given, in the order of the table; UnknownRule."""
    wanted = set(codes)
    unknown = sorted(wanted - set(quality_rules()))
    if unknown:
        raise UnknownRule(
            f"No existe la regla «{unknown[0]}»: vea la lista en docs/reference/quality-rules.md.",
            details={"unknown": unknown},
        )
    return tuple(rule for rule in quality_rules().values() if not wanted or rule.code in wanted)


def _load(folder: Path, stem: str) -> QualityRule:
    for suffix in (".toml", ".sql"):
        if not (folder / f"{stem}{suffix}").is_file():
            raise _malformed(stem, f"falta {stem}{suffix}")
    try:
        told = tomllib.loads((folder / f"{stem}.toml").read_text("utf-8"), parse_float=Decimal)
        rule = _rule(stem, told, (folder / f"{stem}.sql").read_text("utf-8").rstrip())
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise _malformed(stem, str(error)) from error
    _check_sql(rule)
    return rule


def _rule(stem: str, told: Mapping[str, Any], sql: str) -> QualityRule:
    unknown = sorted(set(told) - _MEMBERS - {"tolerance"})
    if unknown:
        raise _malformed(stem, f"no se conoce «{unknown[0]}»")
    severity = {Moment(name): Severity(value) for name, value in told["severity"].items()}
    if set(severity) != set(Moment):
        raise _malformed(stem, "diga la severidad de draft, approval, emission y certificate")
    for name in ("title", "norm", "message"):
        if not isinstance(told[name], str) or not told[name].strip():
            raise _malformed(stem, f"«{name}» está vacío")
    rule = QualityRule(
        code=stem,
        group=Group(told["group"]),
        title=told["title"],
        norm=told["norm"],
        message=told["message"],
        severity=MappingProxyType(severity),
        tolerances=tuple(
            Tolerance(name, Decimal(row["value"]), row["unit"], row["meaning"])
            for name, row in told.get("tolerance", {}).items()
        ),
        active_from=_day(told["active_from"]),
        active_until=_day(told["active_until"]) if "active_until" in told else None,
        is_mutual=bool(told.get("is_mutual", False)),
        mended_by=str(told.get("mended_by", _PREPARES_CHANGES)),
        sql=sql,
    )
    if rule.active_until is not None and rule.active_until < rule.active_from:
        raise _malformed(stem, "termina antes de empezar")
    if rule.worst is Severity.NONE:
        raise _malformed(stem, "no concierne a ningún momento")
    return rule


def _said(value: Any) -> str:
    if isinstance(value, float | Decimal):
        return format_decimal(Decimal(f"{value:.12g}"))
    return str(value)


def _day(value: Any) -> date:
    if not isinstance(value, date):
        raise TypeError("active_from y active_until son fechas")
    return value


def _check_sql(rule: QualityRule) -> None:
    lines = rule.sql.splitlines()
    if not lines or not lines[0].startswith("--"):
        raise _malformed(rule.code, "la primera línea del SQL dice qué busca")
    body = "\n".join(line for line in lines if not line.lstrip().startswith("--"))
    if ";" in body or not body.lstrip().upper().startswith(("SELECT", "WITH")):
        raise _malformed(rule.code, "el SQL es un solo SELECT, sin punto y coma")
    if _STRAY_PERCENT.search(rule.sql):
        raise _malformed(rule.code, "el SQL no lleva «%» fuera de sus parámetros")
    used = set(_PARAMETER.findall(rule.sql)) - SCOPE_PARAMETERS
    declared = set(rule.arguments)
    if used != declared:
        odd = sorted(used ^ declared)[0]
        raise _malformed(rule.code, f"la tolerancia «{odd}» está solo en uno de los dos archivos")


def _malformed(stem: str, why: str) -> MalformedRule:
    return MalformedRule(
        f"Regla de calidad «{stem}»: {why}. Corrija sus archivos en cadastre/quality/rules.",
        details={"rule": stem},
    )
