"""How the loops over cells are compiled.

Every kernel states its signature, so that it is compiled when its module is imported and never in the
middle of a request, and is kept on disk: in the folder that NUMBA_CACHE_DIR names when this module is
first imported. Another model of processor, another version of numba or a changed file compiles anew.
"""

from collections.abc import Callable
from typing import Any, TypeVar

import numba
import numpy as np
from numpy.typing import NDArray

F = TypeVar("F", bound=Callable[..., Any])

Cells = NDArray[
    np.int32
]  # cell numbers, row by row from the north-west, or positions in the pre-order
Codes = NDArray[np.uint8]
Heights = NDArray[np.float32]
Metres = NDArray[np.float64]
Flags = NDArray[np.bool_]


def kernel(signature: str) -> Callable[[F], F]:
    """Compiled for this signature, without the interpreter's lock, kept on disk."""
    made: Any = numba.njit(signature, cache=True, nogil=True)
    compiled: Callable[[F], F] = made
    return compiled
