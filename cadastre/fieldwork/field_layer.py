"""A table of a field package and its columns: what each holds, and which of them may be changed in the field."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from cadastre.ficha.variables import PredioKind, VariableType

PARCELS = "parcels"
UNITS = "condominium_units"
BUILDINGS = "buildings"
FLOORS = "floors"
POINTS = "boundary_points"
PHOTOGRAPHS = "photographs"
NEIGHBOURS = "neighbours"
BLOCKS = "blocks"
ROADS = "roads"
PACKAGE = "package"
# Rows of a building and photographs of a predio: no variables of rows, but told as such when they come back.
FLOOR_ROWS = "floor_rows"
PHOTO_ROWS = "photographs"
IDENTITY = "uuid"


class Shape(StrEnum):
    """The geometry of a layer."""

    POLYGON = "MultiPolygon"
    LINE = "MultiLineString"
    POINT = "Point"
    NONE = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: bounds are inclusive, in ``unit``; ``new_only`` may be written for what is drawn anew alone.

    ``applies`` are the kinds of predio that it is asked of; ``default`` is a QGIS expression for new rows.
    """

    name: str
    label: str
    type: VariableType = VariableType.TEXT
    codes: Mapping[str, str] | None = None
    list_name: str = ""
    is_editable: bool = True
    new_only: bool = False
    is_required: bool = False
    is_identity: bool = False
    is_file: bool = False
    applies: frozenset[PredioKind] = frozenset(PredioKind)
    unit: str = ""
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    decimals: int = 0
    max_length: int = 0
    default: str = ""
    tab: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldLayer:
    """One table of the package; ``parent`` is the layer whose row its column ``owner`` names."""

    name: str
    title: str
    columns: tuple[Column, ...]
    shape: Shape = Shape.NONE
    is_work: bool = True
    parent: str = ""
    owner: str = ""
    rows_of: str = ""

    def column(self, name: str) -> Column:
        """The column of that name; KeyError."""
        return next(column for column in self.columns if column.name == name)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)
