"""How sure it is that something lies in a basin, when its outline may be off by one cell."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import shapely
from shapely import MultiPolygon
from shapely.geometry.base import BaseGeometry

from water_basins.hydrology.index import BasinIndex
from water_basins.hydrology.outline import Mask, mask_of, outline


class Place(StrEnum):
    """Where a parcel lies: surely inside, surely outside, or in the band where one cell decides."""

    INSIDE = "inside"
    BORDER = "border"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Border:
    """``core``: the cells all of whose eight neighbours are in it, perhaps none; ``reach``: all neighbours too."""

    core: MultiPolygon
    reach: MultiPolygon

    def place_of(self, shape: BaseGeometry) -> Place:
        """Of a shape in the same CRS. Touching the reach from outside along a line is still outside."""
        if self.core.covers(shape):
            return Place.INSIDE
        if not self.reach.intersects(shape) or self.reach.touches(shape):
            return Place.OUTSIDE
        return Place.BORDER


def border(index: BasinIndex, outlet: int) -> Border:
    """One cell less and one cell more than the basin of the outlet. The reach may go beyond the terrain's edge."""
    first, end = index.slice_of(outlet)
    mask, row, column = mask_of(index.cells[first:end], index.grid.columns, frame=2)
    reach = _any_neighbour(mask)
    core = 1 - _any_neighbour(1 - mask)
    made = []
    for part in (core, reach):
        made.append(outline(part, row, column, index.grid) if part.any() else MultiPolygon())
        shapely.prepare(made[-1])
    return Border(*made)


def _any_neighbour(mask: Mask) -> Mask:
    """1 where the cell or one of its eight neighbours is 1."""
    wide = mask.copy()
    wide[:, 1:] |= mask[:, :-1]
    wide[:, :-1] |= mask[:, 1:]
    tall = wide.copy()
    tall[1:] |= wide[:-1]
    tall[:-1] |= wide[1:]
    return np.ascontiguousarray(tall)
