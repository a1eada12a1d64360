"""Building the index of a terrain, and keeping it."""

import hashlib
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import numpy as np

from water_basins.hydrology.compiled import Cells, Heights, Metres
from water_basins.hydrology.conditioning import Conditioning
from water_basins.hydrology.d8 import OUT, offsets
from water_basins.hydrology.directions import flow_of
from water_basins.hydrology.index import ARRAYS, BasinIndex, open_index
from water_basins.hydrology.preorder import catchment_sizes, number_cells
from water_basins.hydrology.store import MANIFEST, write_arrays
from water_basins.hydrology.terrain import Terrain

METHOD = 2  # counts up whenever the same terrain would give other directions, numbers or files

Progress = Callable[[str], None]


def version_of(terrain: Terrain, conditioning: Conditioning) -> str:
    """32 hexadecimal digits: the same for the same heights, place, parameters and method."""
    told = f"{METHOD} {terrain.digest()} {conditioning.digest()}"
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def ensure_index(
    terrain: Terrain,
    root: Path,
    conditioning: Conditioning | None = None,
    progress: Progress = lambda step: None,
) -> BasinIndex:
    """The index from its folder ``root/<version>``, built and written there first when it is missing.

    ``progress`` hears the names of the steps: index, write.
    """
    conditioning = conditioning or Conditioning()
    version = version_of(terrain, conditioning)
    if not (root / version / MANIFEST).exists():
        progress("index")
        index = build_index(terrain, conditioning, version=version)
        progress("write")
        facts = {
            "method": METHOD,
            "grid": asdict(index.grid),
            "conditioning": asdict(conditioning),
            "terrain": terrain.digest(),
            "pits": index.pits,
        }
        write_arrays(root / version, facts, {name: getattr(index, name) for name in ARRAYS})
    return open_index(root, version)


def build_index(
    terrain: Terrain, conditioning: Conditioning | None = None, *, version: str = ""
) -> BasinIndex:
    """The index in memory, about 18 bytes a cell (29 while it is built)."""
    flow = flow_of(terrain, conditioning or Conditioning())
    direction = flow.direction
    steps = offsets(terrain.grid.columns)
    size = np.empty(direction.size, np.int32)
    catchment_sizes(direction, steps, np.zeros(direction.size, np.uint8), size)
    count = int(np.count_nonzero(size))
    if int(size[direction == OUT].sum(dtype=np.int64)) != count:
        raise AssertionError("the flow closes a circle")
    position = np.empty(direction.size, np.int32)
    cells, sizes = np.empty(count, np.int32), np.empty(count, np.int32)
    number_cells(direction, steps, size, flow.scratch, position, cells, sizes)
    ponded, depth = _ponded(position, flow.ponded, flow.depth)
    return BasinIndex(
        version=version,
        grid=terrain.grid,
        pits=flow.pits,
        direction=direction,
        height=terrain.height.reshape(-1),
        position=position,
        cells=cells,
        sizes=sizes,
        edge=np.sort(position[flow.edge]),
        beside_nodata=np.sort(position[flow.beside_nodata]),
        ponded=ponded,
        ponded_depth=depth,
    )


def _ponded(position: Cells, cells: Cells, depth: Heights) -> tuple[Cells, Metres]:
    places = position[cells]
    order = np.argsort(places)
    running = np.zeros(places.size + 1)
    np.cumsum(depth[order], dtype=np.float64, out=running[1:])
    return places[order], running
