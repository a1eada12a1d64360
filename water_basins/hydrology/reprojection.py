"""From one CRS to another; x is always east or longitude."""

from functools import lru_cache
from typing import TypeVar

import numpy as np
import shapely
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

G = TypeVar("G", bound=BaseGeometry)


@lru_cache(maxsize=32)
def between(one: str, other: str) -> Transformer:
    """The change from one CRS to the other; "EPSG:n" or WKT."""
    return Transformer.from_crs(one, other, always_xy=True)


def moved(geometry: G, one: str, other: str) -> G:
    """The geometry with every vertex moved; straight sides stay straight, so long ones need vertices between."""
    change = between(one, other)
    return shapely.transform(geometry, lambda xy: np.column_stack(change.transform(*xy.T)))
