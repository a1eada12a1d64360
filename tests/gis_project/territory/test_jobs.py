"""Background work belongs to its deed, shows itself, and survives the death of its worker."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

import tests.slow_task  # noqa: F401 -- registers the task
from gis_project.territory import jobs
from gis_project.territory.models import Job
from gis_project.territory.policy import CONSOLE
from tests import databases

SLOW = "tests.slow_task.slow"


def enqueue(started: str = "x") -> Job:
    return jobs.enqueue(SLOW, municipality=None, actor=CONSOLE, started=started)


def test_a_deed_rolled_back_leaves_no_work(fresh_database):
    with transaction.atomic():
        enqueue()
        transaction.set_rollback(True)
    assert not ProcrastinateJob.objects.exists()
    enqueue()
    assert ProcrastinateJob.objects.get().args["started"] == "x"


def test_progress_is_seen_while_the_work_is_not_committed(fresh_database):
    job = enqueue()
    with transaction.atomic():
        with jobs.reporting(job.pk) as advance:
            advance(1, 10, "leyendo")
            advance(10, 10)
        transaction.set_rollback(True)
    job.refresh_from_db()
    assert (job.done, job.total) == (10, 10)


@pytest.mark.django_db
def test_states():
    job = enqueue()
    assert jobs.start(job.pk).state == Job.State.RUNNING
    jobs.finish(job.pk, {"count": 3})
    job.refresh_from_db()
    assert (job.state, job.result) == (Job.State.DONE, {"count": 3})
    jobs.fail(job.pk, "No se pudo.")
    job.refresh_from_db()
    assert (job.state, job.message) == (Job.State.FAILED, "No se pudo.")


def test_every_periodic_task_is_known():
    names = {task.task.name for task in app.periodic_registry.periodic_tasks.values()}
    assert {
        "gis_project.territory.tasks.retry_stalled_jobs",
        "gis_project.territory.tasks.sweep_expired",
    } <= names


def test_the_job_of_a_killed_worker_is_done_by_the_next(fresh_database, tmp_path):
    started = tmp_path / "started"
    job = enqueue(str(started))
    first = _worker(fresh_database, tmp_path / "first.log")
    try:
        _wait(started.exists, tmp_path / "first.log")
    finally:
        first.kill()
        first.wait()
    time.sleep(1.2)  # the dead worker's heartbeat grows old
    app.configure_task(
        "gis_project.territory.tasks.retry_stalled_jobs", queueing_lock="test"
    ).defer(seconds_since_heartbeat=1)
    second = _worker(fresh_database, tmp_path / "second.log")
    try:
        _wait(lambda: Job.objects.get(pk=job.pk).state == Job.State.DONE, tmp_path / "second.log")
    finally:
        second.terminate()
        second.wait(timeout=20)


def _worker(database: str, log: Path) -> subprocess.Popen[bytes]:
    with log.open("wb") as output:
        return subprocess.Popen(
            [sys.executable, "-m", "tests.worker"],
            cwd=databases.ROOT,
            env=databases.environment_for(database),
            stdout=output,
            stderr=subprocess.STDOUT,
        )


def _wait(until, log: Path) -> None:
    for _ in range(400):
        if until():
            return
        time.sleep(0.1)
    pytest.fail(f"It did not come to pass:\n{log.read_text(errors='replace')[-3000:]}")
