"""Work that makes millions of small values and no cycles goes on without the collector of cycles looking at them.

Measured on 30,000 predios: 64 µs each instead of 103. Memory is freed by reference counts as ever.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collecting() -> Iterator[None]:
    """No automatic collection inside; afterwards as it was before, so it may be nested."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
