"""Periodic housekeeping of the queue and of what has expired."""

from datetime import timedelta

from asgiref.sync import sync_to_async
from django.core.management import call_command
from django.utils import timezone
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.jobs import Job as QueuedJob
from procrastinate.jobs import Status

from gis_project.territory import jobs
from gis_project.territory.metrics import JOBS_RETRIED
from gis_project.territory.models import RateBucket

# A job that has cost this many workers their life would cost the next one too.
MOST_ATTEMPTS = 3


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="retry_stalled_jobs", pass_context=True)
async def retry_stalled_jobs(
    context: JobContext, timestamp: int = 0, seconds_since_heartbeat: float = 30
) -> None:
    """Put jobs of dead workers back into the queue; give up what has killed three of them."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=seconds_since_heartbeat):
        if job.attempts + 1 < MOST_ATTEMPTS:
            await manager.retry_job(job)
            JOBS_RETRIED.inc()
        else:
            await manager.finish_job(job, Status.FAILED, delete_job=False)
            await sync_to_async(_tell_failure)(job)


@app.periodic(cron="17 3 * * *")
@app.task(queueing_lock="sweep_expired")
def sweep_expired(timestamp: int = 0) -> None:
    """Remove expired sessions and rate buckets that have long been full again."""
    call_command("clearsessions")
    RateBucket.objects.filter(seen_at__lt=timezone.now() - timedelta(days=2)).delete()


def _tell_failure(job: QueuedJob) -> None:
    job_id = job.task_kwargs.get("job_id")
    if job_id:
        jobs.fail(str(job_id), "El trabajo se interrumpió tres veces; avise a soporte.")
