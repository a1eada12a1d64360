"""Height and slope of a basin, from the terrain as it is (nothing burned, nothing filled)."""

from dataclasses import dataclass

import numpy as np

from water_basins.hydrology.compiled import Cells, Heights, Metres, kernel
from water_basins.hydrology.index import BasinIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class Relief:
    """Heights in metres; slopes in percent (rise over run).

    ``slope_cells``: how many cells the slope is told for; those that lack a neighbour in both directions of an axis
    have none. Mean and median are None where no cell has a slope.
    """

    lowest_m: float
    highest_m: float
    mean_m: float
    slope_cells: int
    mean_slope_pct: float | None
    median_slope_pct: float | None


def relief(index: BasinIndex, outlet: int) -> Relief:
    """Of the catchment of the outlet."""
    first, end = index.slice_of(outlet)
    cells = index.cells[first:end]
    height = index.height[cells]
    slope = slopes_pct(index, cells)
    slope = slope[~np.isnan(slope)]
    return Relief(
        lowest_m=float(height.min()),
        highest_m=float(height.max()),
        mean_m=float(height.mean(dtype=np.float64)),
        slope_cells=slope.size,
        mean_slope_pct=float(slope.mean()) if slope.size else None,
        median_slope_pct=float(np.median(slope)) if slope.size else None,
    )


def slopes_pct(index: BasinIndex, cells: Cells) -> Metres:
    """Steepest slope of the surface at each cell, by central differences (Zevenbergen & Thorne 1987), in percent.

    Where one of two opposite neighbours is missing, from the cell to the other; NaN where both are.
    """
    by_row = index.distances
    return _slopes(
        cells, index.height, index.position, index.grid.columns, by_row.east, by_row.south
    )


@kernel("float64(int64, int64, int64, boolean, boolean, float32[::1], int32[::1], float64)")
def _difference(
    cell: int,
    before: int,
    after: int,
    has_before: bool,
    has_after: bool,
    height: Heights,
    position: Cells,
    step: float,
) -> float:
    low, high, run = cell, cell, 0.0
    if has_before and position[before] >= 0:
        low, run = before, run + step
    if has_after and position[after] >= 0:
        high, run = after, run + step
    if run == 0.0:
        return np.nan
    return (np.float64(height[high]) - np.float64(height[low])) / run


@kernel("float64[::1](int32[::1], float32[::1], int32[::1], int64, float64[::1], float64[::1])")
def _slopes(
    cells: Cells, height: Heights, position: Cells, columns: int, east: Metres, south: Metres
) -> Metres:
    slope = np.empty(cells.size)
    rows = position.size // columns
    for k in range(cells.size):
        cell = cells[k]
        row, column = cell // columns, cell % columns
        along = _difference(
            cell, cell - 1, cell + 1, column > 0, column < columns - 1, height, position, east[row]
        )
        down = _difference(
            cell,
            cell - columns,
            cell + columns,
            row > 0,
            row < rows - 1,
            height,
            position,
            south[row],
        )
        slope[k] = 100 * np.sqrt(along * along + down * down)
    return slope
