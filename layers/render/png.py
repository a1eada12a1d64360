"""PNG out of pixels, by the isal compressor: an eighth of the time of Mapnik's own writer, about the same size."""

import struct
import zlib

import numpy as np
from isal import isal_zlib

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_COLOR_TYPES = {3: 2, 4: 6}  # channels → PNG colour type (true colour, with alpha)
_PALETTE = 3
_LEVEL = 2


def encode_png(pixels: np.ndarray, *, with_alpha: bool) -> bytes:
    """A PNG of `pixels`, uint8 of shape (height, width, 4), alpha not premultiplied; without it 3 channels.

    Rows are not filtered: maps are flat colours and repeat themselves, filters would hide that.
    """
    height, width, _ = pixels.shape
    channels = 4 if with_alpha else 3
    rows = np.zeros((height, width * channels + 1), np.uint8)
    if with_alpha:
        rows[:, 1:] = pixels.reshape(height, width * 4)
    else:
        for channel in range(3):  # three strided copies take a fifth of the time of one slice
            rows[:, 1 + channel :: 3] = pixels[:, :, channel]
    return _file(width, height, 8, _COLOR_TYPES[channels], isal_zlib.compress(rows, _LEVEL))


def encode_solid_png(color: tuple[int, int, int, int], *, width: int, height: int) -> bytes:
    """A PNG of one colour (red, green, blue, alpha): a palette of one and a bit a pixel."""
    rows = bytes(((width + 7) // 8 + 1) * height)
    palette = _chunk(b"PLTE", bytes(color[:3])) + _chunk(b"tRNS", bytes(color[3:]))
    return _file(width, height, 1, _PALETTE, zlib.compress(rows, 1), palette)


def _file(
    width: int, height: int, depth: int, color_type: int, data: bytes, palette: bytes = b""
) -> bytes:
    header = struct.pack("!IIBBBBB", width, height, depth, color_type, 0, 0, 0)
    # 0.28 mm, the standard's pixel, so that a GIS that prints the picture prints it to scale.
    density = struct.pack("!IIB", 3571, 3571, 1)
    return b"".join(
        (
            _SIGNATURE,
            _chunk(b"IHDR", header),
            palette,
            _chunk(b"pHYs", density),
            _chunk(b"IDAT", data),
            _chunk(b"IEND", b""),
        )
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack("!I", len(data)) + kind + data + struct.pack("!I", zlib.crc32(kind + data))
