"""Compiles the hydrology's loops into NUMBA_CACHE_DIR and leaves there, in `compiled`, the mark it was given."""

import importlib
import os
import pkgutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))


def main(mark: str) -> None:
    folder = Path(os.environ["NUMBA_CACHE_DIR"])
    folder.mkdir(parents=True, exist_ok=True)
    from water_basins import hydrology

    for module in pkgutil.iter_modules(hydrology.__path__, "water_basins.hydrology."):
        importlib.import_module(module.name)
    partial = folder / f"compiled.{os.getpid()}"
    partial.write_text(f"{mark}\n")
    partial.replace(folder / "compiled")


if __name__ == "__main__":
    main(sys.argv[1])
