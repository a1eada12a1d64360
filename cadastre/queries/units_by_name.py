"""Many predios at once by what a sheet calls them: their keys of all times, or their numbers."""

from collections.abc import Collection
from uuid import UUID

from cadastre.models import KeyAlias, PropertyUnit
from gis_project.territory.models import Municipality


def units_by_key(municipality: Municipality, keys: Collection[str]) -> dict[str, UUID]:
    """Normal form of a key → the predio that bears it last."""
    known = KeyAlias.objects.known().filter(municipality=municipality, normalised__in=keys)
    rows = known.order_by("is_principal", "valid").values_list("normalised", "unit_id")
    return dict(rows)


def units_by_number(municipality: Municipality, numbers: Collection[str]) -> dict[str, UUID]:
    """Número de predio → the predio."""
    units = PropertyUnit.objects.filter(municipality=municipality, number__in=numbers)
    return {str(number): unit for number, unit in units.values_list("number", "id")}
