"""D8: each cell towards the neighbour to which the terrain falls most steeply (O'Callaghan & Mark 1984).

Only strictly lower neighbours count, so the directions cannot close a circle. Of equally steep ones the first
in the order of d8.py is taken. A cell on the margin (edge of the raster, or beside a cell without data) that has
no lower neighbour is where water leaves the terrain.
"""

import math

import numpy as np

from water_basins.hydrology.compiled import Cells, Codes, Heights, kernel
from water_basins.hydrology.d8 import COLUMN_STEPS, NODATA, OUT, PIT, ROW_STEPS


@kernel("void(float32[:, ::1], float32[::1], float32[::1], float32[::1], uint8[:, ::1])")
def steepest_inside(
    height: Heights, per_east: Heights, per_south: Heights, per_diagonal: Heights, direction: Codes
) -> None:
    """Directions of all cells but the outermost; ``per_…`` are 1 / distance in m by row."""
    rows, columns = height.shape
    for row in range(1, rows - 1):
        north, here, south = height[row - 1], height[row], height[row + 1]
        east, down, diagonal = per_east[row], per_south[row], per_diagonal[row]
        codes = direction[row]
        for column in range(1, columns - 1):  # written without branches: it becomes vector code
            z = here[column]
            best, code = np.float32(0), PIT
            fall = (z - here[column + 1]) * east
            code, best = (0, fall) if fall > best else (code, best)
            fall = (z - south[column + 1]) * diagonal
            code, best = (1, fall) if fall > best else (code, best)
            fall = (z - south[column]) * down
            code, best = (2, fall) if fall > best else (code, best)
            fall = (z - south[column - 1]) * diagonal
            code, best = (3, fall) if fall > best else (code, best)
            fall = (z - here[column - 1]) * east
            code, best = (4, fall) if fall > best else (code, best)
            fall = (z - north[column - 1]) * diagonal
            code, best = (5, fall) if fall > best else (code, best)
            fall = (z - north[column]) * down
            code, best = (6, fall) if fall > best else (code, best)
            fall = (z - north[column + 1]) * diagonal
            code, best = (7, fall) if fall > best else (code, best)
            codes[column] = code if z == z else NODATA


@kernel(
    "void(float32[:, ::1], float32[::1], float32[::1], float32[::1], int32[::1], uint8[:, ::1])"
)
def steepest_on_margin(
    height: Heights,
    per_east: Heights,
    per_south: Heights,
    per_diagonal: Heights,
    margin: Cells,
    direction: Codes,
) -> None:
    """Directions of the cells in ``margin``; without a lower neighbour they drain out of the terrain."""
    rows, columns = height.shape
    for cell in margin:
        row, column = cell // columns, cell % columns
        z = height[row, column]
        best, code = np.float32(0), OUT
        for d in range(8):
            r, c = row + ROW_STEPS[d], column + COLUMN_STEPS[d]
            if r < 0 or c < 0 or r >= rows or c >= columns:
                continue
            if d % 2 == 1:
                fall = (z - height[r, c]) * per_diagonal[row]
            else:
                fall = (z - height[r, c]) * (per_east[row] if d % 4 == 0 else per_south[row])
            if fall > best:
                code, best = d, fall
        direction[row, column] = code


@kernel("Tuple((int32[::1], uint8[::1]))(float32[:, ::1])")
def margin_of(height: Heights) -> tuple[Cells, Codes]:
    """The cells where the terrain ends, ascending, and why: 1 edge of the raster, 2 beside no data, 3 both."""
    rows, columns = height.shape
    why = np.zeros(rows * columns, np.uint8)
    for row in range(rows):
        for column in range(columns):
            z = height[row, column]
            if row == 0 or column == 0 or row == rows - 1 or column == columns - 1:
                why[row * columns + column] |= 1
            if not math.isnan(z):
                continue
            for d in range(8):
                r, c = row + ROW_STEPS[d], column + COLUMN_STEPS[d]
                if 0 <= r < rows and 0 <= c < columns:
                    why[r * columns + c] |= 2
    count = 0
    for cell in range(rows * columns):
        if why[cell] and math.isnan(height[cell // columns, cell % columns]):
            why[cell] = 0
        count += why[cell] > 0
    cells, reasons = np.empty(count, np.int32), np.empty(count, np.uint8)
    at = 0
    for cell in range(rows * columns):
        if why[cell]:
            cells[at], reasons[at] = cell, why[cell]
            at += 1
    return cells, reasons
