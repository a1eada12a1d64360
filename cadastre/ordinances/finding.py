"""What the linter says of an ordinance: one defect, where it is, whose article, and what to do about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple


class Severity(StrEnum):
    """How much a finding weighs before the council's session."""

    ERROR = "ERROR"
    WARNING = "WARNING"
    NOTICE = "NOTICE"

    @property
    def label_es(self) -> str:
        """The word of the office."""
        return _LABELS[self]


_LABELS = {
    Severity.ERROR: "impide aprobar",
    Severity.WARNING: "conviene corregir",
    Severity.NOTICE: "conviene saber",
}


class LintRule(NamedTuple):
    """One rule of the linter; ``article`` is the national norm behind it, where there is one."""

    severity: Severity
    title_es: str
    article: str = ""


RULES: Mapping[str, LintRule] = {
    "NOT_READABLE": LintRule(Severity.ERROR, "La ordenanza no se puede leer"),
    "RANGE_OVERLAP": LintRule(Severity.ERROR, "Filas que se traslapan o van en desorden"),
    "TABLE_START": LintRule(Severity.ERROR, "Tabla que no empieza en cero"),
    "RANGE_GAP": LintRule(Severity.WARNING, "Valores para los que no hay fila"),
    "RATE_FALLS": LintRule(Severity.ERROR, "Tarifa que baja al subir el valor", "COOTAD 504, 517"),
    "RATE_OUTSIDE_BAND": LintRule(Severity.ERROR, "Tarifa fuera de la ley", "COOTAD 504, 517"),
    "RATE_CLIFF": LintRule(Severity.WARNING, "Salto del impuesto en un umbral", "COOTAD 504, 517"),
    "RATE_ROW_WITHOUT_EFFECT": LintRule(Severity.NOTICE, "Fila de tarifa que no cambia nada"),
    "DEPRECIATION_FALLS": LintRule(Severity.ERROR, "Depreciación que baja", "COOTAD 495"),
    "DEPRECIATION_BEYOND": LintRule(
        Severity.ERROR, "Depreciación que pasa de todo el valor", "COOTAD 495"
    ),
    "DEPRECIATION_STOPS": LintRule(
        Severity.NOTICE, "Depreciación que se detiene antes de la vida útil", "COOTAD 495"
    ),
    "CLAMP_NEVER_REACHED": LintRule(Severity.NOTICE, "Tope que nunca se alcanza"),
    "FACTOR_WITHOUT_EFFECT": LintRule(Severity.WARNING, "Factor que no cambia nada"),
    "FACTOR_CLIFF": LintRule(Severity.WARNING, "Salto del valor en un umbral", "COOTAD 495, 516"),
    "VALUE_FALLS_WITH_AREA": LintRule(
        Severity.WARNING, "Un lote mayor vale menos que uno menor", "COOTAD 495, 516"
    ),
    "EXEMPTION_CLIFF": LintRule(Severity.WARNING, "Salto al perder una exención local"),
    "CLASS_PRICE_RISES": LintRule(
        Severity.WARNING, "Una clase de suelo peor vale más", "COOTAD 516"
    ),
    "UNPRICED": LintRule(
        Severity.ERROR, "Predios a los que la ordenanza no da valor", "COOTAD 495"
    ),
    "REGISTER_LACKS": LintRule(Severity.WARNING, "Predios sin un dato que la ordenanza usa"),
    "ZONE_EMPTY": LintRule(Severity.WARNING, "Zona sin predios"),
    "PRICE_FAR_FROM_NEIGHBOURS": LintRule(
        Severity.WARNING, "Precio lejos del de las zonas vecinas", "COOTAD 495"
    ),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One defect. ``where`` and ``message`` are Spanish; ``article`` cites the norm or the ordinance.

    ``count`` is how many predios it concerns (0: not counted) and ``keys`` the first of them.
    """

    code: str
    where: str
    message: str
    article: str = ""
    count: int = 0
    keys: tuple[str, ...] = ()

    @property
    def severity(self) -> Severity:
        """That of its rule."""
        return RULES[self.code].severity

    @property
    def title(self) -> str:
        """That of its rule, in Spanish."""
        return RULES[self.code].title_es

    def as_dict(self) -> dict[str, Any]:
        """The finding as JSON values."""
        return {
            "code": self.code,
            "severity": str(self.severity),
            "title": self.title,
            "where": self.where,
            "message": self.message,
            "article": self.article or RULES[self.code].article,
            "count": self.count,
            "keys": list(self.keys),
        }


@dataclass(frozen=True, slots=True)
class LintReport:
    """All findings, the gravest first; ``is_complete`` is false where errors kept the rest from being examined."""

    findings: tuple[Finding, ...]
    is_complete: bool = True

    def counts(self) -> dict[Severity, int]:
        """How many there are of each severity."""
        return {
            severity: sum(one.severity is severity for one in self.findings)
            for severity in Severity
        }

    def as_dict(self) -> dict[str, Any]:
        """The report as JSON values."""
        return {
            "is_complete": self.is_complete,
            "counts": {str(name): count for name, count in self.counts().items()},
            "findings": [one.as_dict() for one in self.findings],
        }


def by_weight(findings: list[Finding]) -> tuple[Finding, ...]:
    """The findings in the order in which one corrects them."""
    order, codes = list(Severity), list(RULES)
    return tuple(
        sorted(findings, key=lambda one: (order.index(one.severity), codes.index(one.code)))
    )
