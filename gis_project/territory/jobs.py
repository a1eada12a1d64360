"""Long work in the background: enqueued with the deed that asks for it, seen while it goes on.

`enqueue` writes the job's row and its place in the queue in the caller's transaction, so that a
deed that is rolled back leaves no work behind. A task takes the job's id, calls `start`, tells how
far it is through `reporting`, and ends with `finish` or `fail`.
"""

import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections
from django.utils import timezone
from procrastinate.contrib.django import app

from gis_project.territory.models import Job, Municipality
from gis_project.territory.policy import Actor, person
from gis_project.territory.scope import enter

REPORT_EVERY_S = 0.5


def enqueue(
    task: str,
    *,
    municipality: Municipality | None,
    actor: Actor,
    lock: str | None = None,
    **arguments: Any,
) -> Job:
    """The queued job. `task` is the full name («cadastre.tasks.import_parcels»); `arguments` are ids
    and plain values, never personal data. Jobs with equal `lock` run one after the other."""
    job = Job.objects.create(
        municipality=municipality, requested_by=person(actor), task=task, arguments=arguments
    )
    app.configure_task(task, lock=lock).defer(job_id=str(job.pk), **arguments)
    return job


def start(job_id: str | uuid.UUID) -> Job:
    """The job, marked as running and its municipality entered; counts begin anew when a dead worker's
    job is taken up."""
    Job.objects.filter(pk=job_id).update(
        state=Job.State.RUNNING, started_at=timezone.now(), done=0, message=""
    )
    job = Job.objects.select_related("municipality").get(pk=job_id)
    if job.municipality is not None:
        enter(job.municipality)
    return job


@contextmanager
def reporting(job_id: str | uuid.UUID) -> Iterator[Callable[..., None]]:
    """Yields `advance(done, total=None, message="")`, visible at once to those who watch.

    It writes through a connection of its own: the work itself may be one long transaction.
    """
    connection = connections.create_connection("default")
    last = 0.0

    def advance(done: int, total: int | None = None, message: str = "") -> None:
        nonlocal last
        now = time.monotonic()
        if now - last < REPORT_EVERY_S and done != total:
            return
        last = now
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE territory_job SET done = %s, total = %s, message = %s WHERE id = %s",
                [done, total, message, str(job_id)],
            )

    try:
        yield advance
    finally:
        connection.close()


def finish(job_id: str | uuid.UUID, result: dict[str, Any]) -> None:
    """Mark it done with its result (JSON values)."""
    Job.objects.filter(pk=job_id).update(
        state=Job.State.DONE, finished_at=timezone.now(), result=result
    )


def fail(job_id: str | uuid.UUID, message: str) -> None:
    """Mark it failed, in Spanish words that say what to do."""
    Job.objects.filter(pk=job_id).update(
        state=Job.State.FAILED, finished_at=timezone.now(), message=message
    )
