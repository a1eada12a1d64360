"""The walls around the process that reads a file: limits of the kernel, no network, few drivers.

Called once, at the start of `read_file`, before anything that starts threads is imported.
"""

import ctypes
import importlib.util
import os
import resource
from pathlib import Path

_CLONE_NEWUSER = 0x1000_0000
_CLONE_NEWNET = 0x4000_0000
_PR_SET_DUMPABLE = 4
_PR_SET_NO_NEW_PRIVS = 38
_OPEN_FILES = 128

# No GDAL or PROJ setting of the operator's environment may widen what a file can reach.
ENVIRONMENT = {
    "PROJ_NETWORK": "OFF",
    "GDAL_DISABLE_READDIR_ON_OPEN": "FALSE",
    "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": "{none}",
    "GDAL_HTTP_MAX_RETRY": "0",
    "GDAL_HTTP_TIMEOUT": "1",
    "GDAL_HTTP_PROXY": "http://127.0.0.1:9",
    "OGR_SQLITE_LOAD_EXTENSIONS": "",
    "OGR_GEOJSON_MAX_OBJ_SIZE": "64",
    "DXF_CLOSED_LINE_AS_POLYGON": "NO",
    "SHAPE_RESTORE_SHX": "NO",
    "GDAL_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
}


def enter(*, memory_bytes: int, cpu_s: int, file_bytes: int) -> bool:
    """Put this process under its limits, for good. Returns whether it has lost the network.

    A kernel or container that forbids namespaces leaves the network reachable; drivers that would
    use it are taken away all the same (``keep_only``).
    """
    _limit(resource.RLIMIT_AS, memory_bytes)
    _limit(resource.RLIMIT_CPU, cpu_s)
    _limit(resource.RLIMIT_FSIZE, file_bytes)
    _limit(resource.RLIMIT_NOFILE, _OPEN_FILES)
    _limit(resource.RLIMIT_CORE, 0)
    kernel = ctypes.CDLL(None, use_errno=True)
    kernel.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    kernel.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    os.environ.update(ENVIRONMENT)
    return bool(
        kernel.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) == 0 or kernel.unshare(_CLONE_NEWNET) == 0
    )


def keep_only(drivers: tuple[str, ...]) -> None:
    """Take every GDAL driver away but these, so that a file cannot choose who opens it."""
    library = _gdal()
    library.GDALGetDriver.restype = ctypes.c_void_p
    library.GDALGetDescription.restype = ctypes.c_char_p
    library.GDALGetDescription.argtypes = [ctypes.c_void_p]
    library.GDALDeregisterDriver.argtypes = [ctypes.c_void_p]
    present = [library.GDALGetDriver(i) for i in range(library.GDALGetDriverCount())]
    for driver in present:
        if library.GDALGetDescription(driver).decode() not in drivers:
            library.GDALDeregisterDriver(driver)


def _gdal() -> ctypes.CDLL:
    spec = importlib.util.find_spec("pyogrio")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("pyogrio")
    folder = Path(spec.origin).parent.parent / "pyogrio.libs"
    return ctypes.CDLL(str(next(iter(sorted(folder.glob("libgdal*.so*"))))))


def _limit(what: int, most: int) -> None:
    _, hard = resource.getrlimit(what)
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    resource.setrlimit(what, (most, most))
