"""The forest of flow, numbered so that what drains to a cell follows it without a gap.

In the pre-order of a tree the descendants of a node fill the positions behind it (Tarjan 1972): the catchment of a cell
with position ``pre`` and ``size`` cells is the slice [pre, pre + size). Sizes are summed from the sources down, each
path as far as it is complete (Kotyra, Chabudziński & Stpiczyński 2021); then each cell takes the next free place in
the slice of the cell it flows to. The trees stand in the order of their outlets, row by row.
"""

import numpy as np

from water_basins.hydrology.compiled import Cells, Codes, kernel
from water_basins.hydrology.d8 import NODATA, OUT

SUMMED = 255


@kernel("void(uint8[::1], UniTuple(int64, 8), uint8[::1], int32[::1])")
def catchment_sizes(direction: Codes, steps: tuple[int, ...], inflows: Codes, size: Cells) -> None:
    """Writes into ``size`` how many cells drain to each cell, itself included; 0 without data.

    ``inflows`` is room for as many codes as there are cells, all 0.
    """
    for cell in range(direction.size):
        code = direction[cell]
        size[cell] = code != NODATA
        if code < OUT:
            inflows[cell + steps[code]] += 1
    for source in range(direction.size):
        if inflows[source] or direction[source] == NODATA:
            continue
        cell = source
        while direction[cell] < OUT:
            lower = cell + steps[direction[cell]]
            size[lower] += size[cell]
            inflows[lower] -= 1
            if inflows[lower]:
                break
            inflows[lower] = SUMMED
            cell = lower


@kernel(
    "void(uint8[::1], UniTuple(int64, 8), int32[::1], int32[::1], int32[::1], int32[::1], int32[::1])"
)
def number_cells(
    direction: Codes,
    steps: tuple[int, ...],
    size: Cells,
    free: Cells,
    position: Cells,
    cells: Cells,
    sizes: Cells,
) -> None:
    """Writes each cell's ``position`` (-1 without data), and by position the ``cells`` and their ``sizes``.

    ``free`` is room for as many numbers as there are cells: the next free place in each cell's slice. The flow must
    be without circles: the sizes of the cells that drain out then sum to the number of cells with data.
    """
    path = np.empty(direction.size, np.int32)
    end = 0
    for cell in range(direction.size):
        position[cell] = -1
    for cell in range(direction.size):
        if direction[cell] == OUT:
            position[cell] = end
            free[cell] = end + 1
            cells[end], sizes[end] = cell, size[cell]
            end += size[cell]
    for start in range(direction.size):
        if position[start] >= 0 or direction[start] >= OUT:
            continue
        depth, cell = 0, start
        while position[cell] < 0:
            path[depth] = cell
            depth += 1
            cell += steps[direction[cell]]
        for k in range(depth - 1, -1, -1):
            at = free[cell]
            free[cell] += size[path[k]]
            cell = path[k]
            position[cell] = at
            free[cell] = at + 1
            cells[at], sizes[at] = cell, size[cell]
