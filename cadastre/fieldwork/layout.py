"""What a field package holds: its layers, their columns, and which of them may be changed in the field.

The ficha's own files decide the columns: a variable is a column of the predio or the building that it
describes, a variable of rows a table of its own. Names are English identifiers; what people read is the label.
"""

from collections.abc import Mapping, Sequence

from cadastre.ficha.code_lists import CodeList, code_lists
from cadastre.ficha.variables import PredioKind, Section, Subject, VariableType, sections
from cadastre.fieldwork.field_layer import (
    BLOCKS,
    BUILDINGS,
    FLOOR_ROWS,
    FLOORS,
    NEIGHBOURS,
    PACKAGE,
    PARCELS,
    PHOTO_ROWS,
    PHOTOGRAPHS,
    POINTS,
    ROADS,
    UNITS,
    Column,
    FieldLayer,
    Shape,
)
from cadastre.fieldwork.layer_columns import (
    column_of,
    ficha_columns,
    identity_column,
    number_column,
    text_column,
    year_column,
)


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
        _background(BLOCKS, "Manzanas", Shape.POLYGON, text_column("code", "Código")),
        _background(ROADS, "Vías", Shape.LINE, text_column("name", "Nombre")),
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


_KEY = text_column("key", "Clave catastral")
_KINDS = {"URBAN": "urbano", "RURAL": "rural"}
_PLACE = "Predio"
_PACKAGE_COLUMNS = (
    text_column("package", "Identificador"),
    text_column("number", "Número"),
    text_column("municipality", "Municipio"),
    text_column("carrier", "Quién lo lleva"),
    text_column("purpose", "Para qué"),
    text_column("expires_on", "Vence"),
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
        identity_column(),
        text_column("key", "Clave catastral", tab=_PLACE),
        text_column("number", "Número de predio", tab=_PLACE),
        *((text_column("holders", "Titulares", tab=_PLACE),) if with_holders else ()),
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
            text_column("block_code", "Manzana o polígono", tab=_PLACE),
            text_column("legal_area_m2", "Área del registro (m²)", tab=_PLACE),
            text_column("titled_area_m2", "Área según título (m²)", tab=_PLACE),
            *(
                column
                for column in ficha_columns(predio)
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
            text_column("parcel", "Predio matriz"),
            *(
                column
                for column in ficha_columns(predio)
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
            identity_column(),
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
            number_column("floors", "Pisos", "", "1", "220", 0, new_only=True, tab=tab),
            number_column(
                "floor_area_m2",
                "Área construida",
                "m²",
                "0.01",
                "10000000",
                2,
                new_only=True,
                tab=tab,
            ),
            year_column("built_in", "Año de construcción", tab=tab),
            year_column("restored_in", "Año de restauración", tab=tab),
            Column(name="use", label="Uso", max_length=40, tab=tab),
            number_column("stage_pct", "Etapa de construcción", "%", "0", "100", 2, tab=tab),
            *ficha_columns(parts, tab="Materiales e instalaciones"),
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
            identity_column(),
            Column(name="building", label="Edificación", is_required=True),
            number_column(
                "number", "Piso (1 a nivel de la calle, -1 subsuelo)", "", "-20", "200", 0
            ),
            number_column(
                "area_m2", "Área construida", "m²", "0.01", "10000000", 2, is_required=True
            ),
            Column(name="use", label="Uso", max_length=40),
            year_column("built_in", "Año de construcción"),
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
            identity_column(),
            text_column("number", "Número del vértice"),
            Column(
                name="method",
                label="Método",
                type=VariableType.CODE,
                codes=_METHODS,
                new_only=True,
            ),
            number_column("accuracy_m", "Exactitud", "m", "0.001", "100", 3, new_only=True),
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
            identity_column(),
            Column(name="unit", label="Predio", is_required=True),
            Column(name="path", label="Fotografía", is_file=True, max_length=255),
            text_column("sha256", "Huella del archivo"),
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
                identity_column(),
                Column(name="unit", label="Predio", is_required=True),
                *(column_of(part) for part in variable.columns),
            ),
        )
        for section in predio
        for variable in section.variables
        if variable.type is VariableType.ROWS and variable.code != PHOTO_ROWS
    ]


def _background(name: str, title: str, shape: Shape, *columns: Column) -> FieldLayer:
    return FieldLayer(name=name, title=title, shape=shape, columns=columns, is_work=False)
