"""pyflwdir's side of bench/basins.py; runs in an environment of its own, without the project."""

import json
import resource
import sys
import time

import numpy as np
import pyflwdir
import rasterio
from rasterio import features


def main() -> None:
    path = sys.argv[2]
    with rasterio.open(path) as source:
        height, place = source.read(1), source.transform
    small = np.ascontiguousarray(height[:200, :200])
    flow = directions(small, place)  # compiles
    flow.upstream_area(unit="cell")
    outlet_polygons(flow, place, np.array([5000, 6000]))
    clock, processor = time.perf_counter(), time.process_time()
    flow = directions(height, place)
    upstream = flow.upstream_area(unit="cell")
    found = {
        "build_s": time.perf_counter() - clock,
        "build_cpu_s": time.process_time() - processor,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000,
    }
    wanted = np.flatnonzero((upstream > 9_500) & (upstream < 10_500))
    outlets = np.random.default_rng(1).choice(wanted, 12)
    took = outlet_polygons(flow, place, outlets)
    found["polygon_ms"], found["polygon_worst_ms"] = float(np.median(took)), max(took)
    print(json.dumps(found))


def directions(height, place):
    return pyflwdir.from_dem(height, nodata=-9999, transform=place, latlon=False)


def outlet_polygons(flow, place, outlets) -> list[float]:
    """Milliseconds for each outlet: its basin on the grid, and that as polygons."""
    took = []
    for outlet in outlets:
        clock = time.perf_counter()
        basin = flow.basins(idxs=np.array([outlet]))
        list(features.shapes(basin.astype(np.uint8), mask=basin > 0, transform=place))
        took.append((time.perf_counter() - clock) * 1000)
    return took


if __name__ == "__main__":
    main()
