"""Taking a zip apart without believing what it says of itself.

Bytes are counted while they stream out, names are never used as paths, and nothing but regular
entries is written. The ratio is asked of entries past 1 MiB: a short line of blanks may shrink more.
"""

import re
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from cadastre.imports.formats import FileFormat
from cadastre.imports.limits import MIB, ReadingLimits
from gis_project.core.errors import InvalidInput

_CHUNK = 64 * 1024
_UNIX_LINK = 0o120000
_UNIX_TYPE = 0o170000
_GEODATABASE_PART = re.compile(r"[a-z0-9_.-]{1,60}\Z")
_SHAPEFILE_PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
_SINGLE = {
    FileFormat.GPKG: (".gpkg",),
    FileFormat.GEOJSON: (".geojson", ".json"),
    FileFormat.FLATGEOBUF: (".fgb",),
    FileFormat.KML: (".kml",),
    FileFormat.GPX: (".gpx",),
    FileFormat.DXF: (".dxf",),
    FileFormat.CSV: (".csv", ".tsv"),
    FileFormat.ACCESS: (".mdb", ".accdb"),
}


class HostileZip(InvalidInput):
    """The zip is damaged, too large when unpacked, or holds what it should not: zip the data anew."""

    code = "hostile_zip"


class SeveralInZip(InvalidInput):
    """The zip holds more than one data set: leave only the one to import."""

    code = "several_in_zip"


def check_zip(path: Path, limits: ReadingLimits, *, entries: int | None = None) -> None:
    """Refuse a zip whose unpacked content breaks the limits, without writing any of it."""
    with _opened(path) as archive:
        budget = _Budget(limits)
        for entry in _entries(archive, entries or limits.zip_entries):
            _stream(archive, entry, budget, None)


def unpack(path: Path, folder: Path, *, kind: FileFormat, limits: ReadingLimits) -> Path:
    """Write the data set of ``kind`` into ``folder`` under names of our own; returns what to open."""
    is_geodatabase = kind is FileFormat.FILE_GEODATABASE
    most = limits.geodatabase_entries if is_geodatabase else limits.zip_entries
    with _opened(path) as archive:
        budget = _Budget(limits)
        chosen, opened = (
            _geodatabase(_entries(archive, most), folder)
            if is_geodatabase
            else _files(_entries(archive, most), folder, kind)
        )
        for entry in _entries(archive, most):
            _stream(archive, entry, budget, chosen.get(entry.filename))
    return opened


def unpack_chosen(
    path: Path,
    *,
    limits: ReadingLimits,
    choose: Callable[[list[zipfile.ZipInfo]], dict[str, Path]],
) -> dict[str, Path]:
    """Write the entries that `choose` maps to files of our own naming; returns that choice. HostileZip."""
    with _opened(path) as archive:
        budget = _Budget(limits)
        entries = _entries(archive, limits.zip_entries)
        chosen = choose(entries)
        for entry in entries:
            _stream(archive, entry, budget, chosen.get(entry.filename))
    return chosen


class _Budget:
    """The bytes that may still come out of one zip."""

    def __init__(self, limits: ReadingLimits) -> None:
        self.left = limits.unzipped_bytes
        self.ratio = limits.unzip_ratio

    def take(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise HostileZip("El ZIP contiene demasiados datos al descomprimirlo.")


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise HostileZip("El archivo ZIP está dañado: vuelva a comprimirlo.") from error


def _entries(archive: zipfile.ZipFile, most: int) -> list[zipfile.ZipInfo]:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(entries) > most:
        raise HostileZip(
            f"El ZIP contiene {len(entries)} archivos y se admiten {most}: deje solo los del dato."
        )
    if len({entry.filename for entry in entries}) != len(entries):
        raise HostileZip("El ZIP contiene dos archivos con el mismo nombre.")
    for entry in entries:
        if (entry.external_attr >> 16) & _UNIX_TYPE == _UNIX_LINK:
            raise HostileZip("El ZIP contiene enlaces simbólicos: comprima los archivos mismos.")
        if entry.flag_bits & 0x1:
            raise HostileZip("El ZIP está protegido con contraseña: comprímalo sin ella.")
    return entries


def _geodatabase(entries: list[zipfile.ZipInfo], folder: Path) -> tuple[dict[str, Path], Path]:
    parents = {
        _path(entry).parent for entry in entries if _path(entry).suffix.lower() == ".gdbtable"
    }
    if len(parents) != 1:
        raise SeveralInZip("El ZIP contiene varias geodatabases: deje solo una.")
    (parent,) = parents
    target = folder / "data.gdb"
    target.mkdir()
    chosen = {}
    for entry in entries:
        name = _path(entry).name.lower()
        if _path(entry).parent == parent and _GEODATABASE_PART.match(name):
            chosen[entry.filename] = target / _path(entry).name
    return chosen, target


def _files(
    entries: list[zipfile.ZipInfo], folder: Path, kind: FileFormat
) -> tuple[dict[str, Path], Path]:
    if kind is FileFormat.SHAPEFILE:
        main = _only([entry for entry in entries if _path(entry).suffix.lower() == ".shp"])
        stem = str(_path(main).with_suffix("")).lower()
        chosen = {
            entry.filename: folder / f"data{_path(entry).suffix.lower()}"
            for entry in entries
            if str(_path(entry).with_suffix("")).lower() == stem
            and _path(entry).suffix.lower() in _SHAPEFILE_PARTS
        }
        return chosen, folder / "data.shp"
    suffixes = _SINGLE[kind]
    wanted = _only([entry for entry in entries if _path(entry).suffix.lower() in suffixes])
    target = folder / f"data{suffixes[0]}"
    return {wanted.filename: target}, target


def _only(found: list[zipfile.ZipInfo]) -> zipfile.ZipInfo:
    if len(found) != 1:
        raise SeveralInZip("El ZIP contiene varios conjuntos de datos: deje solo uno.")
    return found[0]


def _path(entry: zipfile.ZipInfo) -> PurePosixPath:
    return PurePosixPath(entry.filename.replace("\\", "/"))


def _stream(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: _Budget, target: Path | None
) -> None:
    written = 0
    largest = max(entry.compress_size, 1) * budget.ratio
    try:
        with archive.open(entry) as packed:
            unpacked = target.open("wb") if target else None
            try:
                while chunk := packed.read(_CHUNK):
                    budget.take(len(chunk))
                    written += len(chunk)
                    if written > MIB and written > largest:
                        raise HostileZip("El ZIP se expande de forma desmedida: no se abre.")
                    if unpacked:
                        unpacked.write(chunk)
            finally:
                if unpacked:
                    unpacked.close()
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise HostileZip("El archivo ZIP está dañado: vuelva a comprimirlo.") from error
