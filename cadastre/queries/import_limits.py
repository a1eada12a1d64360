"""The limits with which an import finds out where a predio lies."""

from datetime import date

from cadastre.imports.ground_facts import Limits, ParishLimit
from cadastre.keys.plain_text import plain
from cadastre.models import UrbanLimit
from cadastre.models.geometry_edge import to_shapely
from gis_project.territory.models import Municipality


def limits_of(municipality: Municipality, *, on: date) -> Limits:
    """Parishes, urban limits in force on that day, and the canton as far as they are loaded."""
    parishes = tuple(
        ParishLimit(
            id=parish.pk,
            dpa_code=parish.dpa_code,
            names=tuple(plain(name) for name in (parish.name, *parish.aliases)),
            kind=parish.kind,
            geom=to_shapely(parish.geom) if parish.geom else None,
        )
        for parish in municipality.parishes.all()
    )
    urban = UrbanLimit.objects.known().valid_on(on).filter(municipality=municipality)
    return Limits(
        parishes=parishes,
        urban=tuple(to_shapely(limit.geom) for limit in urban),
        canton=to_shapely(municipality.geom) if municipality.geom else None,
    )
