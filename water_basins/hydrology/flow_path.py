"""Along the flow: the way down from a cell, and the longest way inside a basin."""

from dataclasses import dataclass

import numpy as np
from shapely import LineString

from water_basins.hydrology.compiled import Cells, Codes, Metres, kernel
from water_basins.hydrology.d8 import OUT
from water_basins.hydrology.grid import Grid
from water_basins.hydrology.index import BasinIndex


@dataclass(frozen=True, slots=True)
class FlowPath:
    """Cells from the upper to the lower end, and the metres run so far at each (0 at the first)."""

    cells: Cells
    metres: Metres

    @property
    def length_m(self) -> float:
        """From the centre of the first cell to the centre of the last."""
        return float(self.metres[-1])


def downstream_path(index: BasinIndex, cell: int, *, to: int | None = None) -> FlowPath:
    """From a cell down to ``to``, which must lie below it, or to where the water leaves the terrain."""
    index.slice_of(cell)
    if to is not None and not index.drains_through(cell, to):
        raise ValueError("water from the cell does not pass there")
    by_row = index.distances
    cells, metres = _walk(
        cell,
        -1 if to is None else to,
        index.direction,
        index.steps,
        index.grid.columns,
        by_row.east,
        by_row.south,
        by_row.diagonal,
    )
    return FlowPath(cells, metres)


def longest_path(index: BasinIndex, outlet: int) -> FlowPath:
    """The longest flow path that ends in the outlet; of equally long ones the first in the slice."""
    first, end = index.slice_of(outlet)
    by_row = index.distances
    farthest = _farthest(
        index.cells[first:end],
        first,
        index.position,
        index.direction,
        index.steps,
        index.grid.columns,
        by_row.east,
        by_row.south,
        by_row.diagonal,
    )
    return downstream_path(index, farthest, to=outlet)


def line_of(path: FlowPath, grid: Grid) -> LineString:
    """Through the centres of the cells; a path of one cell has none and is an error."""
    rows, columns = np.divmod(path.cells, grid.columns)
    x = grid.west + (columns + 0.5) * grid.cell_width
    y = grid.north - (rows + 0.5) * grid.cell_height
    return LineString(np.column_stack([x, y]))


@kernel("float64(int64, int64, int64, float64[::1], float64[::1], float64[::1])")
def _step_m(
    cell: int, code: int, columns: int, east: Metres, south: Metres, diagonal: Metres
) -> float:
    row = cell // columns
    if code % 2 == 1:
        return diagonal[row]  # type: ignore[no-any-return]
    return east[row] if code % 4 == 0 else south[row]  # type: ignore[no-any-return]


@kernel(
    "Tuple((int32[::1], float64[::1]))(int64, int64, uint8[::1], UniTuple(int64, 8), int64, float64[::1],"
    " float64[::1], float64[::1])"
)
def _walk(
    start: int,
    stop: int,
    direction: Codes,
    steps: tuple[int, ...],
    columns: int,
    east: Metres,
    south: Metres,
    diagonal: Metres,
) -> tuple[Cells, Metres]:
    count, cell = 1, start
    while cell != stop and direction[cell] < OUT:
        cell += steps[direction[cell]]
        count += 1
    cells, metres = np.empty(count, np.int32), np.zeros(count)
    cell = start
    for k in range(count):
        cells[k] = cell
        if k < count - 1:
            code = direction[cell]
            metres[k + 1] = metres[k] + _step_m(cell, code, columns, east, south, diagonal)
            cell += steps[code]
    return cells, metres


@kernel(
    "int32(int32[::1], int64, int32[::1], uint8[::1], UniTuple(int64, 8), int64, float64[::1], float64[::1],"
    " float64[::1])"
)
def _farthest(
    cells: Cells,
    first: int,
    position: Cells,
    direction: Codes,
    steps: tuple[int, ...],
    columns: int,
    east: Metres,
    south: Metres,
    diagonal: Metres,
) -> int:
    """The cell of the slice with the longest way to its first one: parents come before children."""
    metres = np.zeros(cells.size)
    best = 0
    for k in range(1, cells.size):
        cell, code = cells[k], direction[cells[k]]
        parent = position[cell + steps[code]] - first
        metres[k] = metres[parent] + _step_m(cell, code, columns, east, south, diagonal)
        if metres[k] > metres[best]:
            best = k
    return cells[best]  # type: ignore[no-any-return]
