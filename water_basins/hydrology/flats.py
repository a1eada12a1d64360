"""Flats: level ground drains to its outlets and away from the higher ground around it.

Garbrecht & Martz (1997) as Barnes, Lehman & Mulla (2014) simplified it: no height is changed. On each flat,
``towards`` counts the steps to the nearest cell of the same height that already drains, ``away`` the steps from
higher ground, and water follows the least of 2·towards − away. Neighbours differ by at most one in ``away`` and
one of them is a step nearer, so that number falls with every step: no circles. A flat without outlet gets one
pit, in its middle, to which it drains; depressions.py leads it on.
"""

import numpy as np

from water_basins.hydrology.compiled import Cells, Codes, Heights, kernel
from water_basins.hydrology.d8 import PIT

# Cardinal neighbours first: of equal ones the nearer is taken.
ORDER = (0, 2, 4, 6, 1, 3, 5, 7)


@kernel("int32[::1](uint8[::1])")
def level_cells(direction: Codes) -> Cells:
    """The cells without a lower neighbour, ascending."""
    count = 0
    for code in direction:
        count += code == PIT
    cells = np.empty(count, np.int32)
    at = 0
    for cell in range(direction.size):
        if direction[cell] == PIT:
            cells[at] = cell
            at += 1
    return cells


@kernel(
    "int64(float32[::1], UniTuple(int64, 8), int32[::1], int32[::1], int32[::1], int64, int64, int32[::1])"
)
def _spread(
    height: Heights,
    steps: tuple[int, ...],
    level: Cells,
    number: Cells,
    queue: Cells,
    head: int,
    tail: int,
    distance: Cells,
) -> int:
    """Breadth first over level cells of one height, from those in the queue; answers the queue's length."""
    while head < tail:
        i = queue[head]
        head += 1
        cell = level[i]
        for d in ORDER:
            other = cell + steps[d]
            j = number[other]
            if j >= 0 and distance[j] == 0 and height[other] == height[cell]:
                distance[j] = distance[i] + 1
                queue[tail] = j
                tail += 1
    return tail


@kernel("int32[::1](float32[::1], UniTuple(int64, 8), int32[::1], int32[::1], uint8[::1])")
def drain_flats(
    height: Heights, steps: tuple[int, ...], level: Cells, number: Cells, direction: Codes
) -> Cells:
    """Directions for the ``level`` cells; answers the pits that remain, one for each closed flat.

    ``number`` is as large as the raster and -1 everywhere, before and after. Cells in ``level`` are never on
    the outermost rows and columns: those drain out.
    """
    count = level.size
    for i in range(count):
        number[level[i]] = i
    away = np.zeros(count, np.int32)
    towards = np.zeros(count, np.int32)
    queue = np.empty(count, np.int32)

    tail = 0
    for i in range(count):
        for d in ORDER:
            if height[level[i] + steps[d]] > height[level[i]]:
                away[i] = 1
                queue[tail] = i
                tail += 1
                break
    _spread(height, steps, level, number, queue, 0, tail, away)

    tail = 0
    for i in range(count):
        cell = level[i]
        for d in ORDER:
            other = cell + steps[d]
            if height[other] == height[cell] and number[other] < 0:
                towards[i] = 1
                direction[cell] = d
                queue[tail] = i
                tail += 1
                break
    reached = _spread(height, steps, level, number, queue, 0, tail, towards)

    pits = np.empty(count - reached, np.int32)
    found = 0
    for i in range(count):
        if towards[i]:
            continue
        towards[i] = 1
        queue[0] = i
        size = _spread(height, steps, level, number, queue, 0, 1, towards)
        middle = i
        for k in range(size):
            j = queue[k]
            towards[j] = 0
            if away[j] > away[middle] or (away[j] == away[middle] and j < middle):
                middle = j
        towards[middle] = 1
        queue[0] = middle
        _spread(height, steps, level, number, queue, 0, 1, towards)
        pits[found] = level[middle]
        found += 1

    for i in range(count):
        cell = level[i]
        if direction[cell] != PIT:
            continue
        best = 2 * towards[i] - away[i]
        for d in ORDER:
            j = number[cell + steps[d]]
            if j < 0 or height[cell + steps[d]] != height[cell]:
                continue
            if 2 * towards[j] - away[j] < best:
                best = 2 * towards[j] - away[j]
                direction[cell] = d
    for i in range(found):
        direction[pits[i]] = PIT
    for i in range(count):
        number[level[i]] = -1
    return pits[:found].copy()
