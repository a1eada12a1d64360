"""Small terrains with known flow, and the real one."""

import functools
import math
from pathlib import Path

import numpy as np

from water_basins.hydrology.grid import Grid
from water_basins.hydrology.terrain import Terrain, read_terrain

METRES = 10.0


def terrain(height, *, crs: str = "EPSG:32717", size: float = METRES) -> Terrain:
    """Heights as a terrain near Celica; in EPSG:4326 give ``size`` in degrees."""
    height = np.ascontiguousarray(height, np.float32)
    west, north = (-79.95, -4.1) if crs == "EPSG:4326" else (610_000.0, 9_546_000.0)
    rows, columns = height.shape
    return Terrain(
        height,
        Grid(
            rows=rows,
            columns=columns,
            west=west,
            north=north,
            cell_width=size,
            cell_height=size,
            crs=crs,
        ),
    )


def tilted_plane(rows: int, columns: int):
    """Falls to the south: every column is a stream of its own."""
    return np.repeat(np.arange(rows, 0, -1.0)[:, None], columns, 1)


def v_valley(rows: int, columns: int):
    """Steep to the middle column, gentle to the south: row by row into one stream."""
    across = np.abs(np.arange(columns) - columns // 2)
    return across[None, :] + np.arange(rows, 0, -1)[:, None] * 0.01


def bowl(side: int):
    """A cone upside down."""
    middle = side // 2
    rows, columns = np.mgrid[:side, :side]
    return np.hypot(rows - middle, columns - middle)


def nested_bowls(side: int):
    """Ring walls around rings of low ground, the middle lowest."""
    rows, columns = np.mgrid[:side, :side]
    away = np.maximum(np.abs(rows - side // 2), np.abs(columns - side // 2))
    return np.where(away % 3 == 2, 50.0, 5.0) + away


def checkerboard(rows: int, columns: int):
    """Data on the black squares only, falling to the south-east."""
    row, column = np.mgrid[:rows, :columns]
    return np.where((row + column) % 2 == 0, 1000.0 - row - column, np.nan)


def comb(rows: int, columns: int):
    """Walled channels to the south, open at the foot."""
    height = np.full((rows, columns), 500.0)
    height[1:, 1::2] = np.arange(rows - 1, 0, -1)[:, None]
    return height


def spiral(turns: int):
    """One channel that winds inward between walls, falling outward: the longest path for the space."""
    side = 4 * turns + 3
    height = np.full((side, side), 1e6)
    cells = spiral_cells(turns)
    for k, (row, column) in enumerate(cells):
        height[row, column] = k
    return height


def spiral_cells(turns: int) -> list[tuple[int, int]]:
    """Its channel from the mouth on the western edge to the inner end."""
    side = 4 * turns + 3
    taken = np.zeros((side, side), bool)
    row, column, (down, right) = 1, 0, (0, 1)
    path = [(row, column)]
    taken[row, column] = True
    while True:
        for _ in range(2):
            r, c = row + down, column + right
            rr, cc = row + 2 * down, column + 2 * right
            free = 0 < r < side - 1 and 0 < c < side - 1 and not taken[r, c]
            if free and not (0 <= rr < side and 0 <= cc < side and taken[rr, cc]):
                break
            down, right = right, -down
        else:
            return path
        row, column = r, c
        taken[r, c] = True
        path.append((r, c))


def hills(rows: int, columns: int, seed: int, *, step: float = 0.0):
    """Random waves of falling length; with ``step`` rounded to it, which makes flats and pits."""
    rng = np.random.default_rng(seed)
    row, column = np.mgrid[:rows, :columns]
    height = np.zeros((rows, columns))
    for octave in range(1, 7):
        for _ in range(4):
            angle, phase = rng.uniform(0, 2 * math.pi, 2)
            wave = math.cos(angle) * row / rows + math.sin(angle) * column / columns
            height += 100 / octave * np.sin(2 * math.pi * octave * wave + phase)
    height += rng.normal(0, 0.4, height.shape)
    return np.round(height / step) * step if step else height


@functools.cache
def reserve(real_data: Path) -> Terrain:
    """The mountain reserve between Loja and Zamora at 10 m; band 4 holds heights."""
    return read_terrain(real_data / "ecuador_terrain" / "ta_rbsf_32717.tif", band=4)
