"""The ground around a shape on a day, for drawings: what is seen beside it, of whoever it is."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.contrib.gis.db.models.functions import Distance
from shapely.geometry.base import BaseGeometry

from cadastre.models import ParcelVersion
from cadastre.models.geometry_edge import to_geos, to_shapely
from gis_project.territory.models import Municipality

AT_MOST = 60


def neighbouring_ground(
    shape: BaseGeometry,
    *,
    municipality: Municipality,
    on: date,
    within_m: float,
    but: Collection[UUID] = (),
) -> list[BaseGeometry]:
    """The parcels' shapes near one in EPSG:32717, nearest first, ``AT_MOST``; without the parcels ``but``."""
    around = to_geos(shape.envelope)
    found = (
        ParcelVersion.objects.known()
        .valid_on(on)
        .filter(municipality=municipality, geom__dwithin=(around, within_m))
        .exclude(parcel__in=but)
        .order_by(Distance("geom", around), "pk")
    )
    return [to_shapely(geom) for geom in found.values_list("geom", flat=True)[:AT_MOST]]
