"""The fingerprint of a stored geometry: equal for equal ground, wherever its rings begin."""

import hashlib
from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry


def fingerprints(geoms: Sequence[BaseGeometry] | NDArray[np.object_]) -> list[str]:
    """SHA-256 (hexadecimal) of each geometry in normal form, as 2D little-endian WKB.

    The order of parts, the direction and the first vertex of rings do not count; each vertex does.
    """
    normal = shapely.normalize(np.asarray(geoms, dtype=np.object_))
    shapes = shapely.to_wkb(normal, output_dimension=2, byte_order=1, include_srid=False)
    return [hashlib.sha256(shape).hexdigest() for shape in shapes]
