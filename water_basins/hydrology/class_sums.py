"""How much of each class (land cover) lies in any catchment, by sums kept along the pre-order.

For every 64th position the table holds how many cells of each class came before: two rows of it and at most 63 cells at
either end tell any slice, however large. One table for one raster of classes, such as one year.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.enums import Resampling
from rasterio.transform import Affine
from rasterio.vrt import WarpedVRT

from water_basins.hydrology.compiled import Cells, Codes, kernel
from water_basins.hydrology.grid import Grid
from water_basins.hydrology.index import BasinIndex
from water_basins.hydrology.store import MANIFEST, open_arrays, write_arrays

EVERY = 64
NO_CLASS = 255


@dataclass(frozen=True, slots=True, eq=False)
class ClassSums:
    """``codes`` by position, the ``classes`` that occur, and ``table[k, c]``: cells of class c before position 64 k."""

    version: str
    codes: Codes
    classes: Codes
    table: Cells

    def count(self, first: int, end: int) -> Mapping[int, int]:
        """Cells by class in a slice, classes without any left out; their sum is the slice's size."""
        counts = _count(first, end, self.codes, self.classes, self.table)
        return {int(code): int(n) for code, n in zip(self.classes, counts, strict=True) if n}


def classes_on(grid: Grid, path: Path, *, band: int = 1) -> Codes:
    """A raster of classes 0 to 254 brought onto the grid, the nearest cell each; 255 where there is none."""
    place = Affine(grid.cell_width, 0, grid.west, 0, -grid.cell_height, grid.north)
    with (
        rasterio.open(path) as source,
        WarpedVRT(
            source,
            crs=grid.crs,
            transform=place,
            width=grid.columns,
            height=grid.rows,
            resampling=Resampling.nearest,
            nodata=NO_CLASS,
            dtype="uint8",
        ) as warped,
    ):
        codes: Codes = warped.read(band)
        return codes


def class_sums(index: BasinIndex, codes: Codes) -> ClassSums:
    """The sums of a raster of classes that has the index's rows and columns, in memory."""
    version = hashlib.sha256(index.version.encode() + codes.tobytes()).hexdigest()[:32]
    ordered = np.ascontiguousarray(codes.reshape(-1)[index.cells])
    classes = np.unique(ordered)
    return ClassSums(version, ordered, classes, _table(ordered, classes))


def ensure_class_sums(index: BasinIndex, codes: Codes, root: Path) -> ClassSums:
    """The sums from ``root/<version>``, written there first when they are missing."""
    made = class_sums(index, codes)
    folder = root / made.version
    if not (folder / MANIFEST).exists():
        arrays: dict[str, NDArray[Any]] = {
            "codes": made.codes,
            "classes": made.classes,
            "table": made.table,
        }
        write_arrays(folder, {"index": index.version}, arrays)
    return open_class_sums(root, made.version)


def open_class_sums(root: Path, version: str) -> ClassSums:
    """The sums of that version, mapped."""
    _, arrays = open_arrays(root / version)
    return ClassSums(version, arrays["codes"], arrays["classes"], arrays["table"])


@kernel("int32[:, ::1](uint8[::1], uint8[::1])")
def _table(codes: Codes, classes: Codes) -> Cells:
    place = np.zeros(256, np.int64)
    for c in range(classes.size):
        place[classes[c]] = c
    running = np.zeros(classes.size, np.int32)
    table = np.empty((codes.size // EVERY + 1, classes.size), np.int32)
    for k in range(codes.size):
        if k % EVERY == 0:
            table[k // EVERY] = running
        running[place[codes[k]]] += 1
    if codes.size % EVERY == 0:
        table[codes.size // EVERY] = running
    return table


@kernel("int64[::1](int64, int64, uint8[::1], uint8[::1], int32[:, ::1])")
def _count(first: int, end: int, codes: Codes, classes: Codes, table: Cells) -> NDArray[np.int64]:
    place = np.zeros(256, np.int64)
    for c in range(classes.size):
        place[classes[c]] = c
    counts = np.empty(classes.size, np.int64)
    for c in range(classes.size):
        counts[c] = np.int64(table[end // EVERY, c]) - table[first // EVERY, c]
    for k in range(end // EVERY * EVERY, end):
        counts[place[codes[k]]] += 1
    for k in range(first // EVERY * EVERY, first):
        counts[place[codes[k]]] -= 1
    return counts
