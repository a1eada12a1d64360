"""Tables as they are pasted from a sheet: a row a line, cells by tabulator, semicolon or blanks."""

from decimal import Decimal, InvalidOperation

from gis_project.core.errors import InvalidInput

_MOST_ROWS = 5_000


class RowsUnreadable(InvalidInput):
    """A row of the pasted table cannot be read: mend the row that the message names."""

    code = "rows_unreadable"


def pasted_rows(text: str) -> list[tuple[int, list[str]]]:
    """The rows that are not empty with their numbers, counted from 1. RowsUnreadable for too many."""
    rows = text.replace("\r", "").split("\n")
    if len(rows) > _MOST_ROWS:
        raise RowsUnreadable(f"Son más de {_MOST_ROWS} filas: divida el trabajo.")
    return [(number, _cells(row)) for number, row in enumerate(rows, start=1) if row.strip()]


def row_figure(cell: str, *, row: int, what: str) -> Decimal:
    """The number of a cell, with decimal comma or point. RowsUnreadable says which row and what."""
    text = cell.rstrip("%").strip()
    if text.count(",") == 1 and "." not in text:
        text = text.replace(",", ".")
    try:
        figure = Decimal(text)
        if not figure.is_finite():
            raise InvalidOperation
    except InvalidOperation:
        raise RowsUnreadable(f"En la fila {row}, {what} no es un número: «{cell[:20]}».") from None
    return figure


def _cells(row: str) -> list[str]:
    if "\t" in row or ";" in row:
        return [cell.strip() for cell in row.replace(";", "\t").split("\t")]
    return row.split()
