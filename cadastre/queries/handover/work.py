"""What is under way: proposals and jobs."""

from collections import Counter
from datetime import date

from django.db.models import Count

from cadastre.acts.act_law import acts
from cadastre.models import Proposal
from cadastre.queries.handover.section import Section, day_of, many
from gis_project.territory.models import Job, Municipality

_OPEN = (
    Proposal.State.DRAFT,
    Proposal.State.SUBMITTED,
    Proposal.State.RETURNED,
    Proposal.State.APPROVED,
)


def open_proposals(municipality: Municipality, on: date) -> Section:
    """Changes of the cadastre that somebody prepared and that are not in force."""
    found = list(
        Proposal.objects.filter(municipality=municipality, state__in=_OPEN)
        .select_related("prepared_by")
        .annotate(predios=Count("units"))
        .order_by("prepared_at", "id")
    )
    states = Counter(proposal.get_state_display() for proposal in found)
    parts = ", ".join(f"{count} {state}" for state, count in sorted(states.items()))
    return Section(
        title="Cambios del catastro en trámite",
        told=f"{many(len(found), 'propuesta abierta', 'propuestas abiertas')}"
        + (f": {parts}." if found else "."),
        head=("acto", "estado", "predios", "preparada", "por"),
        rows=tuple(
            (
                acts()[one.verb].title if one.verb in acts() else one.verb,
                one.get_state_display(),
                str(one.predios),
                day_of(one.prepared_at, municipality),
                one.prepared_by.full_name if one.prepared_by else "consola",
            )
            for one in found
        ),
        right=(2,),
        widths=(4, 3, 1, 2, 3),
        is_whole=True,
    )


def open_jobs(municipality: Municipality, on: date) -> Section:
    """Long tasks that wait, run or failed."""
    states = (Job.State.QUEUED, Job.State.RUNNING, Job.State.FAILED)
    found = list(
        Job.objects.filter(municipality=municipality, state__in=states)
        .select_related("requested_by")
        .order_by("created_at", "id")
    )
    return Section(
        title="Trabajos del sistema sin terminar",
        told=f"{many(len(found), 'trabajo', 'trabajos')} en cola, en curso o que fallaron.",
        head=("tarea", "estado", "pedido", "por"),
        rows=tuple(
            (
                one.task,
                one.get_state_display(),
                day_of(one.created_at, municipality),
                one.requested_by.full_name if one.requested_by else "consola",
            )
            for one in found
        ),
        widths=(4, 2, 2, 3),
    )
