"""A map file that somebody uploads, read by a process that may die of it."""

import hashlib
import tempfile
from pathlib import Path
from typing import Any

from cadastre.imports.limits import UPLOAD
from cadastre.imports.raw_layer import RawLayer
from cadastre.imports.reading import read_file
from cadastre.operations.import_act import SourceFile

MAP_FILES = ".csv,.xlsx,.dxf,.gpkg,.geojson,.json,.zip,.kml,.kmz,.fgb"


def uploaded_layer(upload: Any, *, table: dict[str, Any]) -> tuple[RawLayer, SourceFile]:
    """Its records, and the file's name and digest; `table` is what `read_file` is told. Raises FileRefused."""
    digest = hashlib.sha256()
    with tempfile.TemporaryDirectory(prefix="lindero-upload-") as folder:
        path = Path(folder) / f"plano{Path(upload.name).suffix.lower()[:8]}"
        with path.open("wb") as file:
            for piece in upload.chunks():
                digest.update(piece)
                file.write(piece)
        layer = read_file(path, limits=UPLOAD, table=table)
    return layer, SourceFile(upload.name[-200:], digest.hexdigest())
