"""Procedures that somebody asked for and that have no answer yet."""

from datetime import date

from cadastre.models import Procedure
from cadastre.procedures.procedure_type import procedure_types
from cadastre.queries.handover.section import Section, day, day_of, many
from cadastre.queries.procedure_holders import holders_of_procedures, offices_of
from gis_project.territory.models import Municipality


def open_procedures(municipality: Municipality, on: date) -> Section:
    """Each open procedure with who has it in hand and until when; the overdue ones first."""
    found = list(
        Procedure.objects.filter(municipality=municipality, closed_at__isnull=True).order_by(
            "due_on", "received_at", "pk"
        )
    )
    holders = holders_of_procedures(found, municipality=municipality, on=on)
    types = procedure_types()
    late = sum(one.due_on is not None and one.due_on < on for one in found)
    told = many(len(found), "trámite abierto", "trámites abiertos")
    told += f"; {many(late, 'vencido', 'vencidos')}." if found else "."
    return Section(
        title="Trámites abiertos",
        told=told,
        head=("número", "clase", "estado", "a cargo de", "recibido", "vence"),
        rows=tuple(
            (
                one.number,
                types[one.kind].title,
                types[one.kind].state(one.state).title,
                holders[one.pk].full_name if one.pk in holders else ", ".join(offices_of(one)),
                day_of(one.received_at, municipality),
                _due(one, on),
            )
            for one in found
        ),
        widths=(2, 4, 3, 4, 2, 3),
        is_whole=True,
    )


def _due(procedure: Procedure, on: date) -> str:
    if procedure.due_on is None:
        state = procedure_types()[procedure.kind].state(procedure.state)
        return "espera al solicitante" if state.waits_for_applicant else "sin plazo"
    return day(procedure.due_on) + (" · vencido" if procedure.due_on < on else "")
