"""A task that says when it begins, for tests that kill its worker."""

import time
from pathlib import Path

from procrastinate.contrib.django import app

from gis_project.territory import jobs


@app.task(name="tests.slow_task.slow")
def slow(job_id: str, started: str) -> None:
    jobs.start(job_id)
    first = not Path(started).exists()
    Path(started).write_text("started")
    if first:
        time.sleep(120)
    jobs.finish(job_id, {"attempt": "second"})
