"""A drawn image as bytes in the asked format."""

import numpy as np

from layers.render.jobs import Canvas
from layers.render.mapnik_library import mapnik
from layers.render.png import encode_png, encode_solid_png

_MAPNIK_FORMATS = {"png8": "png8:m=h:z=4:c=256", "jpeg": "jpeg85", "webp": "webp:quality=85"}


def encode(image: "mapnik.Image", canvas: Canvas) -> bytes:
    """The picture file. Mapnik's own PNG writer is its slowest part, so true-colour PNG is ours."""
    if canvas.format != "png":
        return bytes(image.to_string(_MAPNIK_FORMATS[canvas.format]))
    pixels = np.frombuffer(image.to_string(), np.uint8).reshape(canvas.height, canvas.width, 4)
    if image.is_solid():
        red, green, blue, alpha = map(int, pixels[0, 0])
        solid = (red, green, blue, alpha)
        return encode_solid_png(solid, width=canvas.width, height=canvas.height)
    return encode_png(pixels, with_alpha=canvas.is_transparent)
