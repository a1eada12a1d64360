"""Whether a predio has ground on the map, as the register knows it now."""

from cadastre.models import ParcelVersion, PropertyUnit


def has_map(unit: PropertyUnit) -> bool:
    """True for one whose ground has a polygon in force; of a condominium's unit, its matrix's ground."""
    now = ParcelVersion.objects.known().filter(parcel=unit.parcel_id, valid__upper_inf=True)
    return unit.parcel_id is not None and now.filter(geom__isnull=False).exists()
