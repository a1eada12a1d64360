"""What is still to be mended in predios that an import found as they were."""

from collections.abc import Mapping
from uuid import UUID

from cadastre.models import Observation
from gis_project.territory.models import Municipality


def open_observations(
    municipality: Municipality, keys: Mapping[UUID, str]
) -> list[tuple[str, str, str]]:
    """Key, code and message of every unresolved observation; ``keys`` by the id of unit and of parcel."""
    found = (
        Observation.objects.filter(municipality=municipality, resolved_by__isnull=True)
        .order_by("pk")
        .values_list("unit_id", "parcel_id", "code", "message")
    )
    return [
        (keys[unit if unit in keys else parcel], code, message)
        for unit, parcel, code, message in found.iterator()
        if unit in keys or parcel in keys
    ]
