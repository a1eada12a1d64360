"""The columns of a field package: seen texts, numbers, years, identities, and one for each variable of the ficha."""

from collections.abc import Sequence
from decimal import Decimal

from cadastre.ficha.variables import Section, Variable, VariableType
from cadastre.fieldwork.field_layer import IDENTITY, Column


# `**more` are Column's own fields, told by name here and by the layout only: typing each again would say nothing more.
def text_column(name: str, label: str, **more: object) -> Column:
    """A text that is only seen."""
    return Column(name=name, label=label, is_editable=False, **more)  # type: ignore[arg-type]


def number_column(
    name: str, label: str, unit: str, low: str, high: str, places: int, **more: object
) -> Column:
    """A number within bounds, with so many decimal places."""
    bounds = {"minimum": Decimal(low), "maximum": Decimal(high), "decimals": places}
    return Column(name=name, label=label, type=VariableType.NUMBER, unit=unit, **bounds, **more)  # type: ignore[arg-type]


def year_column(name: str, label: str, **more: object) -> Column:
    """A year."""
    return number_column(name, label, "", "1500", "2200", 0, **more)


def identity_column(label: str = "Identificador") -> Column:
    """The row's own identity, written by QGIS for a new one."""
    return Column(
        name=IDENTITY,
        label=label,
        is_editable=False,
        is_identity=True,
        default="uuid('WithoutBraces')",
    )


def ficha_columns(parts: Sequence[Section], tab: str = "") -> tuple[Column, ...]:
    """A column for each variable of the sections that is not of rows, on the section's page of the form."""
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
