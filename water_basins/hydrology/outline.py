"""The outline of a set of cells, along their edges.

The slice is listed, its mask painted, and the mask's borders followed as in any raster: the cells on the left,
turning left where two cells touch only at a corner, so that parts are joined by edges and never by corners. A ring
that comes back to such a corner is split there. What comes out is therefore valid: parts and holes touch each other at
points at most, and the area is the number of cells.
"""

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import MultiPolygon

from water_basins.hydrology.compiled import Cells, Codes, kernel
from water_basins.hydrology.grid import Grid

Mask = NDArray[np.uint8]

# Headings east, north, west, south; the cell ahead to the left and to the right of a corner in the mask.
_ROW_AHEAD_LEFT = (-1, -1, 0, 0)
_COLUMN_AHEAD_LEFT = (0, -1, -1, 0)
_ROW_AHEAD_RIGHT = (0, -1, -1, 0)
_COLUMN_AHEAD_RIGHT = (0, 0, -1, -1)
_ROW_STEP = (0, -1, 0, 1)
_COLUMN_STEP = (1, 0, -1, 0)

_CELL, _TOP_SEEN, _BOTTOM_SEEN = 1, 2, 4


@kernel("UniTuple(int64, 4)(int32[::1], int64)")
def bounds(cells: Cells, columns: int) -> tuple[int, int, int, int]:
    """First and last row, first and last column of the cells."""
    low, high = cells[0], cells[0]
    left, right = columns, -1
    for cell in cells:
        low, high = min(low, cell), max(high, cell)
        column = cell % columns
        left, right = min(left, column), max(right, column)
    return low // columns, high // columns, left, right


@kernel("void(int32[::1], int64, int64, int64, uint8[:, ::1])")
def paint(cells: Cells, columns: int, first_row: int, first_column: int, mask: Mask) -> None:
    """Sets the cells to 1 in a mask whose [0, 0] is the given row and column of the raster."""
    for cell in cells:
        mask[cell // columns - first_row, cell % columns - first_column] = _CELL


@kernel("int64(uint8[:, ::1])")
def _corners(mask: Mask) -> int:
    """At how many corners the borders of the mask turn, those that are passed twice counted twice."""
    rows, columns = mask.shape
    count = 0
    for row in range(1, rows):
        for column in range(1, columns):
            a, b = mask[row - 1, column - 1], mask[row - 1, column]
            c, d = mask[row, column - 1], mask[row, column]
            total = a + b + c + d
            count += 1 if total % 2 else (2 if total == 2 and a == d else 0)
    return count


@kernel("int64(int32[:, ::1], int64, int64, int32[:, ::1], int32[:, ::1], int64)")
def _emit(ring: Cells, base: int, depth: int, seen: Cells, out: Cells, end: int) -> int:
    """Copies the ring from ``base`` to ``depth``, closes it, forgets its corners; answers the new end."""
    first = end
    for k in range(base, depth):
        out[end, 0], out[end, 1] = ring[k, 0], ring[k, 1]
        seen[ring[k, 1], ring[k, 0]] = 0
        end += 1
    out[end, 0], out[end, 1] = out[first, 0], out[first, 1]
    return end + 1


@kernel("uint8(int32[:, ::1], int64, int64)")
def _turns_left(out: Cells, start: int, end: int) -> int:
    """1 where the closed ring runs anticlockwise as seen with north up, which shells do."""
    twice = 0
    for k in range(start, end - 1):
        twice += np.int64(out[k, 0]) * out[k + 1, 1] - np.int64(out[k + 1, 0]) * out[k, 1]
    return 1 if twice < 0 else 0


@kernel("Tuple((int32[:, ::1], int32[::1], int32[::1], uint8[::1]))(uint8[:, ::1], int32[:, ::1])")
def trace(mask: Mask, seen: Cells) -> tuple[Cells, Cells, Cells, Codes]:
    """Closed rings of corners (column, row), where each ring begins, its part, and whether it is a shell.

    ``mask`` holds 0 and 1 with a frame of zeros, and is written on; ``seen`` has its shape and is zero.
    """
    rows, columns = mask.shape
    room = _corners(mask)
    ring = np.empty((room + 1, 2), np.int32)
    out = np.empty((room + room // 4 + 2, 2), np.int32)
    starts = np.empty(room // 4 + 2, np.int32)
    part_of = np.empty(room // 4 + 1, np.int32)
    shell = np.empty(room // 4 + 1, np.uint8)
    owner = np.empty(mask.shape, np.int32)
    count, end, parts = 0, 0, 0
    starts[0] = 0
    for row in range(1, rows - 1):
        part = -1
        for column in range(1, columns - 1):
            bits = mask[row, column]
            if not bits:
                continue
            outer = not mask[row - 1, column] and not bits & _TOP_SEEN
            if not mask[row, column - 1] and not outer:
                part = owner[row, column]
            inner = not outer and not mask[row + 1, column] and not bits & _BOTTOM_SEEN
            if not outer and not inner:
                continue
            if outer:
                part = parts
                parts += 1
            r, c, heading = (row, column, 2) if outer else (row + 1, column + 1, 0)
            r0, c0, h0 = r, c, heading
            depth = 0
            while True:
                left = mask[r + _ROW_AHEAD_LEFT[heading], c + _COLUMN_AHEAD_LEFT[heading]]
                right = mask[r + _ROW_AHEAD_RIGHT[heading], c + _COLUMN_AHEAD_RIGHT[heading]]
                if not left or right:
                    if not left and right:  # two cells meet at this corner alone
                        if seen[r, c]:
                            base = seen[r, c] - 1
                            end = _emit(ring, base, depth, seen, out, end)
                            shell[count] = _turns_left(out, starts[count], end)
                            part_of[count] = part
                            count += 1
                            starts[count] = end
                            depth = base
                        seen[r, c] = depth + 1
                    ring[depth, 0], ring[depth, 1] = c, r
                    depth += 1
                    heading = (heading + (3 if left else 1)) % 4
                if heading == 0:
                    mask[r - 1, c] |= _BOTTOM_SEEN
                elif heading == 2:
                    mask[r, c - 1] |= _TOP_SEEN
                elif heading == 3:
                    owner[r, c] = part
                r += _ROW_STEP[heading]
                c += _COLUMN_STEP[heading]
                if r == r0 and c == c0 and heading == h0:
                    break
            end = _emit(ring, 0, depth, seen, out, end)
            shell[count] = _turns_left(out, starts[count], end)
            part_of[count] = part
            count += 1
            starts[count] = end
    return (
        out[:end].copy(),
        starts[: count + 1].copy(),
        part_of[:count].copy(),
        shell[:count].copy(),
    )


def mask_of(cells: Cells, columns: int, frame: int = 1) -> tuple[Mask, int, int]:
    """The cells' mask with a frame of zeros, and the raster's row and column of its [0, 0]."""
    top, bottom, left, right = bounds(cells, columns)
    row, column = top - frame, left - frame
    mask = np.zeros((bottom - top + 1 + 2 * frame, right - left + 1 + 2 * frame), np.uint8)
    paint(cells, columns, row, column, mask)
    return mask, row, column


def outline(mask: Mask, row: int, column: int, grid: Grid) -> MultiPolygon:
    """The mask's cells as a valid MultiPolygon in the grid's CRS; shells anticlockwise. Writes on the mask."""
    corners, starts, part, shell = trace(mask, np.zeros(mask.shape, np.int32))
    if part.size > 1:
        order = np.lexsort((1 - shell, part))
        rings = [corners[starts[k] : starts[k + 1]] for k in order]
        corners = np.concatenate(rings)
        starts = np.concatenate([[0], np.cumsum([len(ring) for ring in rings])])
        part = part[order]
    xy = np.empty(corners.shape)
    xy[:, 0] = grid.west + (corners[:, 0] + column) * grid.cell_width
    xy[:, 1] = grid.north - (corners[:, 1] + row) * grid.cell_height
    polygons = np.concatenate([np.flatnonzero(np.diff(part, prepend=-1)), [part.size]])
    whole = np.array([0, polygons.size - 1])
    made = shapely.from_ragged_array(
        shapely.GeometryType.MULTIPOLYGON, xy, (starts.astype(np.int64), polygons, whole)
    )
    geometry: MultiPolygon = made[0]
    return geometry
