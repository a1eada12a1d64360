"""The table of tolerated area differences that a municipality's ordinance sets, as in force on a day."""

from datetime import date

from cadastre.acts.area_tolerance import SUBJECT, AreaTolerance, area_tolerance
from gis_project.core.errors import Conflict
from gis_project.territory.models import Municipality, Ordinance


class NoAreaTolerance(Conflict):
    """No approved ordinance sets the acceptable error on that day: load it first (load_ordinance)."""

    code = "no_area_tolerance"


def area_tolerance_in_force(municipality: Municipality, *, on: date) -> AreaTolerance:
    """The table of the approved ordinance in force on a civil date; NoAreaTolerance, InvalidAreaTolerance."""
    ordinance = Ordinance.objects.filter(
        municipality=municipality,
        subject=SUBJECT,
        state=Ordinance.State.APPROVED,
        valid__contains=on,
    ).first()
    if ordinance is None:
        raise NoAreaTolerance(
            f"{municipality.name} no tiene una ordenanza aprobada que fije el error técnico aceptable "
            f"de medición al {on:%d/%m/%Y} (COOTAD 481.1): cárguela con load_ordinance.",
            details={"on": on.isoformat()},
        )
    return area_tolerance(ordinance.parameters, number=ordinance.number)
