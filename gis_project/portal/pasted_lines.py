"""Lines as they are pasted from a surveyor's sheet: one vertex a row, an empty row between two lines, or WKT."""

from gis_project.core.errors import InvalidInput

_MOST_ROWS = 5_000


class LinesUnreadable(InvalidInput):
    """A row is no vertex: write east and north, one vertex a row, or paste WKT."""

    code = "lines_unreadable"


def pasted_lines(text: str) -> list[str]:
    """Each line as WKT. A row is `east north`, with or without the vertex's name before it, decimals
    by comma or point; LinesUnreadable names the row that is none."""
    if "(" in text:
        return [row.strip() for row in text.strip().split("\n\n") if row.strip()]
    rows = text.replace("\r", "").split("\n")
    if len(rows) > _MOST_ROWS:
        raise LinesUnreadable(f"Son más de {_MOST_ROWS} filas: divida el trabajo.")
    lines: list[list[str]] = [[]]
    for number, row in enumerate(rows, start=1):
        if row.strip():
            lines[-1].append(_vertex(row, number))
        elif lines[-1]:
            lines.append([])
    found = [line for line in lines if line]
    if not found or any(len(line) < 2 for line in found):
        raise LinesUnreadable("Una línea tiene al menos dos vértices, uno por fila.")
    return [f"LINESTRING ({', '.join(line)})" for line in found]


def _vertex(row: str, number: int) -> str:
    words = row.replace(";", " ").split()
    # A comma between two words is a separator, one within a word a decimal sign.
    parts = [w.rstrip(",").replace(",", ".") for w in words] if words[1:] else row.split(",")
    try:
        east, north = (float(part) for part in parts[-2:])
    except ValueError:
        raise LinesUnreadable(
            f"La fila {number} no es un vértice: escriba este y norte, por ejemplo 770812,25 9943500,00."
        ) from None
    if len(parts) > 3:
        raise LinesUnreadable(f"La fila {number} tiene más de un vértice: escriba uno por fila.")
    return f"{east!r} {north!r}"
