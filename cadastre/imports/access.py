"""Tables of a Microsoft Access file (.mdb, .accdb), through the programs of mdbtools. In the child process.

Names out of the file reach those programs as single arguments, never through a shell, and none that
begins like an option is handed over at all.
"""

import csv
import io
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from cadastre.imports.choose_layer import ChooseLayer
from gis_project.core.errors import InvalidInput

_PROGRAMS = ("mdb-tables", "mdb-schema", "mdb-count", "mdb-export")
_BETWEEN_NAMES = "\x1f"
_MOST_TABLES_TOLD = 40
_DAY = "%Y-%m-%d"
_COLUMN = re.compile(r"^\t\[(?P<name>.*)\]\t+(?P<type>[A-Za-z/]+)")
_MOST_CELL = 1024 * 1024


class AccessNotReadable(InvalidInput):
    """The Access file is damaged or has a password, or the programs that read it are missing."""

    code = "access_not_readable"


@contextmanager
def open_table(path: Path, table: str | None) -> Iterator[tuple[str, Iterator[list[Any]]]]:
    """The name of the table, and its lines: the heading, then rows with numbers as numbers.

    Without ``table`` the only one of the file; raises ``ChooseLayer`` with all of them otherwise.
    """
    _require_programs()
    name = _chosen(path, _names(path), table)
    types = _types(path, name)
    how = ("--bin=strip", f"--date-format={_DAY}", f"--datetime-format={_DAY}")
    with subprocess.Popen(
        ["mdb-export", *how, str(path), name],
        env=_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as export:
        assert export.stdout is not None
        text = io.TextIOWrapper(export.stdout, encoding="utf-8", errors="replace", newline="")
        yield name, _lines(text, types)
        text.close()
        if export.wait() != 0:
            raise _unreadable()


def _lines(text: IO[str], types: Sequence[str]) -> Iterator[list[Any]]:
    csv.field_size_limit(_MOST_CELL)
    rows = csv.reader(text)
    header = next(rows, None)
    if header is None or len(header) != len(types):
        raise _unreadable()
    yield header
    converted = [_CONVERTED.get(type_.lower(), str) for type_ in types]
    for row in rows:
        yield [
            convert(cell) if cell else None for convert, cell in zip(converted, row, strict=True)
        ]


def _number(cell: str) -> int | float:
    whole = cell.rstrip("0").rstrip(".") if "." in cell else cell
    try:
        return int(whole)
    except ValueError:
        return float(whole)


_CONVERTED: dict[str, Callable[[str], Any]] = dict.fromkeys(
    ("byte", "integer", "long", "single", "double", "currency", "numeric"), _number
)


def _chosen(path: Path, names: list[str], wanted: str | None) -> str:
    if wanted is None and len(names) == 1:
        wanted = names[0]
    if wanted not in names:
        told = "; ".join(_with_count(path, name) for name in names[:_MOST_TABLES_TOLD])
        more = f"; y {len(names) - _MOST_TABLES_TOLD} más" if len(names) > _MOST_TABLES_TOLD else ""
        asked = f"no tiene la tabla «{wanted}»" if wanted else "tiene varias tablas"
        raise ChooseLayer(f"El archivo {asked}: elija una con --table. Hay: {told}{more}.")
    if _is_like_an_option(wanted):
        raise ChooseLayer(
            f"La tabla «{wanted}» empieza por un guion: cámbiele el nombre en Access."
        )
    return wanted


def _with_count(path: Path, name: str) -> str:
    if _is_like_an_option(name):
        return f"{name} (cámbiele el nombre)"
    return f"{name} ({_run('mdb-count', str(path), name).strip()} filas)"


def _is_like_an_option(name: str) -> bool:
    return name.startswith("-")


def _names(path: Path) -> list[str]:
    told = _run("mdb-tables", f"--delimiter={_BETWEEN_NAMES}", str(path)).rstrip("\n")
    names = [name for name in told.split(_BETWEEN_NAMES) if name]
    if not names:
        raise AccessNotReadable("El archivo de Access no tiene tablas.")
    return names


def _types(path: Path, table: str) -> list[str]:
    """The types of the table's columns, in their order."""
    told = _run("mdb-schema", "--no-indexes", "--no-relations", f"--table={table}", str(path))
    return [found["type"] for line in told.splitlines() if (found := _COLUMN.match(line))]


def _run(program: str, *arguments: str) -> str:
    done = subprocess.run(
        [program, *arguments],
        env=_environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode != 0:
        raise _unreadable()
    return done.stdout


def _environment() -> dict[str, str]:
    # Old files (Access 97) carry no character set: those of this country are Windows-1252.
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "LC_ALL": "C.UTF-8",
        "MDB_JET3_CHARSET": "CP1252",
    }


def _require_programs() -> None:
    missing = [program for program in _PROGRAMS if shutil.which(program) is None]
    if missing:
        raise AccessNotReadable(
            "Para leer archivos de Access hace falta mdbtools: instálelo con «apt-get install mdbtools» y "
            "repita; o exporte la tabla a XLSX o CSV desde Access."
        )


def _unreadable() -> AccessNotReadable:
    return AccessNotReadable(
        "El archivo de Access está dañado o tiene contraseña: ábralo en Access, quítesela, use «Compactar "
        "y reparar», o exporte la tabla a XLSX o CSV."
    )
