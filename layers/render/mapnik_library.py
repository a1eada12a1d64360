"""`mapnik`, imported without disturbing anybody; only render processes import this module.

Importing mapnik points PROJ_LIB, GDAL_DATA and ICU_DATA to its own wheel. Other libraries with a PROJ of their own
(rasterio, pyogrio) then do not find their database, so the variables are put back. Mapnik itself looks at them
whenever it meets a CRS that it does not know by heart (31992, 31993) or a label's regular expression:
`own_environment` gives them back for a while.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager

_VARIABLES = (
    "PROJ_LIB",
    "PROJ_DATA",
    "GDAL_DATA",
    "ICU_DATA",
    "GDAL_CURL_CA_BUNDLE",
    "PROJ_CURL_CA_BUNDLE",
)


def _now() -> dict[str, str | None]:
    return {name: os.environ.get(name) for name in _VARIABLES}


def _set(values: dict[str, str | None]) -> None:
    for name, value in values.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value


_before = _now()
import mapnik as mapnik  # noqa: E402

_mapniks_own = _now()
_set(_before)


@contextmanager
def own_environment() -> Iterator[None]:
    """Mapnik's own PROJ and ICU data are found meanwhile."""
    outside = _now()
    _set(_mapniks_own)
    try:
        yield
    finally:
        _set(outside)
