"""Depressions: each pit is led out over its lowest pass, through the bottom of the valley.

The method of Cordonnier, Bovy & Braun (2019), on pits alone. The cells are labelled by the pit they drain to
(0: they leave the terrain); between neighbouring labels the lowest pass is sought; a minimum spanning tree
(Borůvka 1926) gives each pit its way out; and the flow path from the pass down to the pit is turned round.
No height is changed. How high water would stand in the pit, as filling it would find (Barnes et al. 2014), is
the highest pass on the way: the measure of how far the terrain and the flow disagree.
"""

import numpy as np

from water_basins.hydrology.compiled import Cells, Codes, Heights, kernel
from water_basins.hydrology.d8 import NODATA, OUT

UNSEEN = -2
NOWHERE = 8  # as the direction of a pass: out of the terrain


@kernel("void(uint8[::1], UniTuple(int64, 8), int32[::1], int32[::1])")
def label_pits(direction: Codes, steps: tuple[int, ...], pits: Cells, label: Cells) -> None:
    """Writes into ``label``: k + 1 where water ends in ``pits[k]``, 0 where it leaves, -1 without data."""
    for cell in range(direction.size):
        code = direction[cell]
        label[cell] = -1 if code == NODATA else (0 if code == OUT else UNSEEN)
    for k in range(pits.size):
        label[pits[k]] = k + 1
    for start in range(direction.size):
        if label[start] != UNSEEN:
            continue
        cell = start
        while label[cell] == UNSEEN:
            cell += steps[direction[cell]]
        found, end = label[cell], cell
        cell = start
        while cell != end:
            label[cell] = found
            cell += steps[direction[cell]]


@kernel(
    "Tuple((int32[:, ::1], uint8[::1], float32[::1]))"
    "(float32[::1], int64, UniTuple(int64, 8), int32[::1], int32[::1])"
)
def passes(
    height: Heights, columns: int, steps: tuple[int, ...], margin: Cells, label: Cells
) -> tuple[Cells, Codes, Heights]:
    """Where one label touches another: rows (label, other label, cell), the direction across, the height.

    Runs along the same border keep their lowest. A labelled cell on the margin is a pass out.
    """
    rows = label.size // columns
    count = 0
    for row in range(rows):
        for column in range(
            columns - 1
        ):  # counted too high: runs and missing data are not seen here
            cell = row * columns + column
            count += label[cell] != label[cell + 1]
            if row < rows - 1:
                count += label[cell] != label[cell + columns]
                count += label[cell] != label[cell + columns + 1]
                count += label[cell + 1] != label[cell + columns]
        if row < rows - 1:
            count += label[row * columns + columns - 1] != label[(row + 1) * columns + columns - 1]
    count += margin.size
    ends = np.empty((count, 3), np.int32)
    across = np.empty(count, np.uint8)
    level = np.empty(count, np.float32)
    at = 0
    for cell in margin:
        if label[cell] > 0:
            ends[at, 0], ends[at, 1], ends[at, 2] = label[cell], 0, cell
            across[at], level[at] = NOWHERE, height[cell]
            at += 1
    for row in range(rows):
        for column in range(columns):
            cell = row * columns + column
            mine = label[cell]
            if mine < 0:
                continue
            for d in range(4):
                if (
                    (d < 2 and column == columns - 1)
                    or (d > 0 and row == rows - 1)
                    or (d == 3 and column == 0)
                ):
                    continue
                other = cell + steps[d]
                its = label[other]
                if its == mine or its < 0:
                    continue
                z = max(height[cell], height[other])
                if at and (
                    (ends[at - 1, 0] == mine and ends[at - 1, 1] == its)
                    or (ends[at - 1, 0] == its and ends[at - 1, 1] == mine)
                ):
                    if level[at - 1] <= z:
                        continue
                    at -= 1
                ends[at, 0], ends[at, 1], ends[at, 2] = mine, its, cell
                across[at], level[at] = d, z
                at += 1
    return ends[:at].copy(), across[:at].copy(), level[:at].copy()


@kernel("int32(int32[::1], int32)")
def _root(parent: Cells, node: int) -> int:
    while parent[node] != node:
        parent[node] = parent[parent[node]]
        node = parent[node]
    return node


@kernel("int32[::1](int64, int32[:, ::1], float32[::1])")
def spanning_tree(labels: int, ends: Cells, level: Heights) -> Cells:
    """Which passes join all labels at the least heights; of equally low ones the first."""
    parent = np.arange(labels).astype(np.int32)
    left = np.arange(level.size).astype(np.int32)
    a, b = ends[:, 0].copy(), ends[:, 1].copy()
    best = np.empty(labels, np.int32)
    tree = np.empty(max(labels - 1, 0), np.int32)
    taken = 0
    while left.size and taken < labels - 1:
        best[:] = -1
        kept = 0
        for k in range(left.size):
            e = left[k]
            x, y = _root(parent, a[k]), _root(parent, b[k])
            if x == y:
                continue
            left[kept], a[kept], b[kept] = e, x, y
            kept += 1
            if best[x] < 0 or level[e] < level[best[x]]:
                best[x] = e
            if best[y] < 0 or level[e] < level[best[y]]:
                best[y] = e
        left = left[:kept]
        for node in range(labels):
            e = best[node]
            if e < 0:
                continue
            x, y = _root(parent, ends[e, 0]), _root(parent, ends[e, 1])
            if x != y:
                parent[max(x, y)] = min(x, y)
                tree[taken] = e
                taken += 1
    return tree[:taken].copy()


@kernel("void(UniTuple(int64, 8), int64, int64, uint8[::1])")
def turn(steps: tuple[int, ...], cell: int, code: int, direction: Codes) -> None:
    """From ``cell`` on, which now flows to ``code``, the path down to the pit runs the other way."""
    while True:
        was = direction[cell]
        direction[cell] = code
        if was >= OUT:
            return
        cell += steps[was]
        code = (was + 4) % 8


@kernel(
    "float32[::1](UniTuple(int64, 8), int64, int32[::1], int32[:, ::1], uint8[::1], float32[::1], int32[::1],"
    " uint8[::1])"
)
def lead_out(
    steps: tuple[int, ...],
    labels: int,
    tree: Cells,
    ends: Cells,
    across: Codes,
    level: Heights,
    label: Cells,
    direction: Codes,
) -> Heights:
    """Turns the flow in ``direction`` from each pit to its pass; answers each label's water level (-inf for 0)."""
    first = np.zeros(labels + 1, np.int32)
    for e in tree:
        first[ends[e, 0] + 1] += 1
        first[ends[e, 1] + 1] += 1
    for node in range(labels):
        first[node + 1] += first[node]
    place = first[:-1].copy()
    touching = np.empty(2 * tree.size, np.int32)
    for e in tree:
        for side in range(2):
            node = ends[e, side]
            touching[place[node]] = e
            place[node] += 1

    water = np.full(labels, np.inf, np.float32)
    water[0] = -np.inf
    queue = np.empty(labels, np.int32)
    queue[0] = 0
    tail = 1
    for head in range(labels):
        if head >= tail:
            break
        node = queue[head]
        for k in range(first[node], first[node + 1]):
            e = touching[k]
            upper = ends[e, 0] if ends[e, 1] == node else ends[e, 1]
            if water[upper] != np.inf:
                continue
            water[upper] = max(water[node], level[e])
            queue[tail] = upper
            tail += 1
            cell, code = ends[e, 2], across[e]
            if code != NOWHERE and label[cell] != upper:  # noted from the other side
                cell, code = cell + steps[code], (code + 4) % 8
            turn(steps, cell, code, direction)
    return water


@kernel("Tuple((int32[::1], float32[::1]))(float32[::1], int32[::1], float32[::1])")
def under_water(height: Heights, label: Cells, water: Heights) -> tuple[Cells, Heights]:
    """The cells that lie below the water level of their depression, ascending, and how deep, in metres."""
    count = 0
    for cell in range(label.size):
        if label[cell] > 0 and height[cell] < water[label[cell]]:
            count += 1
    cells, depth = np.empty(count, np.int32), np.empty(count, np.float32)
    at = 0
    for cell in range(label.size):
        if label[cell] > 0 and height[cell] < water[label[cell]]:
            cells[at], depth[at] = cell, water[label[cell]] - height[cell]
            at += 1
    return cells, depth
