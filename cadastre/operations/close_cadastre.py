"""Closes the cadastre of a year: Avalúos tells Rentas that the emission of the next year may be generated."""

from django.db import transaction

from cadastre.models import CadastreClosing
from gis_project.core.errors import InvalidInput
from gis_project.territory.clock import today_in
from gis_project.territory.models import Municipality
from gis_project.territory.operations.record_audit_event import record_audit_event
from gis_project.territory.policy import Actor, check_can, person


class YearNotOver(InvalidInput):
    """The year is not over, so its cadastre still changes: close it from 31 December on."""

    code = "year_not_over"


def close_cadastre(*, municipality: Municipality, year: int, by: Actor) -> CadastreClosing:
    """The closing of ``year`` (COOTAD Art. 511); a second one returns the first. YearNotOver, NotAllowed.

    Acts that become valid before its last day but are recorded later are told as *novedades*.
    """
    today = today_in(municipality)
    check_can(by, "approve_valuation", municipality=municipality, on=today)
    if (today.year, today.month, today.day) < (year, 12, 31):
        raise YearNotOver(
            f"El catastro de {year} se cierra desde el 31 de diciembre de {year}; hoy es {today}."
        )
    with transaction.atomic():
        closing, is_new = CadastreClosing.objects.get_or_create(
            municipality=municipality, year=year, defaults={"closed_by": person(by)}
        )
        if is_new:
            record_audit_event(
                municipality=municipality,
                actor=by,
                action="close_cadastre",
                object_type="cadastre.CadastreClosing",
                object_id=closing.pk,
                body={"year": year},
            )
    return closing
