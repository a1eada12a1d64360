"""Where a click may have meant: the streams around it, each with what would drain to it."""

from dataclasses import dataclass

import numpy as np

from water_basins.hydrology.compiled import Cells, Codes, Metres, kernel
from water_basins.hydrology.d8 import OUT
from water_basins.hydrology.index import BasinIndex

FAR_APART = 10  # candidates whose areas differ by more than this are worth a warning


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A cell that may be taken as the outlet.

    ``rule``: ``clicked`` (the cell under the click) or ``stream`` (the nearest cell of one reach of a stream).
    ``distance_m`` from the click to the cell's centre; ``grid_area_m2`` is None in a geographic CRS.
    """

    rule: str
    cell: int
    x: float
    y: float
    distance_m: float
    cells: int
    grid_area_m2: float | None
    height_m: float


@dataclass(frozen=True, slots=True)
class Candidates:
    """The clicked cell first, then streams from the nearest. The person chooses; nothing is snapped silently."""

    all: tuple[Candidate, ...]

    @property
    def is_far_apart(self) -> bool:
        """Whether the choice changes the area more than ten times."""
        sizes = [candidate.cells for candidate in self.all]
        return max(sizes) > FAR_APART * min(sizes)


def candidates(
    index: BasinIndex, x: float, y: float, *, radius_m: float, stream_cells: int
) -> Candidates:
    """The clicked cell and the nearest cell of every distinct reach within ``radius_m``.

    A cell is a stream where at least ``stream_cells`` drain through it. A reach ends where another stream joins, so
    that both tributaries and the river below a confluence are offered, and one river is not offered twice.
    """
    grid = index.grid
    clicked = grid.cell_at(x, y)
    index.slice_of(clicked)
    near, away = _within(index, x, y, radius_m)
    streams = _sizes(index, near) >= stream_cells
    near, away = near[streams], away[streams]
    ends = _reach_ends(
        near, index.direction, index.position, index.sizes, index.steps, stream_cells
    )
    found = [_candidate(index, clicked, "clicked", _distance_m(index, x, y, clicked))]
    taken = set()
    for k in np.lexsort((near, away)):
        if ends[k] in taken:
            continue
        taken.add(ends[k])
        if near[k] != clicked:
            found.append(_candidate(index, int(near[k]), "stream", float(away[k])))
    return Candidates(tuple(found))


def _candidate(index: BasinIndex, cell: int, rule: str, distance_m: float) -> Candidate:
    first, end = index.slice_of(cell)
    x, y = index.grid.centre(cell)
    area = index.distances.grid_area
    return Candidate(
        rule=rule,
        cell=cell,
        x=x,
        y=y,
        distance_m=distance_m,
        cells=end - first,
        grid_area_m2=None if area is None else area * (end - first),
        height_m=float(index.height[cell]),
    )


def _distance_m(index: BasinIndex, x: float, y: float, cell: int) -> float:
    return float(_distances_m(index, x, y, np.array([cell], np.int32))[0])


def _distances_m(index: BasinIndex, x: float, y: float, cells: Cells) -> Metres:
    grid, by_row = index.grid, index.distances
    rows, columns = np.divmod(cells, grid.columns)
    east = (columns + 0.5 - (x - grid.west) / grid.cell_width) * by_row.east[rows]
    south = (rows + 0.5 - (grid.north - y) / grid.cell_height) * by_row.south[rows]
    away: Metres = np.hypot(east, south)
    return away


def _within(index: BasinIndex, x: float, y: float, radius_m: float) -> tuple[Cells, Metres]:
    grid, by_row = index.grid, index.distances
    row, column = divmod(grid.cell_at(x, y), grid.columns)
    down = int(radius_m / by_row.south[row]) + 1
    across = int(radius_m / by_row.east[row]) + 1
    rows = np.arange(max(row - down, 0), min(row + down + 1, grid.rows))
    columns = np.arange(max(column - across, 0), min(column + across + 1, grid.columns))
    cells = (rows[:, None] * grid.columns + columns).ravel().astype(np.int32)
    away = _distances_m(index, x, y, cells)
    near = (away <= radius_m) & (index.position[cells] >= 0)
    return cells[near], away[near]


def _sizes(index: BasinIndex, cells: Cells) -> Cells:
    sizes: Cells = index.sizes[index.position[cells]]
    return sizes


@kernel("int32[::1](int32[::1], uint8[::1], int32[::1], int32[::1], UniTuple(int64, 8), int64)")
def _reach_ends(
    near: Cells,
    direction: Codes,
    position: Cells,
    sizes: Cells,
    steps: tuple[int, ...],
    least: int,
) -> Cells:
    """For each stream cell (ascending), the last one below it before a confluence or before leaving the circle."""
    ends = np.empty(near.size, np.int32)
    for k in range(near.size):
        cell = near[k]
        while direction[cell] < OUT:
            lower = cell + steps[direction[cell]]
            k_lower = np.searchsorted(near, lower)
            if k_lower == near.size or near[k_lower] != lower:
                break
            streams = 0
            at = position[lower] + 1
            last = position[lower] + sizes[position[lower]]
            while at < last:  # the inflows of a cell follow it, one slice behind the other
                streams += sizes[at] >= least
                at += sizes[at]
            if streams > 1:
                break
            cell = lower
        ends[k] = cell
    return ends
