"""A PostgreSQL server to back up or restore: how to reach it, its programs, whose processes they are."""

import os
import re
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from gis_project.territory.backup.folder import BackupRefused

SUPERUSER = "postgres"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """A private cluster: its data, the folder of its socket, PostgreSQL's programs."""

    data: Path
    socket: Path
    programs: Path

    def connect(self, database: str, **options: Any) -> psycopg.Connection:
        """As the superuser, whom the socket's folder protects."""
        return psycopg.connect(
            host=str(self.socket), port=5432, user=SUPERUSER, dbname=database, **options
        )

    def url(self, role: str, database: str) -> str:
        return f"postgresql://{role}@/{database}?host={self.socket}&port=5432"

    def run(self, program: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        """A program of PostgreSQL as the server's own user; `returncode` is for the caller."""
        return subprocess.run(
            [self.programs / program, *arguments],
            capture_output=True,
            text=True,
            check=False,
            **as_owner_of(self.data),
        )


def recorded_cluster(var: Path, programs: Path | None) -> Cluster | None:
    """The installation's private cluster, which the launcher records in var/cluster."""
    record = var / "cluster"
    if not record.is_file():
        return None
    data, socket = (Path(line) for line in record.read_text(encoding="utf-8").splitlines()[:2])
    if not (data / "PG_VERSION").is_file():
        return None
    major = int((data / "PG_VERSION").read_text(encoding="utf-8"))
    return Cluster(data=data, socket=socket, programs=programs_of(major, programs))


def programs_of(major: int, named: Path | None) -> Path:
    """The folder of the programs of that PostgreSQL version."""
    candidates = [named] if named else []
    candidates += [Path(f"/usr/lib/postgresql/{major}/bin"), Path(f"/usr/pgsql-{major}/bin")]
    for folder in candidates:
        if (folder / "pg_basebackup").exists() and _major_of(folder) == major:
            return folder
    raise BackupRefused(
        f"Este respaldo necesita PostgreSQL {major} con PostGIS y aquí no está. Instálelo (apt-get "
        f"install postgresql-{major}-postgis-3) o indique su carpeta en LINDERO_PG_BIN."
    )


def _major_of(folder: Path) -> int:
    told = subprocess.run(
        [folder / "pg_basebackup", "--version"], capture_output=True, text=True, check=True
    )
    number = re.search(r"\(PostgreSQL\) (\d+)", told.stdout)
    return int(number[1]) if number else 0


def as_owner_of(path: Path) -> dict[str, Any]:
    """What subprocess needs to work as the owner of `path`: root may not run PostgreSQL."""
    clean = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
    if os.geteuid() != 0:
        return {"cwd": "/", "env": clean}
    owner = path.stat()
    return {
        "cwd": "/",
        "env": clean,
        "user": owner.st_uid,
        "group": owner.st_gid,
        "extra_groups": [],
    }


def client_environment(url: str) -> dict[str, str]:
    """The address as variables of libpq: a password on a command line is everybody's."""
    names = {
        "host": "PGHOST",
        "hostaddr": "PGHOSTADDR",
        "port": "PGPORT",
        "user": "PGUSER",
        "password": "PGPASSWORD",
        "dbname": "PGDATABASE",
        "sslmode": "PGSSLMODE",
        "sslrootcert": "PGSSLROOTCERT",
    }
    told = {k: str(v) for k, v in conninfo_to_dict(url).items() if v is not None}
    unknown = sorted(told.keys() - names.keys())
    if unknown:
        raise BackupRefused(f"La dirección de la base tiene opciones que no se admiten: {unknown}.")
    clean = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
    return clean | {names[key]: value for key, value in told.items()}


@contextmanager
def output_of(
    command: list[str | Path], **options: Any
) -> Iterator[tuple[Iterator[bytes], list[str]]]:
    """What a program writes, as chunks, and (after the last one) the lines it told on the side.

    A program that fails raises BackupRefused with its own words when the block ends.
    """
    with tempfile.TemporaryFile() as side:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=side, **options)
        assert process.stdout is not None
        told: list[str] = []

        def chunks() -> Iterator[bytes]:
            assert process.stdout is not None
            while chunk := process.stdout.read(1 << 20):
                yield chunk
            status = process.wait()
            side.seek(0)
            told.extend(side.read().decode(errors="replace").splitlines())
            if status != 0:
                words = "\n".join(told[-6:])
                raise BackupRefused(f"{Path(command[0]).name} no terminó bien:\n{words}")

        try:
            yield chunks(), told
        finally:
            process.stdout.close()
            if process.poll() is None:
                process.kill()
            process.wait()
