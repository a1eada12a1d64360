"""The index of a terrain: every catchment is the slice [position, position + size) of one list of cells.

Build it once with build.py; open it by its version. Positions stored elsewhere (an intake's, a parcel's) hold for
that version alone.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from gis_project.core.errors import NotFound
from water_basins.hydrology.compiled import Cells, Codes, Flags, Heights, Metres
from water_basins.hydrology.d8 import offsets
from water_basins.hydrology.grid import Distances, Grid, OutsideTerrain, distances
from water_basins.hydrology.store import MANIFEST, open_arrays

ARRAYS = (
    "direction",
    "height",
    "position",
    "cells",
    "sizes",
    "edge",
    "beside_nodata",
    "ponded",
    "ponded_depth",
)


class IndexMissing(NotFound):
    """There is no index of that version: build it from its terrain and parameters."""

    code = "basin_index_missing"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BasinIndex:
    """Arrays by cell (``direction``, ``height``, ``position``) and by position (``cells``, ``sizes``).

    ``edge``, ``beside_nodata`` and ``ponded`` list the positions of such cells, ascending: how many lie in a
    slice is the difference of two places in the list, which is a prefix sum that stores only its steps.
    ``ponded_depth`` is their running sum of metres, one longer than ``ponded``.
    """

    version: str
    grid: Grid
    pits: int
    direction: Codes
    height: Heights
    position: Cells
    cells: Cells
    sizes: Cells
    edge: Cells
    beside_nodata: Cells
    ponded: Cells
    ponded_depth: Metres

    @property
    def steps(self) -> tuple[int, ...]:
        """What to add to a cell's number to step in each direction."""
        return offsets(self.grid.columns)

    @property
    def distances(self) -> Distances:
        """Metres between cells, by row."""
        return distances(self.grid)

    def slice_of(self, cell: int) -> tuple[int, int]:
        """First position and end (not included) of what drains to the cell, the cell itself first."""
        first = int(self.position[cell])
        if first < 0:
            x, y = self.grid.centre(cell)
            raise OutsideTerrain(
                "El terreno no tiene datos en ese punto: elija otro.", details={"x": x, "y": y}
            )
        return first, first + int(self.sizes[first])

    def drains_through(self, cell: int, outlet: int) -> bool:
        """Whether water from ``cell`` passes through ``outlet``: one comparison of positions."""
        first, end = self.slice_of(outlet)
        return first <= self.slice_of(cell)[0] < end

    def upstream_mask(self, outlet: int) -> Flags:
        """Over the whole raster: which cells drain to the outlet."""
        first, end = self.slice_of(outlet)
        mask = np.zeros(self.position.size, np.bool_)
        mask[self.cells[first:end]] = True
        return mask.reshape(self.grid.rows, self.grid.columns)


def open_index(root: Path, version: str) -> BasinIndex:
    """The index of that version below ``root``, mapped into memory; its files are checked (store.py)."""
    folder = root / version
    if not (folder / MANIFEST).exists():
        raise IndexMissing(
            "No hay un índice del terreno con esa versión: constrúyalo.",
            details={"version": version},
        )
    facts, arrays = open_arrays(folder)
    return BasinIndex(
        version=version,
        grid=Grid(**facts["grid"]),
        pits=facts["pits"],
        **{name: arrays[name] for name in ARRAYS},
    )
