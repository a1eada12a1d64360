"""Map files written by the tests themselves, in every format that is read."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from pyogrio import raw


def write_map(
    path: Path,
    shapes: Sequence[Any],
    *,
    driver: str = "GPKG",
    layer: str = "predios",
    crs: str | None = "EPSG:32717",
    kind: str = "Unknown",
    append: bool = False,
    options: dict[str, str] | None = None,
    **columns: Sequence[Any],
) -> Path:
    """`path` with one layer; shapes are shapely geometries, WKB or None."""
    wkb = np.full(len(shapes), None, dtype=object)
    for i, shape in enumerate(shapes):
        wkb[i] = shapely.to_wkb(shape) if isinstance(shape, shapely.Geometry) else shape
    raw.write(
        str(path),
        wkb,
        [np.array(values, dtype=object if isinstance(values[0], str | None) else None)
         for values in columns.values()],
        list(columns),
        driver=driver,
        layer=layer,
        crs=crs,
        geometry_type=kind,
        append=append,
        **(options or {}),
    )  # fmt: skip
    return path


def write_dxf(path: Path, *entities: tuple[str, bool, Sequence[tuple[float, float]]]) -> Path:
    """A drawing in plain DXF: (layer, closed, vertices) polylines, and one text that is no predio."""
    lines = ["0", "SECTION", "2", "ENTITIES"]
    for layer, is_closed, vertices in entities:
        lines += ["0", "LWPOLYLINE", "100", "AcDbEntity", "8", layer, "100", "AcDbPolyline"]
        lines += ["90", str(len(vertices)), "70", "1" if is_closed else "0"]
        for x, y in vertices:
            lines += ["10", str(x), "20", str(y)]
    lines += ["0", "TEXT", "100", "AcDbEntity", "8", "TEXTOS", "100", "AcDbText"]
    lines += ["10", "774005.0", "20", "9943005.0", "30", "0.0", "40", "2.5", "1", "Lote 7"]
    lines += ["0", "ENDSEC", "0", "EOF"]
    path.write_text("\n".join(lines) + "\n", encoding="ascii")
    return path
