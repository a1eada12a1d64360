"""A simulation in the background: asked for at a desk, carried out by a job, its result kept with the job."""

from typing import Any

from django.db.models import QuerySet

from cadastre.operations.simulate_ordinance import check_may_simulate, simulate_ordinance
from cadastre.queries.ordinance_list import ordinance_before, ordinance_named
from gis_project.core.progress import Progress
from gis_project.territory.jobs import enqueue
from gis_project.territory.models import Job, Municipality, Ordinance
from gis_project.territory.policy import Actor

TASK = "cadastre.tasks.simulate_ordinance"
_HANDS = 2


def ask_for_simulation(
    ordinance: Ordinance, *, against: Ordinance | None, year: int, by: Actor
) -> Job:
    """The queued job; ``against`` None: what ruled before. One at a time in a town. Raises NotAllowed."""
    town = ordinance.municipality
    check_may_simulate(by, town)
    return enqueue(
        TASK,
        municipality=town,
        actor=by,
        lock=f"simulation {town.pk}",
        ordinance=str(ordinance.pk),
        against=str(against.pk) if against is not None else "",
        year=year,
    )


def simulations_of(ordinance: Ordinance) -> QuerySet[Job]:
    """The jobs that simulate this ordinance, the newest first."""
    return Job.objects.filter(
        municipality=ordinance.municipality, task=TASK, arguments__ordinance=str(ordinance.pk)
    )


def carry_out_simulation(
    municipality: Municipality,
    *,
    ordinance: str,
    against: str,
    year: int,
    by: Actor,
    phase: Progress,
) -> dict[str, Any]:
    """The job's result: the comparison without the single predios. Raises what ``simulate_ordinance`` does."""
    draft = ordinance_named(municipality, ordinance)
    found = simulate_ordinance(
        ordinance=draft,
        against=ordinance_named(municipality, against) if against else ordinance_before(draft),
        year=year,
        by=by,
        hands=_HANDS,
        phase=phase,
    )
    return found.as_dict()
