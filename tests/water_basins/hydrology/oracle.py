"""The same questions answered slowly and in other ways."""

import heapq
from collections import defaultdict

import numpy as np

from water_basins.hydrology.d8 import COLUMN_STEPS, OUT, ROW_STEPS


def neighbours(row: int, column: int, shape):
    for down, right in zip(ROW_STEPS, COLUMN_STEPS, strict=True):
        r, c = row + down, column + right
        if 0 <= r < shape[0] and 0 <= c < shape[1]:
            yield r, c


def water_level(height, sinks=()):
    """The least height over which water from each cell can leave: priority flood with a heap, after Barnes."""
    columns = height.shape[1]
    level = np.full(height.shape, np.nan)
    heap = []
    for row, column in zip(*np.nonzero(~np.isnan(height)), strict=True):
        around = list(neighbours(row, column, height.shape))
        if (
            len(around) < 8
            or any(np.isnan(height[at]) for at in around)
            or row * columns + column in sinks
        ):
            level[row, column] = height[row, column]
            heap.append((level[row, column], row, column))
    heapq.heapify(heap)
    done = {(row, column) for _, row, column in heap}
    while heap:
        z, row, column = heapq.heappop(heap)
        for at in neighbours(row, column, height.shape):
            if at in done or np.isnan(height[at]):
                continue
            done.add(at)
            level[at] = max(z, height[at])
            heapq.heappush(heap, (level[at], *at))
    return level


def highest_on_the_way(index, height):
    """The highest of the heights that water meets from each cell to its end; walks every path."""
    highest = np.where(index.position >= 0, height.ravel(), np.nan)
    for cell in index.cells:  # parents come before children
        code = index.direction[cell]
        if code < OUT:
            highest[cell] = max(highest[cell], highest[cell + index.steps[code]])
    return highest.reshape(index.grid.rows, index.grid.columns)


def inflows_of(index):
    """Which cells flow into each cell, from the directions alone."""
    found = defaultdict(list)
    for cell in np.flatnonzero(index.direction < OUT):
        found[int(cell) + index.steps[index.direction[cell]]].append(int(cell))
    return found


def upstream(inflows, outlet: int) -> set[int]:
    """The cells from which water reaches the outlet, by going up from it."""
    found, left = {outlet}, [outlet]
    while left:
        for cell in inflows[left.pop()]:
            found.add(cell)
            left.append(cell)
    return found
