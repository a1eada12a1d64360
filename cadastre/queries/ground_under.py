"""Which predio lies under a polygon that somebody surveyed."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from cadastre.geometry.grid_rings import Area
from cadastre.models import ParcelVersion, PropertyUnit
from cadastre.models.geometry_edge import to_geos, to_shapely
from gis_project.territory.models import Municipality


def ground_under(
    shapes: Iterable[Area], *, municipality: Municipality, on: date
) -> list[list[tuple[PropertyUnit, float]]]:
    """For each polygon (EPSG:32717) the predios it touches with the share of its own area on each, largest first."""
    return [_under(shape, municipality, on) for shape in shapes]


def _under(shape: Area, municipality: Municipality, on: date) -> list[tuple[PropertyUnit, float]]:
    versions = (
        ParcelVersion.objects.known()
        .valid_on(on)
        .filter(municipality=municipality, geom__bboverlaps=to_geos(shape))
    )
    shares: dict[UUID, float] = {}
    for version in versions:
        share = to_shapely(version.geom).intersection(shape).area / shape.area
        if share > 0:
            shares[version.parcel_id] = share
    units = PropertyUnit.objects.filter(parcel_id__in=shares, kind=PropertyUnit.Kind.WHOLE).exclude(
        state=PropertyUnit.State.RETIRED
    )
    found = [(unit, shares[unit.parcel_id]) for unit in units if unit.parcel_id]
    return sorted(found, key=lambda pair: -pair[1])
