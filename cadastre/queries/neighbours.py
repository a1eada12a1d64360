"""Who lies next to a parcel: the text way of what the map shows around it."""

from datetime import date
from uuid import UUID

from cadastre.models import KeyAlias, ParcelVersion
from gis_project.territory.models import Municipality

AT_MOST = 40


def neighbours_of(parcel_id: UUID, *, municipality: Municipality, on: date) -> tuple[str, ...]:
    """The principal keys of the predios whose ground touches the parcel's on a civil date, in order, ``AT_MOST``."""
    versions = ParcelVersion.objects.known().valid_on(on).filter(municipality=municipality)
    own = versions.filter(parcel_id=parcel_id).first()
    if own is None or own.geom is None:
        return ()
    around = versions.filter(geom__intersects=own.geom).exclude(parcel_id=parcel_id)
    keys = (
        KeyAlias.objects.known()
        .valid_on(on)
        .filter(
            municipality=municipality,
            is_principal=True,
            unit__kind="WHOLE",
            unit__parcel__in=around.values("parcel"),
        )
        .order_by("text")
        .values_list("text", flat=True)
    )
    return tuple(keys[:AT_MOST])
