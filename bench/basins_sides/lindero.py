"""Lindero's side of bench/basins.py: `cold`, `build` or `all`, the terrain's path, a folder for the index."""

import json
import os
import resource
import sys
import tempfile
import time
from pathlib import Path

started = time.perf_counter()
ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault(
    "NUMBA_CACHE_DIR", str(Path(os.environ.get("LINDERO_VAR", ROOT / "var")) / "numba")
)

import numpy as np

from water_basins.hydrology.basin import delineate
from water_basins.hydrology.build import build_index, ensure_index
from water_basins.hydrology.index import open_index
from water_basins.hydrology.outline import mask_of, outline
from water_basins.hydrology.terrain import read_terrain

imported = time.perf_counter() - started


def main() -> None:
    what, path, *folder = sys.argv[1:]
    found: dict[str, float] = {"import_s": imported}
    if what != "cold":
        clock = time.perf_counter()
        terrain = read_terrain(Path(path))
        terrain.digest()
        found["read_s"] = time.perf_counter() - clock
        clock, processor = time.perf_counter(), time.process_time()
        index = build_index(terrain)
        found["build_s"] = time.perf_counter() - clock
        found["build_cpu_s"] = time.process_time() - processor
        found["cells"] = index.position.size
        found["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    if what == "all":
        began: dict[str, float] = {}
        root = Path(tempfile.mkdtemp(dir=folder[0]))
        kept = ensure_index(
            terrain, root, progress=lambda step: began.setdefault(step, time.perf_counter())
        )
        found["write_s"] = time.perf_counter() - began["write"]
        clock = time.perf_counter()
        index = open_index(root, kept.version)
        found["open_ms"] = (time.perf_counter() - clock) * 1000
        files = (root / kept.version).iterdir()
        found["disk_mb"] = sum(file.stat().st_size for file in files) / 1e6
        wanted = index.cells[(index.sizes > 9_500) & (index.sizes < 10_500)]
        outlets = np.random.default_rng(1).choice(wanted, 200).tolist()
        polygons, basins = [], []
        for outlet in outlets:
            clock = time.perf_counter()
            first, end = index.slice_of(outlet)
            outline(*mask_of(index.cells[first:end], index.grid.columns), index.grid)
            polygons.append((time.perf_counter() - clock) * 1000)
            clock = time.perf_counter()
            delineate(index, outlet)
            basins.append((time.perf_counter() - clock) * 1000)
        found["polygon_ms"] = float(np.median(polygons))
        found["polygon_worst_ms"] = max(polygons)
        found["basin_ms"] = float(np.median(basins))
    print(json.dumps(found))


if __name__ == "__main__":
    main()
