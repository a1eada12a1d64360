"""Where a municipality's map opens: at its largest town, else at all its ground."""

from django.contrib.gis.db.models import Extent
from django.contrib.gis.db.models.functions import Area

from cadastre.models import ParcelVersion, UrbanLimit
from gis_project.territory.models import Municipality

Box = tuple[float, float, float, float]


def town_extent(municipality: Municipality) -> Box | None:
    """West, south, east, north in EPSG:32717 of the largest urban limit, the canton, or the parcels; None for none."""
    town = (
        UrbanLimit.objects.known()
        .filter(municipality=municipality)
        .order_by(Area("geom").desc(), "id")
        .first()
    )
    if town is not None:
        west, south, east, north = town.geom.extent
        return west, south, east, north
    parcels = ParcelVersion.objects.known().filter(municipality=municipality)
    box: Box | None = parcels.aggregate(box=Extent("geom"))["box"]
    if box is None and municipality.geom is not None:
        west, south, east, north = municipality.geom.extent
        box = west, south, east, north
    return box
