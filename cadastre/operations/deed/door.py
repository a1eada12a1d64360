"""How a verb is reached from outside: its inputs, and what they name in the register."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from cadastre.acts.act_inputs import Inputs
from cadastre.geometry.grid import snapped
from cadastre.models import Party, PropertyUnit
from cadastre.operations.deed.filing import Filing
from cadastre.operations.deed.outcome import Outcome
from cadastre.queries.properties import find_property
from gis_project.core.areas import reprojected
from gis_project.core.crs import STORAGE_SRID, check_legal_srid
from gis_project.core.errors import NotFound
from gis_project.territory.clock import today_in
from gis_project.territory.models import Municipality


class PartyNotFound(NotFound):
    """There is no such party in this municipality: register the person first."""

    code = "party_not_found"


@dataclass(frozen=True, slots=True)
class Door:
    """How one verb is read and carried out."""

    inputs: type[Inputs]
    run: Callable[[Municipality, Any, Filing], Outcome]


def unit_named(municipality: Municipality, text: str) -> PropertyUnit:
    """The predio by its id, any key or número de predio; PropertyNotFound."""
    try:
        unit = PropertyUnit.objects.filter(municipality=municipality, pk=UUID(text)).first()
    except ValueError:
        unit = None
    return unit or find_property(municipality=municipality, text=text, on=today_in(municipality))


def party_named(municipality: Municipality, party: UUID) -> Party:
    """The party of that id in the municipality; PartyNotFound."""
    found = Party.objects.filter(municipality=municipality, pk=party).first()
    if found is None:
        raise PartyNotFound("No hay tal titular en este municipio: registre primero a la persona.")
    return found


def stored(geom: BaseGeometry, srid: int) -> Any:
    """The geometry in the storage CRS on the millimetre grid; nothing is repaired."""
    check_legal_srid(srid)
    shapes = np.array([shapely.force_2d(geom)], dtype=np.object_)
    if srid != STORAGE_SRID:
        shapes = reprojected(shapes, to_srid=STORAGE_SRID, from_srid=srid)
    return snapped(shapes)[0]
