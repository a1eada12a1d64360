"""The register as the tests believe it: integers, fractions and dates, and nothing of the code under test."""

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from uuid import UUID

import shapely
from shapely.geometry.base import BaseGeometry


@lru_cache(4096)
def twice_mm2(geom: BaseGeometry) -> int:
    """Twice the area in mm², by the shoelace on whole millimetres; most ground stays from one act to the next."""
    return sum(
        abs(_ring(part.exterior)) - sum(abs(_ring(hole)) for hole in part.interiors)
        for part in shapely.get_parts(geom)
    )


def _ring(ring) -> int:
    points = [(round(x * 1000), round(y * 1000)) for x, y in ring.coords]
    return sum(x * v - u * y for (x, y), (u, v) in pairwise(points))


@dataclass
class Predio:
    parcel: UUID
    geom: BaseGeometry
    holders: dict[str, Fraction]
    began: date
    held_since: date
    address: str | None


@dataclass
class Model:
    """Live predios by id, those that ended, and what the ledgers say came in from elsewhere (twice mm²)."""

    live: dict[UUID, Predio] = field(default_factory=dict)
    retired: set[UUID] = field(default_factory=set)
    brought: int = 0

    def total(self) -> int:
        return sum(twice_mm2(predio.geom) for predio in self.live.values())

    def touching(self, unit: UUID) -> list[UUID]:
        """Live predios that share a stretch of boundary with this one."""
        own = self.live[unit].geom
        return [
            other
            for other, predio in self.live.items()
            if other != unit and own.relate_pattern(predio.geom, "FF2F11212")
        ]

    def overlapping(self) -> list[tuple[UUID, UUID]]:
        """Pairs of live predios whose interiors meet, by GEOS's exact predicates."""
        units = list(self.live)
        geoms = [self.live[unit].geom for unit in units]
        tree = shapely.STRtree(geoms)
        left, right = tree.query(geoms, predicate="intersects")
        return [
            (units[a], units[b])
            for a, b in zip(left.tolist(), right.tolist(), strict=True)
            if a < b and geoms[a].relate_pattern(geoms[b], "2********")
        ]
