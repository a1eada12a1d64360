"""From heights to a direction for every cell, in the four steps of the neighbouring files."""

from dataclasses import dataclass

import numpy as np

from water_basins.hydrology.compiled import Cells, Codes, Heights
from water_basins.hydrology.conditioning import Conditioning, burned, sink_cells
from water_basins.hydrology.d8 import NODATA, OUT, offsets
from water_basins.hydrology.depressions import (
    label_pits,
    lead_out,
    passes,
    spanning_tree,
    under_water,
)
from water_basins.hydrology.flats import drain_flats, level_cells
from water_basins.hydrology.grid import OutsideTerrain, distances
from water_basins.hydrology.steepest import margin_of, steepest_inside, steepest_on_margin
from water_basins.hydrology.terrain import Terrain


@dataclass(frozen=True, slots=True)
class Flow:
    """Where each cell drains (``direction``, codes of d8.py, none a pit), and what was met on the way.

    ``edge`` and ``beside_nodata``: cells from which the terrain's end is seen. ``ponded``
    and ``depth``: cells whose ground lies below the pass over which their depression was led out, and by how many
    metres. The ground is the terrain's: where a declared stream was sought lower, no water stands.
    ``scratch`` is room that may be written to.
    """

    direction: Codes
    edge: Cells
    beside_nodata: Cells
    ponded: Cells
    depth: Heights
    pits: int
    scratch: Cells


def flow_of(terrain: Terrain, conditioning: Conditioning) -> Flow:
    """The same directions for the same terrain and parameters, on every machine."""
    grid = terrain.grid
    sinks = sink_cells(conditioning, grid)
    height = burned(terrain.height, conditioning, grid)
    flat_height = height.reshape(-1)
    if np.isnan(flat_height[sinks]).any():
        raise OutsideTerrain("Un sumidero declarado está donde el terreno no tiene datos.")
    by_row = distances(grid)
    east, south, diagonal = (
        np.ascontiguousarray(1 / metres, dtype=np.float32)
        for metres in (by_row.east, by_row.south, by_row.diagonal)
    )
    steps = offsets(grid.columns)

    grid_of_codes = np.full(height.shape, NODATA, np.uint8)
    direction = grid_of_codes.reshape(-1)
    margin, why = margin_of(height)
    steepest_inside(height, east, south, diagonal, grid_of_codes)
    steepest_on_margin(height, east, south, diagonal, margin, grid_of_codes)
    direction[sinks] = OUT

    room = np.full(direction.size, -1, np.int32)
    pits = drain_flats(flat_height, steps, level_cells(direction), room, direction)
    label_pits(direction, steps, pits, room)
    ends, across, level = passes(flat_height, grid.columns, steps, margin, room)
    tree = spanning_tree(pits.size + 1, ends, level)
    water = lead_out(steps, pits.size + 1, tree, ends, across, level, room, direction)
    ponded, depth = under_water(terrain.height.reshape(-1), room, water)
    return Flow(
        direction=direction,
        edge=margin[(why & 1) > 0],
        beside_nodata=margin[(why & 2) > 0],
        ponded=ponded,
        depth=depth,
        pits=pits.size,
        scratch=room,
    )
