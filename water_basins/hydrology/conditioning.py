"""What is told about the water that the terrain does not show: real sinks and known streams."""

import hashlib
import itertools
import json
from dataclasses import asdict, dataclass

import numpy as np

from water_basins.hydrology.compiled import Cells, Heights
from water_basins.hydrology.grid import Grid

Point = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditioning:
    """A set of parameters, in the terrain's CRS; the terrain itself is never edited.

    ``sinks``: points where water really ends (a lagoon without outlet, a doline, a mine).
    ``streams``: lines of known streams and canals, along which directions are sought as if the ground lay
    ``burn_m`` metres lower. Heights that are told (statistics, slope) stay those of the terrain.
    """

    sinks: tuple[Point, ...] = ()
    streams: tuple[tuple[Point, ...], ...] = ()
    burn_m: float = 0.0

    def digest(self) -> str:
        """SHA-256 of the parameters."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()


def sink_cells(conditioning: Conditioning, grid: Grid) -> Cells:
    """The cells of the declared sinks, ascending; a sink outside is an error."""
    cells = {grid.cell_at(x, y) for x, y in conditioning.sinks}
    return np.array(sorted(cells), np.int32)


def burned(height: Heights, conditioning: Conditioning, grid: Grid) -> Heights:
    """The heights with the streams' cells lowered once each; the same array where nothing is burned."""
    if not conditioning.streams or not conditioning.burn_m:
        return height
    lowered = height.copy()
    cells = np.unique(np.concatenate([_line_cells(line, grid) for line in conditioning.streams]))
    lowered.reshape(-1)[cells] -= np.float32(conditioning.burn_m)
    return lowered


def _line_cells(line: tuple[Point, ...], grid: Grid) -> Cells:
    """The cells along a line, each beside the one before, those outside the grid left out."""
    found = []
    at = (np.array(line, np.float64) - (grid.west, grid.north)) / (
        grid.cell_width,
        -grid.cell_height,
    )
    for start, end in itertools.pairwise(at):
        count = int(np.ceil(np.abs(end - start).max())) + 1
        found.append(np.floor(start + np.linspace(0, 1, count)[:, None] * (end - start)))
    columns, rows = np.concatenate(found).astype(np.int64).T
    inside = (rows >= 0) & (rows < grid.rows) & (columns >= 0) & (columns < grid.columns)
    cells: Cells = (rows * grid.columns + columns)[inside].astype(np.int32)
    return cells
