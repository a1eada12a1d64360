"""A worker process with impatient heartbeats; `python -m tests.worker`."""

import asyncio
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gis_project.settings")
django.setup()


async def work() -> None:
    from procrastinate.contrib.django import app

    import tests.slow_task  # noqa: F401 -- registers the task

    with app.replace_connector(app.connector.get_worker_connector()) as worker_app:
        async with worker_app.open_async():
            await worker_app.run_worker_async(
                update_heartbeat_interval=0.2,
                stalled_worker_timeout=1,
                fetch_job_polling_interval=0.2,
            )


if __name__ == "__main__":
    asyncio.run(work())
