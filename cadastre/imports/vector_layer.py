"""Reading one layer of a map file with GDAL. Runs only inside the limited child process."""

import struct
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely
from numpy.typing import NDArray
from pyogrio import raw

from cadastre.geometry.polygon_checks import size_flaws
from cadastre.imports.choose_layer import ChooseLayer
from cadastre.imports.drawing import LABEL_FIELD, closed_lines, labels_inside, polylines
from cadastre.imports.formats import FileFormat
from cadastre.imports.geopackage_guard import feature_tables
from cadastre.imports.plain_values import plain_value
from cadastre.imports.raw_layer import RawLayer, RawRecord, TooMuchRead, name_samples
from cadastre.imports.spatial_reference import srid_of
from gis_project.core.errors import InvalidInput

_MAY_CURVE = {FileFormat.GPKG, FileFormat.FILE_GEODATABASE, FileFormat.FLATGEOBUF}
_CURVES = {"CIRCULARSTRING", "COMPOUNDCURVE", "CURVEPOLYGON", "MULTICURVE", "MULTISURFACE"}
_POLYGONS = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)
_LINES = (shapely.GeometryType.LINESTRING, shapely.GeometryType.MULTILINESTRING)
_RAW_KEPT_BYTES = 2_000
_TRACKS = ("tracks", "routes")
_NO_POLYGON = ("not_a_polygon", "La geometría no es un polígono: dibuje el predio como polígono.")
_OPEN_LINE = (
    "open_line",
    "Es una línea sin cerrar: ciérrela en su primer vértice para que sea un predio.",
)
_CURVED = (
    "curved",
    "La geometría tiene arcos: conviértalos en segmentos (densificar) y exporte otra vez.",
)
_UNREADABLE = ("unreadable_geometry", "La geometría está dañada y no se puede leer.")


class UnreadableFile(InvalidInput):
    """GDAL cannot read the file: export it again from the program it came from."""

    code = "unreadable_file"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    meta: dict[str, Any]
    shapes: NDArray[np.object_]
    columns: list[NDArray[Any]]
    names: list[str]
    curved: NDArray[np.bool_] | None


def read_vector(
    path: Path,
    *,
    file_format: FileFormat,
    layer: str | None,
    most_records: int,
    with_labels: bool = False,
    with_lines: bool = False,
) -> RawLayer:
    """The layer's records: polygons as 2D WKB, the others with the reason why they are none.

    ``with_labels``: of a drawing, the texts inside each polygon come as its attribute LABEL_FIELD.
    ``with_lines``: open lines come too, as what they are.
    """
    try:
        return _read(path, file_format, layer, most_records, with_labels, with_lines)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        raise UnreadableFile(
            f"No se puede leer el archivo ({_first_line(error)}). Ábralo en QGIS y expórtelo como "
            "GeoPackage."
        ) from error
    except (pyogrio.errors.FeatureError, pyogrio.errors.GeometryError) as error:
        raise UnreadableFile(
            f"El archivo está dañado a la mitad ({_first_line(error)}): expórtelo de nuevo."
        ) from error


def _read(
    path: Path,
    file_format: FileFormat,
    wanted: str | None,
    most: int,
    with_labels: bool,
    with_lines: bool,
) -> RawLayer:
    is_drawing = file_format is FileFormat.DXF
    layer = wanted if is_drawing else _layer_name(path, file_format, wanted, with_lines)
    source_layer = "entities" if file_format is FileFormat.DXF else layer
    info = raw_info(path, source_layer)
    if info["features"] > most:
        raise TooMuchRead(f"La capa tiene {info['features']} registros; se admiten {most}.")
    encoding, read = _read_decoded(path, file_format, source_layer)
    notices: list[str] = []
    texts: list[tuple[str, bytes]] = []
    if file_format is FileFormat.DXF:
        texts = _texts(read) if with_labels else []
        read = _polylines(read, wanted, notices)
    if file_format in (FileFormat.DXF, FileFormat.GPX):
        read = replace(read, shapes=closed_lines(read.shapes))
    if texts:
        labels = labels_inside(read.shapes, texts)
        read = replace(read, names=[*read.names, LABEL_FIELD], columns=[*read.columns, labels])
    records = _records(read, notices, (*_POLYGONS, *_LINES) if with_lines else _POLYGONS)
    is_degrees = file_format in (FileFormat.KML, FileFormat.GPX)
    crs_text = "EPSG:4326" if is_degrees else str(read.meta["crs"] or "")
    return RawLayer(
        format=file_format.value,
        layer=layer or "",
        crs_text=crs_text[:500],
        srid=srid_of(crs_text),
        fields=read.names,
        encoding=encoding,
        samples=name_samples(record.attributes for record in records),
        notices=notices,
        records=[replace(record, position=i + 1) for i, record in enumerate(records)],
    )


def raw_info(path: Path, layer: str | None) -> dict[str, Any]:
    """What GDAL says of the layer, with the features counted."""
    return dict(pyogrio.read_info(path, layer=layer, force_feature_count=True))


def _layer_name(path: Path, file_format: FileFormat, wanted: str | None, with_lines: bool) -> str:
    found = {str(name): kind for name, kind in pyogrio.list_layers(path)}
    if file_format is FileFormat.GPKG:
        found = {name: found[name] for name in feature_tables(path) if name in found}
    if wanted is not None:
        if wanted in found:
            return wanted
        raise ChooseLayer(f"No hay una capa «{wanted}». Hay: {', '.join(found) or 'ninguna'}.")
    if file_format is FileFormat.GPX:
        candidates = [name for name in _TRACKS if raw_info(path, name)["features"]]
    else:
        unfit = ("Point",) if with_lines else ("Point", "LineString", "Curve")
        candidates = [name for name, kind in found.items() if kind and not _is_of(str(kind), unfit)]
    if len(candidates) == 1:
        return candidates[0]
    if not candidates:
        raise ChooseLayer(f"El archivo no tiene capas de polígonos. Hay: {', '.join(found)}.")
    raise ChooseLayer(f"El archivo tiene varias capas; elija una: {', '.join(candidates)}.")


def _is_of(kind: str, endings: tuple[str, ...]) -> bool:
    bare = kind.removesuffix(" ZM").removesuffix(" Z").removesuffix(" M").removeprefix("2.5D ")
    return bare.endswith(endings)


def _read_decoded(path: Path, file_format: FileFormat, layer: str | None) -> tuple[str, _Read]:
    has_code_page = any(path.with_suffix(suffix).exists() for suffix in (".cpg", ".CPG"))
    if file_format is not FileFormat.SHAPEFILE or has_code_page:
        return "", _read_columns(path, file_format, layer, None)
    try:
        return "UTF-8", _read_columns(path, file_format, layer, "UTF-8")
    except UnicodeDecodeError:
        # CP1252 leaves five bytes without a letter; Latin-1 gives each its control sign.
        try:
            return "CP1252", _read_columns(path, file_format, layer, "CP1252")
        except UnicodeDecodeError:
            return "ISO-8859-1", _read_columns(path, file_format, layer, "ISO-8859-1")


def _read_columns(
    path: Path, file_format: FileFormat, layer: str | None, encoding: str | None
) -> _Read:
    meta, _, shapes, columns = raw.read(path, layer=layer, encoding=encoding)
    names = [str(name) for name in meta["fields"]]
    if shapes is None:
        shapes = np.full(len(columns[0]) if columns else 0, None, dtype=object)
    return _Read(
        meta=meta,
        shapes=shapes,
        columns=columns,
        names=names,
        curved=_curved(path, layer) if file_format in _MAY_CURVE else None,
    )


def _curved(path: Path, layer: str | None) -> NDArray[np.bool_] | None:
    """Which records have arcs; GDAL hands them over as segments without a word."""
    quoted = (layer or "").replace('"', '\\"')
    _, _, _, (kinds,) = raw.read(
        path,
        sql=f'SELECT OGR_GEOMETRY AS kind FROM "{quoted}"',  # noqa: S608 -- a layer of this very file, in a child
        sql_dialect="OGRSQL",
        read_geometry=False,
    )
    return np.array([str(kind).removesuffix(" Z") in _CURVES for kind in kinds], dtype=bool)


def _records(read: _Read, notices: list[str], taken: tuple[int, ...]) -> list[RawRecord]:
    attributes = [
        dict(zip(read.names, row, strict=True))
        for row in zip(*([plain_value(v) for v in column] for column in read.columns), strict=True)
    ] or [{} for _ in read.shapes]
    shapes = read.shapes
    geoms = shapely.from_wkb(shapes, on_invalid="ignore")
    with_height = int(sum(_has_z(shape) for shape in shapes if shape is not None))
    if with_height:
        notices.append(f"Se dejó la altura (Z) de {with_height} geometrías: el registro es plano.")
    fits = np.isin(shapely.get_type_id(geoms), taken)
    flat = np.full(len(geoms), None, dtype=object)
    flat[fits] = shapely.force_2d(geoms[fits])
    flaws = dict(zip(np.flatnonzero(fits).tolist(), size_flaws(flat[fits]), strict=True))
    wkb = shapely.to_wkb(flat)
    records = []
    for i, own in enumerate(attributes):
        flaw: tuple[str, str] | None = None
        is_predio = True
        if shapes[i] is None:
            flaw = ("no_geometry", "El registro no tiene geometría: dibuje el predio.")
        elif read.curved is not None and read.curved[i]:
            flaw = _CURVED
        elif geoms[i] is None:
            flaw = _UNREADABLE
        elif not fits[i]:
            flaw = _OPEN_LINE if geoms[i].geom_type.endswith("LineString") else _NO_POLYGON
            is_predio = False
        elif found := flaws[i]:
            flaw = (found.code, found.message)
        records.append(
            RawRecord(
                position=0,
                attributes=own,
                shape=wkb[i] if flaw is None else None,
                flaw=flaw,
                raw_hex=bytes((shapes[i] or b"")[:_RAW_KEPT_BYTES]).hex() if flaw else "",
                is_predio=is_predio,
            )
        )
    return records


def _texts(read: _Read) -> list[tuple[str, bytes]]:
    """The drawing's texts of all layers, with where they stand."""
    columns = dict(zip(read.names, read.columns, strict=True))
    return [
        (str(text), shape)
        for text, kind, shape in zip(
            columns["Text"], columns["SubClasses"], read.shapes, strict=True
        )
        if text and shape is not None and "Text" in str(kind or "")
    ]


def _polylines(read: _Read, layer: str | None, notices: list[str]) -> _Read:
    columns = dict(zip(read.names, read.columns, strict=True))
    wanted = polylines(columns["SubClasses"], columns["Layer"], layer)
    if not wanted.all():
        notices.append(
            f"Del dibujo se leyeron {wanted.sum()} polilíneas; las otras {(~wanted).sum()} entidades "
            "(textos, símbolos, otras capas) no son predios."
        )
    return replace(
        read, shapes=read.shapes[wanted], columns=[column[wanted] for column in read.columns]
    )


def _has_z(shape: bytes) -> bool:
    (kind,) = struct.unpack("<I" if shape[0] else ">I", shape[1:5])
    return bool(kind & 0x8000_0000) or 1000 <= (kind & 0xFFFF) < 2000 or (kind & 0xFFFF) >= 3000


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0][:200]
