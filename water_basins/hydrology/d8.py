"""The eight directions, and the codes of a cell that has none of them.

5 6 7        rows grow to the south, columns to the east;
4 · 0        the diagonal ones are odd
3 2 1
"""

ROW_STEPS = (0, 1, 1, 1, 0, -1, -1, -1)
COLUMN_STEPS = (1, 1, 0, -1, -1, -1, 0, 1)

OUT = 8  # leaves the terrain here, or ends in a declared sink
PIT = 9  # nothing lower around it; none is left in a finished index
NODATA = 255


def offsets(columns: int) -> tuple[int, ...]:
    """What to add to a cell's number to step in each direction, in a raster of that many columns."""
    return tuple(
        row * columns + column for row, column in zip(ROW_STEPS, COLUMN_STEPS, strict=True)
    )
