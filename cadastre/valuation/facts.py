"""What valuation and tax are given: the facts of a predio, frozen.

The emission reads them from the register as it stood; a test or a simulation makes them up. Areas
in m², money in dollars, shares as fractions of one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

from cadastre.valuation.tax_standing import NOTHING_KNOWN, TaxStanding
from gis_project.core.assessment import Line, line_as_dict
from gis_project.core.errors import InvalidInput


class UnitKind(StrEnum):
    """Which of the two property taxes the predio pays."""

    URBAN = "URBAN"
    RURAL = "RURAL"


class MissingInput(InvalidInput):
    """A fact or a table row is missing, so there is no value: it goes to the work list.

    Never replaced by a factor of one: missing data must not set anybody's tax. ``what`` is the
    stable word for the list: AREA, ZONE, LAND_VALUE, BUILDING_COST, BUILT_IN, …
    """

    code = "missing_input"

    def __init__(self, message: str, *, unit_id: str, what: str) -> None:
        super().__init__(message, details={"unit_id": unit_id, "what": what})
        self.unit_id = unit_id
        self.what = what

    def __reduce__(self) -> tuple[Any, ...]:
        return _missing_input, (self.message, self.unit_id, self.what)


def _missing_input(message: str, unit_id: str, what: str) -> MissingInput:
    return MissingInput(message, unit_id=unit_id, what=what)


@dataclass(frozen=True, slots=True)
class BuildingFacts:
    """One building (bloque). ``is_common`` belongs to all units of a condominium by aliquot.

    ``condition`` (state of conservation) and ``traits`` (use, stage, finishes) are words of the
    ordinance's tables; needed only where its method looks at them.
    """

    building_id: str
    structure: str
    floor_area_m2: Decimal
    built_in: int | None
    is_common: bool = False
    condition: str | None = None
    traits: Mapping[str, Decimal | str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WorkFacts:
    """A complementary work (fence, pool, paving): how much of it in the unit of its cost."""

    work_id: str
    code: str
    quantity: Decimal
    built_in: int | None
    condition: str | None = None


@dataclass(frozen=True, slots=True)
class MigratedValue:
    """The value that the old system had for a year; its total may hold more than the two parts."""

    year: int
    land: Decimal
    buildings: Decimal
    total: Decimal
    source: str = ""


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """A predio on 31 December before the tax year.

    For a unit of a condominium ``aliquot`` is set and the areas are those of the whole lot.
    ``is_urban_marginal`` says that it is a one-family predio of an urban-marginal sector.
    ``holder_classes`` are those of *all* its holders (PUBLIC, COMMUNE, …); empty: not known.
    ``traits`` are named facts that factor tables look at (front_m, topography, block_code, …);
    ``soil_classes`` the agrological classes with the m² measured of each.
    """

    unit_id: str
    key: str
    kind: UnitKind
    zone_code: str | None
    legal_area_m2: Decimal | None
    titled_area_m2: Decimal | None = None
    aliquot: Decimal | Fraction | None = None
    buildings: tuple[BuildingFacts, ...] = ()
    migrated: MigratedValue | None = None
    is_urban_marginal: bool = False
    holder_classes: tuple[str, ...] = ()
    traits: Mapping[str, Decimal | str] = field(default_factory=dict)
    soil_classes: tuple[tuple[str, Decimal], ...] = ()
    works: tuple[WorkFacts, ...] = ()

    def __post_init__(self) -> None:
        if self.aliquot is not None and not 0 < self.aliquot <= 1:
            raise InvalidInput(
                f"La alícuota del predio {self.key} debe ser mayor que 0 y hasta 1.",
                details={"unit_id": self.unit_id},
            )


@dataclass(frozen=True, slots=True)
class Appraisal:
    """The value of a predio with its lines; ``total`` is their sum."""

    unit_id: str
    land: Decimal
    buildings: Decimal
    total: Decimal
    lines: tuple[Line, ...]

    def as_dict(self) -> dict[str, Any]:
        """The appraisal as JSON values, amounts as strings."""
        return {
            "land": str(self.land),
            "buildings": str(self.buildings),
            "total": str(self.total),
            "lines": [line_as_dict(line) for line in self.lines],
        }


@dataclass(frozen=True, slots=True)
class AppraisedUnit:
    """A predio, its value, and what else its tax looks at: what the tax works on."""

    unit: UnitFacts
    appraisal: Appraisal
    standing: TaxStanding = NOTHING_KNOWN
