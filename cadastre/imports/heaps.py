"""Files whose polygons lie on one another by the thousand are refused before anything is written.

Each pair of parcels that share ground is measured and kept: a heap of n parcels has n² of them.
"""

from collections import Counter
from collections.abc import Sequence

import numpy as np
import shapely

from cadastre.imports.limits import MOST_COMMON_BOXES, MOST_SAME_SHAPES, PAIRS_AT_ONCE
from cadastre.imports.parcel_records import ParcelRecord
from gis_project.core.errors import InvalidInput


class HeapOfParcels(InvalidInput):
    """Too many polygons lie on one another: find the repeated ones and export the file again."""

    code = "heap_of_parcels"


def refuse_heaps(records: Sequence[ParcelRecord]) -> None:
    """Raises HeapOfParcels when the polygons that would enter repeat or cover one another too often."""
    kept = [record for record in records if record.geom is not None and record.rejection is None]
    same = Counter(record.geom_hash for record in kept).most_common(1)
    if same and same[0][1] > MOST_SAME_SHAPES:
        first = next(record.position for record in kept if record.geom_hash == same[0][0])
        raise HeapOfParcels(
            f"El mismo polígono se repite {same[0][1]} veces (la primera, en el registro {first}) y se "
            f"admiten {MOST_SAME_SHAPES}: quite los repetidos y exporte de nuevo."
        )
    if kept and _have_too_many_pairs(np.array([record.geom for record in kept], dtype=object)):
        raise HeapOfParcels(
            f"Los polígonos se enciman demasiado: más de {MOST_COMMON_BOXES} vecinos por predio en "
            "promedio. Revise si el archivo junta varias copias de la misma capa."
        )


def _have_too_many_pairs(geoms: np.ndarray) -> bool:
    tree = shapely.STRtree(geoms)
    most = MOST_COMMON_BOXES * len(geoms)
    step = max(1, PAIRS_AT_ONCE // len(geoms))
    pairs = 0
    for start in range(0, len(geoms), step):
        part = geoms[start : start + step]
        pairs += tree.query(part).shape[1] - len(part)  # each meets itself
        if pairs > most:
            return True
    return False
