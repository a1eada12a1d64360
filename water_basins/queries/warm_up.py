"""Loading what answers for basins before anybody asks: a second of numba that the first question need not wait for."""

import importlib
import os
from pathlib import Path
from threading import Timer

from django.conf import settings

from water_basins.hydrology.store import MANIFEST

LATER_S = 10.0  # the first pages after a start come first


def warm_up() -> Timer | None:
    """The thread that loads it a little later, in a process that serves.

    None, and nothing is loaded, without a terrain (150 MB for nothing) or before launcher/compile_kernels.py has left
    its mark: every process would compile the same.
    """
    if not any(settings.BASIN_INDEXES.glob(f"*/{MANIFEST}")):
        return None
    if not (Path(os.environ["NUMBA_CACHE_DIR"]) / "compiled").is_file():
        return None
    thread = Timer(LATER_S, importlib.import_module, ("water_basins.queries.basins",))
    thread.daemon = True
    thread.start()
    return thread
