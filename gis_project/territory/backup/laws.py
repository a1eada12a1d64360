"""The register's laws on a restored cluster, by `audit` in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

from gis_project.territory.backup.facts import shipped_migrations
from gis_project.territory.backup.manifest import Manifest
from gis_project.territory.backup.server import Cluster

ROOT = Path(__file__).parents[3]


def broken_laws(cluster: Cluster, manifest: Manifest) -> str | None:
    """What `audit` says is broken, empty when nothing is; None when the schema is of another version."""
    if manifest.facts.migrations != shipped_migrations():
        return None
    done = subprocess.run(
        [sys.executable, "manage.py", "audit"],
        cwd=ROOT,
        env={
            **os.environ,
            "LINDERO_DB_ROLE": "app",
            "DATABASE_URL": cluster.url("lindero_app", manifest.database),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode == 0:
        return ""
    return "\n" + (done.stdout + done.stderr)[-3000:]
