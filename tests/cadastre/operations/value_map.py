"""A map of land value zones as a GeoPackage, as a town hall's consultant would hand it over.

  R1: 8,000 USD/ha
┌───────────────────────────────────────┐
│ Inés, 100 m × 100 m      (y = 500)    │
└───────────────────────────────────────┘
┌──────── Z1: 100 USD/m² ───────┐┌─ Z2 ─┐
│ Rosa │ Rosa │ Tomás │ no one  ││ 60   │
└───────────────────────────────┘└──────┘
"""

from pathlib import Path

import numpy as np
import shapely
from pyogrio import raw

from tests.shapes import rectangle

Z1 = ("Z1", 100.0, "urbana", rectangle(0, 0, 80, 20))
Z2 = ("Z2", 60.0, "urbana", rectangle(80, 0, 40, 20))
R1 = ("R1", 8000.0, "rural", rectangle(0, 500, 200, 100))


def value_map(path: Path, *zones: tuple[str, float, str, shapely.Geometry]) -> Path:
    """The zones written to ``path``; without any, Z1, Z2 and R1."""
    codes, values, kinds, shapes = zip(*(zones or (Z1, Z2, R1)), strict=True)
    raw.write(
        path,
        shapely.to_wkb(np.array(shapes, dtype=object)),
        [np.array(codes, dtype=object), np.array(values), np.array(kinds, dtype=object)],
        ["codigo", "valor", "clase"],
        driver="GPKG",
        geometry_type="Polygon",
        crs="EPSG:32717",
        layer="zonas",
    )
    return path
