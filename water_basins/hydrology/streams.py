"""The streams of a basin, by a threshold, with their order."""

from dataclasses import dataclass

import numpy as np
import shapely
from shapely import LineString

from water_basins.hydrology.compiled import Cells, Codes, kernel
from water_basins.hydrology.d8 import OUT
from water_basins.hydrology.index import BasinIndex


@dataclass(frozen=True, slots=True)
class Reach:
    """A stream from its source or a confluence down to the next one: the line through its cells, downstream.

    ``order`` after Strahler (1957): 1 at the source; where two of the highest order meet, one more.
    ``cells`` drain through its lower end.
    """

    line: LineString
    order: int
    cells: int


def streams(index: BasinIndex, outlet: int, *, stream_cells: int) -> list[Reach]:
    """The reaches of the basin where at least ``stream_cells`` drain through a cell, the lowest first."""
    first, end = index.slice_of(outlet)
    order = _orders(
        first,
        end,
        stream_cells,
        index.sizes,
        index.cells,
        index.position,
        index.direction,
        index.steps,
    )
    cells, starts = _reaches(
        first, end, order, index.cells, index.position, index.direction, index.steps
    )
    grid = index.grid
    rows, columns = np.divmod(cells, grid.columns)
    xy = np.column_stack(
        [
            grid.west + (columns + 0.5) * grid.cell_width,
            grid.north - (rows + 0.5) * grid.cell_height,
        ]
    )
    of_reach = np.repeat(np.arange(starts.size - 1), np.diff(starts))
    lines = np.asarray(shapely.linestrings(xy, indices=of_reach))
    heads, ends = cells[starts[:-1]], cells[starts[1:] - 2]
    return [
        Reach(
            line, int(order[index.position[head] - first]), int(index.sizes[index.position[last]])
        )
        for line, head, last in zip(lines, heads, ends, strict=True)
    ]


@kernel(
    "uint8[::1](int64, int64, int64, int32[::1], int32[::1], int32[::1], uint8[::1], UniTuple(int64, 8))"
)
def _orders(
    first: int,
    end: int,
    least: int,
    sizes: Cells,
    cells: Cells,
    position: Cells,
    direction: Codes,
    steps: tuple[int, ...],
) -> Codes:
    """Strahler's order by place in the slice, 0 where there is no stream. Children come after their parent."""
    order = np.zeros(end - first, np.uint8)
    twice = np.zeros(end - first, np.bool_)
    for k in range(end - first - 1, -1, -1):
        if sizes[first + k] < least:
            continue
        if order[k] == 0:
            order[k] = 1
        elif twice[k]:
            order[k] += 1
        code = direction[cells[first + k]]
        if k == 0 or code >= OUT:
            continue
        lower = position[cells[first + k] + steps[code]] - first
        if order[k] > order[lower]:
            order[lower], twice[lower] = order[k], False
        elif order[k] == order[lower]:
            twice[lower] = True
    return order


@kernel(
    "Tuple((int32[::1], int32[::1]))"
    "(int64, int64, uint8[::1], int32[::1], int32[::1], uint8[::1], UniTuple(int64, 8))"
)
def _reaches(
    first: int,
    end: int,
    order: Codes,
    cells: Cells,
    position: Cells,
    direction: Codes,
    steps: tuple[int, ...],
) -> tuple[Cells, Cells]:
    """The cells of each reach, downstream, its lower confluence or the outlet included; where each begins."""
    count = end - first
    inflows = np.zeros(count, np.uint8)
    length = 0
    for k in range(1, count):
        if order[k]:
            inflows[position[cells[first + k] + steps[direction[cells[first + k]]]] - first] += 1
            length += 2
    found, starts = np.empty(length, np.int32), np.empty(length + 1, np.int32)
    at, reaches = 0, 0
    for k in range(1, count):
        if not order[k] or inflows[k] == 1:
            continue
        starts[reaches] = at
        reaches += 1
        here = k
        while True:
            found[at] = cells[first + here]
            at += 1
            if here == 0 or (here != k and inflows[here] > 1):
                break
            here = position[cells[first + here] + steps[direction[cells[first + here]]]] - first
    starts[reaches] = at
    return found[:at].copy(), starts[: reaches + 1].copy()
