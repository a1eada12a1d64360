"""What somebody asks of a layer, as one frozen value."""

from dataclasses import dataclass

from layers.catalogue import PublishedLayer
from layers.features.conditions import Condition
from layers.features.cursor import Key
from layers.features.published_crs import CRS84, PublishedCrs


@dataclass(frozen=True, slots=True, kw_only=True)
class FeatureQuery:
    """Features of ``layer`` that fulfil all ``conditions``, in the order of their keys, after ``after``.

    ``limit`` None means all. ``with_history`` reads the versions of all days instead of today's.
    """

    layer: PublishedLayer
    conditions: tuple[Condition, ...] = ()
    with_history: bool = False
    crs: PublishedCrs = CRS84
    limit: int | None = 100
    after: Key | None = None
