"""PNG files that anybody can open, with just the pixels that were drawn."""

import io

import numpy as np
import pytest
from PIL import Image

from layers.render.png import encode_png, encode_solid_png


@pytest.fixture
def pixels():
    chance = np.random.default_rng(7)
    return chance.integers(0, 256, size=(13, 29, 4), dtype=np.uint8)


def decoded(data):
    with Image.open(io.BytesIO(data)) as image:
        image.load()
        return image


def test_with_alpha_every_pixel_comes_back(pixels):
    image = decoded(encode_png(pixels, with_alpha=True))
    assert image.mode == "RGBA"
    assert np.array_equal(np.asarray(image), pixels)


def test_without_alpha_the_colours_come_back(pixels):
    image = decoded(encode_png(pixels, with_alpha=False))
    assert image.mode == "RGB"
    assert np.array_equal(np.asarray(image), pixels[:, :, :3])


def test_a_pixel_is_0_28_mm_wide(pixels):
    horizontal, _ = decoded(encode_png(pixels, with_alpha=True)).info["dpi"]
    assert round(25.4 / horizontal, 2) == 0.28


@pytest.mark.parametrize("width", [1, 7, 8, 9, 256])
def test_one_colour_needs_a_bit_a_pixel(width):
    data = encode_solid_png((250, 240, 230, 0), width=width, height=5)
    image = decoded(data).convert("RGBA")
    assert image.size == (width, 5)
    assert (np.asarray(image) == (250, 240, 230, 0)).all()
    assert len(data) < 150
