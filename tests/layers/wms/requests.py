"""Requests to the door, as clients write them."""

import io
from urllib.parse import urlencode

import numpy as np
from PIL import Image

# The town of published_town.py with a margin: 160 m × 80 m.
TOWN = (773970.0, 9942980.0, 774130.0, 9943060.0)


def get_map(**changes: object) -> str:
    """A query of version 1.3.0; None takes a parameter away."""
    values: dict[str, object] = {
        "SERVICE": "WMS",
        "VERSION": "1.3.0",
        "REQUEST": "GetMap",
        "LAYERS": "parcels",
        "STYLES": "",
        "CRS": "EPSG:32717",
        "BBOX": ",".join(map(str, TOWN)),
        "WIDTH": 320,
        "HEIGHT": 160,
        "FORMAT": "image/png",
        **changes,
    }
    return urlencode({name: value for name, value in values.items() if value is not None})


def get_info(**changes: object) -> str:
    """GetFeatureInfo at the middle of lot 0 unless told otherwise."""
    values = {
        "REQUEST": "GetFeatureInfo",
        "QUERY_LAYERS": changes.get("LAYERS", "parcels"),
        "INFO_FORMAT": "application/json",
        "I": 80,
        "J": 100,
        **changes,
    }
    return get_map(**values)


def pixels(response) -> np.ndarray:
    """Red, green, blue, alpha of the picture in an answer."""
    assert response.status_code == 200, response.content[:600]
    with Image.open(io.BytesIO(response.content)) as image:
        return np.asarray(image.convert("RGBA"))
