"""What is refused in XML and in companions of a file before a parser sees it."""

from pathlib import Path

from cadastre.imports.formats import FileFormat
from gis_project.core.errors import InvalidInput

_MARKUP = {FileFormat.KML, FileFormat.GPX}
_CHUNK = 1024 * 1024
_OVERLAP = 16


class HostileMarkup(InvalidInput):
    """The XML declares entities or is not UTF-8: export it again without a DOCTYPE."""

    code = "hostile_markup"


class MissingCompanion(InvalidInput):
    """A shapefile is several files: put the missing one beside it, or zip them together."""

    code = "missing_companion"


def check_markup(path: Path, file_format: FileFormat) -> None:
    """Refuse XML with a DOCTYPE or in UTF-16/32, and a shapefile without its index."""
    if file_format is FileFormat.SHAPEFILE:
        _check_shapefile(path)
    if file_format not in _MARKUP:
        return
    tail = b""
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            window = (tail + chunk).upper()
            if b"<!DOCTYPE" in window or b"<!ENTITY" in window:
                raise HostileMarkup("El XML declara entidades (DOCTYPE): expórtelo sin ellas.")
            if b"\x00" in window:
                raise HostileMarkup("El XML no está en UTF-8: guárdelo en UTF-8.")
            tail = chunk[-_OVERLAP:]


def _check_shapefile(path: Path) -> None:
    there = {child.name.lower() for child in path.parent.iterdir()}
    if f"{path.stem}.shx".lower() not in there:
        raise MissingCompanion(
            f"Falta {path.stem}.shx junto a {path.name}: copie todos los archivos del shapefile."
        )
