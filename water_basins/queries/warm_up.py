"""Loading what answers for basins before anybody asks: a second of numba that the first question need not wait for."""

import importlib
import os
from pathlib import Path
from threading import Thread

from django.conf import settings

from water_basins.hydrology.store import MANIFEST


def warm_up() -> Thread | None:
    """The thread that loads it, in a process that serves; a start does not wait for it.

    None, and nothing is loaded, without a terrain (150 MB for nothing) or before launcher/compile_kernels.py has left
    its mark: every process would compile the same.
    """
    if not any(settings.BASIN_INDEXES.glob(f"*/{MANIFEST}")):
        return None
    if not (Path(os.environ["NUMBA_CACHE_DIR"]) / "compiled").is_file():
        return None
    thread = Thread(
        target=importlib.import_module, args=("water_basins.queries.basins",), daemon=True
    )
    thread.start()
    return thread
