"""Which format a file has, told by its first bytes; the name only decides between texts."""

import zipfile
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePosixPath

from gis_project.core.errors import InvalidInput


class FileFormat(StrEnum):
    """The formats that are read."""

    GPKG = "GPKG"
    SHAPEFILE = "SHAPEFILE"
    FILE_GEODATABASE = "FILE_GEODATABASE"
    GEOJSON = "GEOJSON"
    FLATGEOBUF = "FLATGEOBUF"
    KML = "KML"
    GPX = "GPX"
    DXF = "DXF"
    XLSX = "XLSX"
    CSV = "CSV"
    ACCESS = "ACCESS"


TABLES = frozenset({FileFormat.XLSX, FileFormat.CSV, FileFormat.ACCESS})

# The GDAL drivers that may open each format; every other driver is taken away before opening.
DRIVERS: dict[FileFormat, tuple[str, ...]] = {
    FileFormat.GPKG: ("GPKG",),
    FileFormat.SHAPEFILE: ("ESRI Shapefile",),
    FileFormat.FILE_GEODATABASE: ("OpenFileGDB",),
    FileFormat.GEOJSON: ("GeoJSON",),
    FileFormat.FLATGEOBUF: ("FlatGeobuf",),
    FileFormat.KML: ("LIBKML", "KML"),
    FileFormat.GPX: ("GPX",),
    FileFormat.DXF: ("DXF",),
}

_HEAD_BYTES = 4096
_ACCESS_MARKS = (b"Standard Jet DB\x00", b"Standard ACE DB\x00")
_BY_SUFFIX = {
    ".gpkg": FileFormat.GPKG,
    ".shp": FileFormat.SHAPEFILE,
    ".geojson": FileFormat.GEOJSON,
    ".json": FileFormat.GEOJSON,
    ".fgb": FileFormat.FLATGEOBUF,
    ".kml": FileFormat.KML,
    ".gpx": FileFormat.GPX,
    ".dxf": FileFormat.DXF,
    ".csv": FileFormat.CSV,
    ".txt": FileFormat.CSV,
    ".tsv": FileFormat.CSV,
    ".mdb": FileFormat.ACCESS,
    ".accdb": FileFormat.ACCESS,
}
_HINTS = {
    ".dbf": "Elija el archivo .shp, no el .dbf.",
    ".shx": "Elija el archivo .shp, no el .shx.",
    ".prj": "Elija el archivo .shp, no el .prj.",
    ".mdb": "No es un archivo de Access 97 o posterior: exporte la tabla a XLSX o CSV.",
    ".accdb": "No es un archivo de Access: exporte la tabla a XLSX o CSV.",
    ".bak": (
        "Un respaldo de SQL Server se restaura primero en SQL Server y de ahí se exporta a CSV "
        "(docs/how-to/import-register.md)."
    ),
    ".xls": "Guarde la hoja como .xlsx (Libro de Excel) o CSV.",
    ".ods": "Guarde la hoja como .xlsx o CSV.",
    ".rar": "Descomprímalo y vuelva a comprimirlo en formato ZIP.",
    ".7z": "Descomprímalo y vuelva a comprimirlo en formato ZIP.",
}


class UnknownFormat(InvalidInput):
    """The file is in no format that is read: export it as the message says."""

    code = "unknown_format"


class DwgNotRead(InvalidInput):
    """DWG is a closed format: save the drawing as DXF and import that."""

    code = "dwg_not_read"


@dataclass(frozen=True, slots=True)
class Sniffed:
    """The format, and whether the file is a zip that holds it."""

    format: FileFormat
    is_zipped: bool = False


def sniff(path: Path) -> Sniffed:
    """The format of ``path`` (a file, or the folder of a File Geodatabase)."""
    if path.is_dir():
        if any(child.suffix.lower() == ".gdbtable" for child in path.iterdir()):
            return Sniffed(FileFormat.FILE_GEODATABASE)
        raise UnknownFormat("La carpeta no es una File Geodatabase (.gdb).")
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    if head.startswith(b"PK\x03\x04"):
        return _sniff_zip(path)
    found = _by_magic(head) or _by_text(head, path.suffix.lower())
    if found is None:
        hint = _HINTS.get(path.suffix.lower(), "Expórtelo como GeoPackage (.gpkg).")
        raise UnknownFormat(f"No se reconoce el formato de «{path.name}». {hint}")
    return Sniffed(found)


def _sniff_zip(path: Path) -> Sniffed:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise UnknownFormat("El archivo ZIP está dañado: vuelva a comprimirlo.") from error
    if "xl/workbook.xml" in names:
        return Sniffed(FileFormat.XLSX)
    suffixes = [PurePosixPath(name.replace("\\", "/")).suffix.lower() for name in names]
    if ".gdbtable" in suffixes:
        return Sniffed(FileFormat.FILE_GEODATABASE, is_zipped=True)
    if ".dwg" in suffixes:
        raise _dwg()
    for suffix, found in _BY_SUFFIX.items():
        if suffix in suffixes and suffix != ".txt":
            return Sniffed(found, is_zipped=True)
    raise UnknownFormat(
        "El ZIP no contiene un shapefile, una geodatabase, un KML ni otro archivo que se pueda leer."
    )


def _by_magic(head: bytes) -> FileFormat | None:
    if head.startswith(b"SQLite format 3\x00"):
        if head[68:72] in (b"GPKG", b"GP10", b"GP11"):
            return FileFormat.GPKG
        raise UnknownFormat("Es una base SQLite pero no un GeoPackage: expórtela como GeoPackage.")
    if head.startswith(b"\x00\x00\x27\x0a"):
        return FileFormat.SHAPEFILE
    if head.startswith(b"fgb\x03"):
        return FileFormat.FLATGEOBUF
    if head[4:20] in _ACCESS_MARKS:
        return FileFormat.ACCESS
    if head.startswith(b"AC10") and b"\x00" in head[:32]:
        raise _dwg()
    if head.startswith(b"AutoCAD Binary DXF"):
        raise UnknownFormat("El DXF es binario: guárdelo como DXF de texto (ASCII).")
    return None


def _by_text(head: bytes, suffix: str) -> FileFormat | None:
    if b"\x00" in head:
        return None
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith(b"<"):
        if b"<kml" in text or b":kml" in text:
            return FileFormat.KML
        return FileFormat.GPX if b"<gpx" in text else None
    if text.startswith(b"{"):
        return FileFormat.GEOJSON
    lines = [line.strip() for line in text.splitlines()[:2]]
    if lines[:2] == [b"0", b"SECTION"] or (suffix == ".dxf" and lines[:1] == [b"999"]):
        return FileFormat.DXF
    return FileFormat.CSV if _BY_SUFFIX.get(suffix) is FileFormat.CSV else None


def _dwg() -> DwgNotRead:
    return DwgNotRead(
        "Los archivos DWG no se leen. En AutoCAD use «Guardar como» → «DXF de AutoCAD 2010», con los "
        "predios como polilíneas cerradas, y cargue el DXF."
    )
