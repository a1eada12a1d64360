"""Building the basin index and answering a click, against pyflwdir and GRASS r.watershed, on one terrain.

    uv venv var/bench/pyflwdir && uv pip install --python var/bench/pyflwdir/bin/python pyflwdir rasterio
    apt-get install --no-install-recommends grass-core
    ./lindero bench basins [--tiles 9] [--rounds 3] [--growth 3 6 9 18 28]

The terrain is a mosaic of `tiles` × `tiles` copies of LINDERO_REAL_DATA/ecuador_terrain, mirrored so that it is
continuous (9 × 9 are 12.9 million cells). Each side runs in a process of its own, which compiles or loads what it needs
before the clock starts; rounds go in turns, so that a noisy minute hits all. Seconds of the clock and, because others
use the machine too, of the processor. `--growth` builds mosaics of several sizes with Lindero alone.
"""

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import rasterio

ROOT = Path(__file__).resolve().parent.parent
OURS = [sys.executable, str(ROOT / "bench" / "basins_sides" / "lindero.py")]
PYFLWDIR = [
    str(ROOT / "var" / "bench" / "pyflwdir" / "bin" / "python"),
    str(ROOT / "bench" / "basins_sides" / "pyflwdir_side.py"),
]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--tiles", type=int, default=9)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--growth", type=int, nargs="+")
    asked = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="basins-", dir=bench_folder()) as name:
        folder = Path(name)
        if asked.growth:
            growth(folder, asked.growth)
        else:
            compare(folder, asked.tiles, asked.rounds)


def bench_folder() -> Path:
    folder = ROOT / "var" / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def mosaic(folder: Path, tiles: int) -> Path:
    """Rows and columns of the terrain, every other copy mirrored; float32 with a number for missing cells."""
    source = Path(os.environ["LINDERO_REAL_DATA"]) / "ecuador_terrain" / "ta_rbsf_32717.tif"
    with rasterio.open(source) as terrain:
        tile, place, crs = terrain.read(4), terrain.transform, terrain.crs
    row = np.concatenate([tile[:, :: 1 - 2 * (k % 2)] for k in range(tiles)], axis=1)
    whole = np.concatenate([row[:: 1 - 2 * (k % 2)] for k in range(tiles)], axis=0)
    whole = np.where(np.isnan(whole), np.float32(-9999), whole)
    path = folder / f"terrain-{tiles}.tif"
    profile = {"width": whole.shape[1], "height": whole.shape[0], "count": 1, "dtype": "float32"}
    with rasterio.open(
        path, "w", driver="GTiff", crs=crs, transform=place, nodata=-9999, **profile
    ) as target:
        target.write(whole, 1)
    return path


def compare(folder: Path, tiles: int, rounds: int) -> None:
    path = mosaic(folder, tiles)
    print(f"load {os.getloadavg()[0]:.1f} before, {os.cpu_count()} cores")
    cold = run(OURS, "cold", path, NUMBA_CACHE_DIR=str(folder / "empty"))
    warm = run(OURS, "cold", path)
    ours, theirs, grass = [], [], []
    for _ in range(rounds):
        ours.append(run(OURS, "all", path, folder=folder))
        theirs.append(run(PYFLWDIR, "all", path))
        grass.append(r_watershed(path, folder))
    cells = ours[0]["cells"]
    print(f"load {os.getloadavg()[0]:.1f} after; {cells:,} cells; medians of {rounds} rounds\n")
    print("| | Lindero | pyflwdir | GRASS r.watershed -s |")
    print("|---|--:|--:|--:|")
    for title, key in (("seconds", "build_s"), ("of the processor", "build_cpu_s")):
        line(
            f"directions and index, {title}", [median(side, key) for side in (ours, theirs, grass)]
        )
    mine = median(ours, "build_cpu_s")
    line(
        "million cells a second of the processor",
        [cells / 1e6 / median(side, "build_cpu_s") for side in (ours, theirs, grass)],
    )
    line(
        "Lindero ÷ it, clock",
        [1] + [median(ours, "build_s") / median(side, "build_s") for side in (theirs, grass)],
    )
    line(
        "Lindero ÷ it, processor",
        [1] + [mine / median(side, "build_cpu_s") for side in (theirs, grass)],
    )
    line("peak memory, MB", [median(side, "peak_mb") for side in (ours, theirs, grass)])
    line(
        "polygon of about 10,000 cells, ms, median",
        [median(ours, "polygon_ms"), median(theirs, "polygon_ms")],
    )
    line("… the slowest", [median(ours, "polygon_worst_ms"), median(theirs, "polygon_worst_ms")])
    line("… it ÷ Lindero", [1, median(theirs, "polygon_ms") / median(ours, "polygon_ms")])
    line("the whole basin (areas, doubts), ms", [median(ours, "basin_ms")])
    line("read and hash the terrain, seconds", [median(ours, "read_s")])
    line("write the index, synced, seconds", [median(ours, "write_s")])
    line("open the index, ms", [median(ours, "open_ms")])
    line("index on disk, MB", [median(ours, "disk_mb")])
    line("first start, all compiled, seconds", [cold["import_s"]])
    line("start with compiled kernels, seconds", [warm["import_s"]])


def growth(folder: Path, sizes: list[int]) -> None:
    print(
        "| million cells | seconds | of the processor | ns a cell | peak memory, MB | bytes a cell |"
    )
    print("|--:|--:|--:|--:|--:|--:|")
    for tiles in sizes:
        path = mosaic(folder, tiles)
        found = run(OURS, "build", path)
        cells = found["cells"]
        print(
            f"| {cells / 1e6:.1f} | {found['build_s']:.2f} | {found['build_cpu_s']:.2f} "
            f"| {found['build_cpu_s'] / cells * 1e9:.0f} | {found['peak_mb']:.0f} "
            f"| {found['peak_mb'] * 1e6 / cells:.0f} |",
            flush=True,
        )
        path.unlink()


def run(
    command: list[str], what: str, path: Path, *, folder: Path | None = None, **more: str
) -> dict[str, Any]:
    """What the side's process tells in its last line."""
    words = [*command, what, str(path), *([str(folder)] if folder else [])]
    done = subprocess.run(
        words, cwd=ROOT, env={**os.environ, **more}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{words}:\n{done.stderr}\n{__doc__}")
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def r_watershed(path: Path, folder: Path) -> dict[str, float]:
    """Single flow direction in memory; the import of the terrain is not counted."""
    script = folder / "watershed.sh"
    script.write_text(
        f"r.in.gdal -o --quiet input={path} output=terrain\ng.region raster=terrain\n"
        "exec /usr/bin/time -f 'took %e %U %S %M' r.watershed -s --quiet elevation=terrain "
        "accumulation=upstream drainage=direction memory=8000\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        ["grass", "--tmp-location", str(path), "--exec", "sh", str(script)],
        capture_output=True,
        text=True,
        check=False,
    )
    found = re.search(r"took ([\d.]+) ([\d.]+) ([\d.]+) (\d+)", done.stderr)
    if not found:
        raise SystemExit(f"{done.stderr}\n{__doc__}")
    clock, user, system, kilobytes = map(float, found.groups())
    return {"build_s": clock, "build_cpu_s": user + system, "peak_mb": kilobytes / 1000}


def median(rows: list[dict[str, Any]], key: str) -> float:
    return statistics.median(row[key] for row in rows)


def line(title: str, values: list[float]) -> None:
    shown = [f"{value:,.2f}" if value < 100 else f"{value:,.0f}" for value in values]
    print(f"| {title} | {' | '.join(shown + [''] * (3 - len(shown)))} |")


if __name__ == "__main__":
    main()
