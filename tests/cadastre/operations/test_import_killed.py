"""kill -9 in the middle of an import: nothing half-done, and the next try does it all."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg

from cadastre.models import Operation, Parcel, ParcelVersion
from tests import databases
from tests.cadastre.imports.map_files import write_map
from tests.people import ROSA
from tests.register import town
from tests.shapes import strip
from tests.staff import appoint

_WAITS = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'cadastre_importbatch'::regclass"


def test_a_killed_import_leaves_nothing(fresh_database: str, tmp_path: Path) -> None:
    """A lock holds the import at its very last write; there the process is killed."""
    appoint(ROSA, "cadastre_technician", town())
    path = write_map(tmp_path / "l.gpkg", strip(50), clave=[f"L{n}" for n in range(50)])
    command = [sys.executable, "manage.py", "import_parcels", str(path), "--municipality=mejia"]
    command += [
        "--key-field=clave",
        "--commit",
        f"--by={ROSA.cedula}",
        f"--report={tmp_path / 'informe'}",
    ]
    with psycopg.connect(databases.url_for("DATABASE_OWNER_URL", fresh_database)) as holder:
        holder.execute("LOCK TABLE cadastre_importbatch IN SHARE MODE")
        process = subprocess.Popen(
            command,
            cwd=databases.ROOT,
            env=databases.environment_for(fresh_database),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            _wait_until_it_waits(holder, process)
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait(timeout=20)
    assert [Model.objects.count() for Model in (Parcel, ParcelVersion, Operation)] == [0, 0, 0]
    done = databases.run_manage(fresh_database, *command[2:])
    assert "Guardado: 50" in done.stdout
    assert Parcel.objects.count() == 50


def _wait_until_it_waits(holder: psycopg.Connection, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        (waiting,) = holder.execute(_WAITS).fetchone() or (0,)
        if waiting:
            return
        assert process.poll() is None
        time.sleep(0.1)
    raise AssertionError("the import never came to its last write")
