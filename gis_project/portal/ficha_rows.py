"""Answers that are rows (crops, livestock, permits), typed one a line with their cells between semicolons."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from cadastre.ficha.variables import Variable, VariableType
from cadastre.keys.plain_text import plain
from gis_project.portal.act_form import PLAIN

_MOST_SHOWN = 12


class FichaRowsField(forms.CharField):
    """A text area; it reads a list of rows by column, each cell in the order that its hint tells."""

    def __init__(self, variable: Variable, **options: Any) -> None:
        self.variable = variable
        super().__init__(
            help_text=_hint(variable),
            max_length=60_000,
            widget=forms.Textarea(attrs=PLAIN | {"rows": 3}),
            **options,
        )

    def clean(self, value: Any) -> Any:
        """The rows; ValidationError names the line that does not fit."""
        text = super().clean(value)
        rows = [
            _row(self.variable, line, number)
            for number, line in enumerate(str(text).splitlines(), start=1)
            if line.strip()
        ]
        return rows or None


def rows_shown(variable: Variable, rows: Any) -> str:
    """The rows as they are typed; a text with a semicolon in it makes its line one of tabulators."""
    if not isinstance(rows, Sequence):
        return ""
    return "\n".join(_line(variable, row) for row in rows if isinstance(row, Mapping))


def _line(variable: Variable, row: Mapping[str, Any]) -> str:
    cells = [_cell_shown(column, row.get(column.code)) for column in variable.columns]
    separator = "\t" if any(";" in cell for cell in cells) else "; "
    return separator.join(cells).rstrip("; \t")


def _cell_shown(column: Variable, value: Any) -> str:
    if value is None:
        return ""
    if column.type is VariableType.CODE and column.codes:
        return column.codes.names.get(value, str(value))
    if column.type is VariableType.BOOLEAN:
        return _("Sí") if value else _("No")
    return " ".join(str(value).split())


def _row(variable: Variable, line: str, number: int) -> dict[str, Any]:
    cells = [cell.strip() for cell in line.split("\t" if "\t" in line else ";")]
    if len(cells) > len(variable.columns):
        raise forms.ValidationError(
            _("La fila %(row)s tiene %(cells)s datos y son hasta %(most)s: sepárelos con punto y coma.")
            % {"row": number, "cells": len(cells), "most": len(variable.columns)}
        )  # fmt: skip
    told: dict[str, Any] = {}
    for column, cell in zip(variable.columns, cells, strict=False):
        if not cell:
            continue
        try:
            told[column.code] = _READERS.get(column.type, _text)(column, cell)
        except ValueError:
            raise forms.ValidationError(
                _("En la fila %(row)s, «%(what)s» no puede ser «%(cell)s».")
                % {"row": number, "what": column.label, "cell": cell[:40]}
            ) from None
    return told


def _text(_column: Variable, cell: str) -> str:
    return cell


def _code(column: Variable, cell: str) -> str:
    """A code, or its Spanish name in any spelling."""
    names = column.codes.names if column.codes else {}
    if cell in names:
        return cell
    for code, name in names.items():
        if plain(name) == plain(cell):
            return code
    raise ValueError(cell)


def _boolean(_column: Variable, cell: str) -> bool:
    if plain(cell) not in ("SI", "NO"):
        raise ValueError(cell)
    return plain(cell) == "SI"


def _figure(column: Variable, cell: str) -> int | str:
    text = cell.replace(",", ".") if cell.count(",") == 1 and "." not in cell else cell
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise ValueError(cell) from None
    if not number.is_finite():
        raise ValueError(cell)
    return int(number) if column.decimals == 0 and number == int(number) else format(number, "f")


_READERS: Mapping[VariableType, Callable[[Variable, str], Any]] = {
    VariableType.CODE: _code,
    VariableType.BOOLEAN: _boolean,
    VariableType.NUMBER: _figure,
}


def _hint(variable: Variable) -> str:
    columns = "; ".join(
        f"{column.label} ({column.unit})" if column.unit else column.label
        for column in variable.columns
    )
    told = [_("Una fila por cada uno: %s.") % columns]
    for column in variable.columns:
        if column.codes is not None and len(column.codes.names) <= _MOST_SHOWN:
            told.append(f"{column.label}: {', '.join(column.codes.names.values())}.")
    return " ".join(told)
