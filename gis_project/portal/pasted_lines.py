"""Lines as they are pasted from a surveyor's sheet: one vertex a row, an empty row between two lines, or WKT."""

from gis_project.core.errors import InvalidInput

_MOST_ROWS = 5_000
_MOST_MOVES = 500
_MOVES = {"mover": ("move", 4), "insertar": ("insert", 2), "borrar": ("delete", 2)}


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


def pasted_polygon(text: str) -> str:
    """One ring of vertices, closed or not, as a WKT polygon; WKT of a polygon stays as it is. LinesUnreadable."""
    if "(" in text:
        return text.strip()
    rings = pasted_lines(text)
    if len(rings) != 1:
        raise LinesUnreadable("Un polígono es una sola lista de vértices, sin filas en blanco.")
    places = rings[0].removeprefix("LINESTRING (").removesuffix(")").split(", ")
    if places[0] != places[-1]:
        places.append(places[0])
    if len(places) < 4:
        raise LinesUnreadable("Un polígono tiene al menos tres vértices, uno por fila.")
    return f"POLYGON (({', '.join(places)}))"


def pasted_moves(text: str) -> list[dict[str, object]]:
    """What is done with vertices, one a row: `mover` with the old and the new place, `insertar` or `borrar`
    with one place. LinesUnreadable names the row that is none."""
    intents: list[dict[str, object]] = []
    for number, row in enumerate(text.replace("\r", "").split("\n"), start=1):
        word, *figures = row.replace(";", " ").split() or [""]
        if not word:
            continue
        try:
            do, wanted = _MOVES[word.lower()]
            places = [float(one.rstrip(",").replace(",", ".")) for one in figures]
            if len(places) != wanted:
                raise ValueError(row)
        except (KeyError, ValueError):
            raise LinesUnreadable(
                f"La fila {number} no se entiende: «mover este norte este norte», «insertar este norte» o "
                "«borrar este norte»."
            ) from None
        intent: dict[str, object] = {"do": do, "at": places[:2]}
        intents.append(intent | {"to": places[2:]} if do == "move" else intent)
    if not 0 < len(intents) <= _MOST_MOVES:
        raise LinesUnreadable(f"Escriba entre 1 y {_MOST_MOVES} cambios de vértices, uno por fila.")
    return intents


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
