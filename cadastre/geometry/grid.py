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
