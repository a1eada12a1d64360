"""What a field package holds: its layers, their columns, and which of them may be changed in the field.

The ficha's own files decide the columns: a variable is a column of the predio or the building that it
describes, a variable of rows a table of its own. Names are English identifiers; what people read is the label.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from cadastre.ficha.code_lists import CodeList, code_lists
from cadastre.ficha.variables import (
    PredioKind,
    Section,
    Subject,
    Variable,
    VariableType,
    sections,
)

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


def layout(*, structures: Mapping[str, str], with_holders: bool) -> tuple[FieldLayer, ...]:
    """The layers in their order on the map, topmost first; ``structures`` are the town's building types.

    ``with_holders`` adds the holders' names to the predios, read-only.
    """
    predio = [section for section in sections() if section.subject is Subject.PREDIO]
    return (
        _points(),
        _buildings(structures),
        _parcels(predio, with_holders),
        _units(predio, with_holders),
        _floors(),
        _photographs(),
        *_row_tables(predio),
        _background(NEIGHBOURS, "Predios colindantes", Shape.POLYGON, _KEY),
        _background(BLOCKS, "Manzanas", Shape.POLYGON, _text("code", "Código")),
        _background(ROADS, "Vías", Shape.LINE, _text("name", "Nombre")),
        _background(PACKAGE, "Este paquete", Shape.NONE, *_PACKAGE_COLUMNS),
    )


def code_tables(layers: Sequence[FieldLayer]) -> dict[str, CodeList]:
    """The code lists that columns of several codes choose from, by the table that holds each."""
    lists = code_lists()
    return {
        column.list_name: lists[column.list_name.removeprefix("list_")]
        for layer in layers
        for column in layer.columns
        if column.list_name
    }


# `**more` are Column's own fields, told by name in this file only: typing each again would say nothing more.
def _text(name: str, label: str, **more: object) -> Column:
    return Column(name=name, label=label, is_editable=False, **more)  # type: ignore[arg-type]


def _number(
    name: str, label: str, unit: str, low: str, high: str, places: int, **more: object
) -> Column:
    bounds = {"minimum": Decimal(low), "maximum": Decimal(high), "decimals": places}
    return Column(name=name, label=label, type=VariableType.NUMBER, unit=unit, **bounds, **more)  # type: ignore[arg-type]


def _year(name: str, label: str, **more: object) -> Column:
    return _number(name, label, "", "1500", "2200", 0, **more)


def _identity(label: str = "Identificador") -> Column:
    return Column(
        name=IDENTITY,
        label=label,
        is_editable=False,
        is_identity=True,
        default="uuid('WithoutBraces')",
    )


_KEY = _text("key", "Clave catastral")
_KINDS = {"URBAN": "urbano", "RURAL": "rural"}
_PLACE = "Predio"
_PACKAGE_COLUMNS = (
    _text("package", "Identificador"),
    _text("number", "Número"),
    _text("municipality", "Municipio"),
    _text("carrier", "Quién lo lleva"),
    _text("purpose", "Para qué"),
    _text("expires_on", "Vence"),
)
_METHODS = {
    "GNSS_RTK": "GNSS en tiempo real",
    "GNSS_STATIC": "GNSS estático",
    "TOTAL_STATION": "estación total",
    "TAPE": "cinta",
}


def _places(with_holders: bool) -> tuple[Column, ...]:
    """The head of a predio's form."""
    return (
        _identity(),
        _text("key", "Clave catastral", tab=_PLACE),
        _text("number", "Número de predio", tab=_PLACE),
        *((_text("holders", "Titulares", tab=_PLACE),) if with_holders else ()),
    )


def _parcels(predio: Sequence[Section], with_holders: bool) -> FieldLayer:
    return FieldLayer(
        name=PARCELS,
        title="Predios",
        shape=Shape.POLYGON,
        columns=(
            *_places(with_holders),
            Column(
                name="kind",
                label="Clase de suelo",
                type=VariableType.CODE,
                codes=_KINDS,
                is_required=True,
                tab=_PLACE,
            ),
            Column(name="address", label="Dirección", max_length=300, tab=_PLACE),
            Column(
                name="land_use", label="Uso del suelo en el registro", max_length=60, tab=_PLACE
            ),
            _text("block_code", "Manzana o polígono", tab=_PLACE),
            _text("legal_area_m2", "Área del registro (m²)", tab=_PLACE),
            _text("titled_area_m2", "Área según título (m²)", tab=_PLACE),
            *(
                column
                for column in _ficha_columns(predio)
                if column.applies != {PredioKind.CONDOMINIUM}
            ),
        ),
    )


def _units(predio: Sequence[Section], with_holders: bool) -> FieldLayer:
    return FieldLayer(
        name=UNITS,
        title="Unidades en propiedad horizontal",
        parent=PARCELS,
        owner="parcel",
        columns=(
            *_places(with_holders),
            _text("parcel", "Predio matriz"),
            *(
                column
                for column in _ficha_columns(predio)
                if PredioKind.CONDOMINIUM in column.applies
            ),
        ),
    )


def _buildings(structures: Mapping[str, str]) -> FieldLayer:
    parts = [section for section in sections() if section.subject is Subject.BUILDING]
    tab = "Edificación"
    return FieldLayer(
        name=BUILDINGS,
        title="Edificaciones",
        shape=Shape.POLYGON,
        parent=PARCELS,
        owner="unit",
        columns=(
            _identity(),
            Column(name="unit", label="Predio", is_required=True, new_only=True, default=_UNDER),
            Column(
                name="structure",
                label="Estructura",
                type=VariableType.CODE,
                codes=structures,
                is_required=True,
                tab=tab,
            ),
            Column(
                name="conservation",
                label="Conservación",
                type=VariableType.CODE,
                codes=code_lists()["conservation"].names,
                tab=tab,
            ),
            _number("floors", "Pisos", "", "1", "220", 0, new_only=True, tab=tab),
            _number(
                "floor_area_m2",
                "Área construida",
                "m²",
                "0.01",
                "10000000",
                2,
                new_only=True,
                tab=tab,
            ),
            _year("built_in", "Año de construcción", tab=tab),
            _year("restored_in", "Año de restauración", tab=tab),
            Column(name="use", label="Uso", max_length=40, tab=tab),
            _number("stage_pct", "Etapa de construcción", "%", "0", "100", 2, tab=tab),
            *_ficha_columns(parts, tab="Materiales e instalaciones"),
        ),
    )


# The predio under the middle of what is drawn; the layer's id is its name with this ending (project_file).
_UNDER = "array_first(overlay_intersects('parcels_field', \"uuid\"))"


def _floors() -> FieldLayer:
    return FieldLayer(
        name=FLOORS,
        title="Pisos",
        parent=BUILDINGS,
        owner="building",
        rows_of=FLOOR_ROWS,
        columns=(
            _identity(),
            Column(name="building", label="Edificación", is_required=True),
            _number("number", "Piso (1 a nivel de la calle, -1 subsuelo)", "", "-20", "200", 0),
            _number("area_m2", "Área construida", "m²", "0.01", "10000000", 2, is_required=True),
            Column(name="use", label="Uso", max_length=40),
            _year("built_in", "Año de construcción"),
            Column(
                name="conservation",
                label="Conservación",
                type=VariableType.CODE,
                codes=code_lists()["conservation"].names,
            ),
        ),
    )


def _points() -> FieldLayer:
    return FieldLayer(
        name=POINTS,
        title="Puntos de lindero",
        shape=Shape.POINT,
        columns=(
            _identity(),
            _text("number", "Número del vértice"),
            Column(
                name="method",
                label="Método",
                type=VariableType.CODE,
                codes=_METHODS,
                new_only=True,
            ),
            _number("accuracy_m", "Exactitud", "m", "0.001", "100", 3, new_only=True),
            Column(name="note", label="Mojón u observación", max_length=300, new_only=True),
        ),
    )


def _photographs() -> FieldLayer:
    return FieldLayer(
        name=PHOTOGRAPHS,
        title="Fotografías",
        parent=PARCELS,
        owner="unit",
        rows_of=PHOTO_ROWS,
        columns=(
            _identity(),
            Column(name="unit", label="Predio", is_required=True),
            Column(name="path", label="Fotografía", is_file=True, max_length=255),
            _text("sha256", "Huella del archivo"),
            Column(
                name="shows",
                label="Qué muestra",
                type=VariableType.CODE,
                codes=code_lists()["photograph"].names,
                is_required=True,
            ),
            Column(name="taken_on", label="Fecha", type=VariableType.DATE, default="now()"),
        ),
    )


def _row_tables(predio: Sequence[Section]) -> list[FieldLayer]:
    """A table for each variable of rows; photographs have their own."""
    return [
        FieldLayer(
            name=variable.code,
            title=variable.label,
            parent=PARCELS,
            owner="unit",
            rows_of=variable.code,
            columns=(
                _identity(),
                Column(name="unit", label="Predio", is_required=True),
                *(column_of(part) for part in variable.columns),
            ),
        )
        for section in predio
        for variable in section.variables
        if variable.type is VariableType.ROWS and variable.code != PHOTO_ROWS
    ]


def _ficha_columns(parts: Sequence[Section], tab: str = "") -> tuple[Column, ...]:
    return tuple(
        column_of(variable, tab=tab or section.title)
        for section in parts
        for variable in section.variables
        if variable.type is not VariableType.ROWS
    )


def column_of(variable: Variable, tab: str = "") -> Column:
    """The column that holds the answers to a variable."""
    is_many = variable.type is VariableType.CODES
    return Column(
        name=variable.code,
        label=variable.label,
        type=variable.type,
        codes=variable.codes.names if variable.codes else None,
        list_name=f"list_{variable.codes.stem}" if is_many and variable.codes else "",
        is_required=variable.is_required,
        applies=variable.applies,
        unit=variable.unit,
        minimum=variable.minimum if variable.type is VariableType.NUMBER else None,
        maximum=variable.maximum if variable.type is VariableType.NUMBER else None,
        decimals=variable.decimals,
        max_length=variable.max_length,
        tab=tab,
    )


def _background(name: str, title: str, shape: Shape, *columns: Column) -> FieldLayer:
    return FieldLayer(name=name, title=title, shape=shape, columns=columns, is_work=False)
