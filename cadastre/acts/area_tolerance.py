"""Excedentes y diferencias (COOTAD 481.1): how far a measured area may lie from the titled one, by ordinance.

The error that is technically acceptable is a table of each municipality, stored as the parameters of its
ordinance of subject AREA_TOLERANCE (numbers as text, m²):

    urban    [{"from_m2": "0", "to_m2": "200", "tolerance_pct": "10"},
    rural     {"from_m2": "200", "tolerance_m2": "20"}]     the last range is open
    article  "3"

A range holds the titled areas from its first m² on and below its last; it allows a share of the titled
area or an absolute difference, one of the two.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from itertools import pairwise
from typing import Any, Literal

from gis_project.core.errors import InvalidInput
from gis_project.core.money import format_decimal
from gis_project.core.units import format_m2

SUBJECT = "AREA_TOLERANCE"
NATIONAL_LAW = "COOTAD, Art. 481.1"
KINDS = {"urban": "URBAN", "rural": "RURAL"}

_MEMBERS = {"from_m2", "to_m2", "tolerance_pct", "tolerance_m2"}


class InvalidAreaTolerance(InvalidInput):
    """The ordinance's table of tolerances has gaps, overlaps or malformed rows: correct those named."""

    code = "invalid_area_tolerance"


class Finding(StrEnum):
    """What the two areas say together."""

    INSIDE = "INSIDE"
    EXCESS = "EXCESS"
    SHORTFALL = "SHORTFALL"


@dataclass(frozen=True, slots=True)
class Range:
    """Titled areas from ``from_m2`` on and below ``to_m2`` (None: open), and what they tolerate."""

    from_m2: Decimal
    to_m2: Decimal | None
    tolerance: Decimal
    unit: Literal["pct", "m2"]

    def allowed_m2(self, titled_m2: Decimal) -> Decimal:
        """The tolerated difference in m², exact."""
        return titled_m2 * self.tolerance / 100 if self.unit == "pct" else self.tolerance

    def told(self) -> str:
        """The range as people read it."""
        end = f"menos de {format_m2(self.to_m2)}" if self.to_m2 is not None else "más"
        return f"de {format_m2(self.from_m2)} a {end}"


@dataclass(frozen=True, slots=True)
class AreaTolerance:
    """The table of one ordinance; ``ranges`` by URBAN and RURAL, without gap or overlap."""

    ranges: Mapping[str, tuple[Range, ...]]
    citation: str


@dataclass(frozen=True, slots=True)
class VerdictLine:
    """One step of the verdict: what, how much in m², and where it is written."""

    label_es: str
    area_m2: Decimal
    citation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """``difference_m2`` is measured less titled; ``allowed_m2`` what its size may be."""

    finding: Finding
    measured_m2: Decimal
    titled_m2: Decimal
    difference_m2: Decimal
    allowed_m2: Decimal
    lines: tuple[VerdictLine, ...]

    @property
    def is_beyond(self) -> bool:
        """Whether the difference must be regularised by resolution and inscribed."""
        return self.finding is not Finding.INSIDE

    def plain(self) -> dict[str, Any]:
        """The verdict as JSON values."""
        return {
            "finding": str(self.finding),
            "measured_m2": str(self.measured_m2),
            "titled_m2": str(self.titled_m2),
            "difference_m2": str(self.difference_m2),
            "allowed_m2": str(self.allowed_m2),
            "lines": [
                {"label_es": line.label_es, "area_m2": str(line.area_m2), "citation": line.citation}
                for line in self.lines
            ],
        }


def verdict(
    *, measured_m2: Decimal, titled_m2: Decimal, kind: str, tolerance: AreaTolerance
) -> Verdict:
    """INSIDE, EXCESS or SHORTFALL, explained line by line; ``kind`` URBAN or RURAL.

    A difference of exactly what is allowed is inside. ``ValueError`` for a titled area that is not positive.
    """
    if titled_m2 <= 0:
        raise ValueError("A title states a positive area.")
    row = _range_of(titled_m2, tolerance.ranges[kind])
    allowed = row.allowed_m2(titled_m2)
    difference = measured_m2 - titled_m2
    if abs(difference) <= allowed:
        finding, word = Finding.INSIDE, "dentro del error técnico aceptable"
    elif difference > 0:
        finding, word = Finding.EXCESS, "excedente"
    else:
        finding, word = Finding.SHORTFALL, "diferencia (falta terreno)"
    share = f"{format_decimal(row.tolerance)} %" if row.unit == "pct" else "valor fijo"
    lines = (
        VerdictLine("Área según el título", titled_m2),
        VerdictLine("Área medida", measured_m2),
        VerdictLine("Medida menos título", difference),
        VerdictLine(
            f"Error técnico aceptable, {share}, títulos {row.told()}", allowed, tolerance.citation
        ),
        VerdictLine(f"Resultado: {word}", difference, NATIONAL_LAW),
    )
    return Verdict(
        finding=finding,
        measured_m2=measured_m2,
        titled_m2=titled_m2,
        difference_m2=difference,
        allowed_m2=allowed,
        lines=lines,
    )


def area_tolerance(parameters: Mapping[str, Any], *, number: str) -> AreaTolerance:
    """The table of ordinance ``number``; InvalidAreaTolerance names every flaw."""
    found = flaws(parameters)
    if found:
        raise InvalidAreaTolerance(
            f"Ordenanza {number}, tolerancias de área: " + " ".join(found),
            details={"flaws": list(found)},
        )
    return AreaTolerance(
        ranges={
            kind: tuple(_range(row) for row in parameters[member]) for member, kind in KINDS.items()
        },
        citation=f"Ordenanza {number}, Art. {parameters['article']}",
    )


def flaws(parameters: Mapping[str, Any]) -> tuple[str, ...]:
    """What is wrong with a table, in Spanish; empty when it can be used. Gaps and overlaps are told by m²."""
    found = []
    if not isinstance(parameters.get("article"), str) or not parameters["article"].strip():
        found.append("Falta el artículo («article»).")
    unknown = sorted(set(parameters) - {*KINDS, "article"})
    if unknown:
        found.append(f"No se conoce «{unknown[0]}»: aquí van urban, rural y article.")
    for member in KINDS:
        rows = parameters.get(member)
        if not isinstance(rows, Sequence) or isinstance(rows, str) or not rows:
            found.append(f"{member}: falta la lista de rangos.")
            continue
        malformed = [_row_flaw(row) for row in rows]
        told = [f"{member}, fila {n}: {flaw}" for n, flaw in enumerate(malformed, 1) if flaw]
        found += told or [f"{member}: {flaw}" for flaw in _chain_flaws([_range(r) for r in rows])]
    return tuple(found)


def _chain_flaws(rows: Sequence[Range]) -> list[str]:
    found = []
    if rows[0].from_m2 != 0:
        found.append(f"el primer rango empieza en {rows[0].from_m2} m² y debe empezar en 0.")
    for number, (row, after) in enumerate(pairwise(rows), start=1):
        if row.to_m2 is None:
            found.append(f"la fila {number} no tiene fin y no es la última.")
        elif after.from_m2 > row.to_m2:
            found.append(f"entre {row.to_m2} y {after.from_m2} m² no hay ningún rango.")
        elif after.from_m2 < row.to_m2:
            found.append(f"entre {after.from_m2} y {row.to_m2} m² hay dos rangos.")
    if rows[-1].to_m2 is not None:
        found.append(f"desde {rows[-1].to_m2} m² no hay ningún rango: deje el último sin fin.")
    return found


def _row_flaw(row: Any) -> str:
    if not isinstance(row, Mapping) or set(row) - _MEMBERS:
        return "va como from_m2, to_m2 y tolerance_pct o tolerance_m2."
    told = {name: value for name, value in row.items() if value is not None}
    if "from_m2" not in told:
        return "falta from_m2."
    if ("tolerance_pct" in told) == ("tolerance_m2" in told):
        return "lleva tolerance_pct o tolerance_m2, uno de los dos."
    numbers = {name: _number(value) for name, value in told.items()}
    for name, number in numbers.items():
        if number is None:
            return f"{name} va como texto y no menor que 0, por ejemplo «2.5»."
    start, end = numbers["from_m2"], numbers.get("to_m2")
    if start is not None and end is not None and end <= start:
        return "to_m2 debe ser mayor que from_m2."
    share = numbers.get("tolerance_pct")
    if share is not None and share > 100:
        return "tolerance_pct va de 0 a 100."
    return ""


def _range(row: Mapping[str, Any]) -> Range:
    is_share = row.get("tolerance_pct") is not None
    end = row.get("to_m2")
    return Range(
        from_m2=Decimal(row["from_m2"]),
        to_m2=None if end is None else Decimal(end),
        tolerance=Decimal(row["tolerance_pct" if is_share else "tolerance_m2"]),
        unit="pct" if is_share else "m2",
    )


def _range_of(titled_m2: Decimal, rows: Sequence[Range]) -> Range:
    # The linter has seen to it that exactly one range holds every area.
    return next(row for row in rows if row.to_m2 is None or titled_m2 < row.to_m2)


def _number(told: Any) -> Decimal | None:
    if not isinstance(told, str):
        return None
    try:
        number = Decimal(told)
    except InvalidOperation:
        return None
    return number if number.is_finite() and number >= 0 else None
