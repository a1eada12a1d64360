"""Numbers for Prometheus; with PROMETHEUS_MULTIPROC_DIR all processes of the server count together."""

import os

from prometheus_client import (
    REGISTRY,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
    multiprocess,
)

REQUEST_SECONDS = Histogram(
    "lindero_request_seconds",
    "Time until the answer's head, by route",
    ["method", "route", "status"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
JOBS_RETRIED = Counter("lindero_jobs_retried", "Jobs of dead workers that were taken up again")


def exposition() -> bytes:
    """All metrics in Prometheus' text format."""
    if not os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        return generate_latest(REGISTRY)
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return generate_latest(registry)
