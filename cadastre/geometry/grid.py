"""The 1 mm grid on which every stored coordinate lies, so that neighbours share identical vertices."""

import numpy as np
import shapely
from numpy.typing import NDArray

GRID_STEP_M = 0.001
_STEPS_PER_METRE = 1000.0


def on_grid(vertices: NDArray[np.float64]) -> NDArray[np.float64]:
    """Coordinates in metres, each moved to the nearest millimetre (ties to the even one)."""
    return np.asarray(np.rint(vertices * _STEPS_PER_METRE) / _STEPS_PER_METRE, dtype=np.float64)


def snapped(geoms: NDArray[np.object_]) -> NDArray[np.object_]:
    """The geometries with every vertex on the grid, without vertices that repeat the one before.

    Nothing is repaired: a shape that crosses itself on the grid stays so and must be checked after.
    ``None`` stays ``None``.
    """
    moved = np.asarray(shapely.transform(geoms, on_grid), dtype=np.object_)
    return np.asarray(shapely.remove_repeated_points(moved, 0.0), dtype=np.object_)


def millimetres(vertices: NDArray[np.float64]) -> NDArray[np.int64]:
    """Coordinates in metres as exact whole millimetres.

    ``ValueError`` when one is not on the grid: what is stored always is, so that is a programming error.
    """
    steps = np.rint(vertices * _STEPS_PER_METRE)
    if not np.array_equal(steps / _STEPS_PER_METRE, vertices):
        raise ValueError("A coordinate is not finite or not a multiple of 0.001 m: snap it first.")
    return steps.astype(np.int64)


def metres(steps: NDArray[np.int64]) -> NDArray[np.float64]:
    """Whole millimetres as the coordinates in metres that are stored."""
    return np.asarray(steps / _STEPS_PER_METRE, dtype=np.float64)
