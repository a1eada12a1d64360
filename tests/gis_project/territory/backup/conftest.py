"""A private server of these tests' own, with the sample town in it, and a folder to back it up to."""

import os
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from gis_project.territory.backup import second_cluster
from gis_project.territory.backup.folder import BackupFolder, open_for_writing
from gis_project.territory.backup.manifest import Manifest
from gis_project.territory.backup.second_cluster import Place
from gis_project.territory.backup.server import Cluster, recorded_cluster
from gis_project.territory.backup.take import Installation, take_base
from tests import databases
from tests.launcher.shell import run_part

PHRASE = b"frase de las pruebas, larga"
START = "step_log=$LOGS/start; find_postgres; locate_cluster; start_cluster; prepare_roles"


@dataclass(frozen=True)
class Town:
    """An installation with a private server; `note` is a write that a test can look for later."""

    var: Path
    cluster: Cluster

    @property
    def installation(self) -> Installation:
        return Installation(
            var=self.var, files=self.var / "files", secret_key="s" * 50, privacy_key="p" * 50
        )

    def note(self, name: str) -> str:
        """Commits an audit event of that name; comes back with the instant after it."""
        with self.cluster.connect("lindero") as connection:
            connection.execute(
                "INSERT INTO territory_auditevent (id, recorded_at, action, object_type, object_id,"
                " body, body_hash) VALUES (%s, now(), %s, 'drill', '1', '{}',"
                " encode(sha256('{}'), 'hex'))",
                [uuid.uuid4(), name],
            )
        with self.cluster.connect("lindero", autocommit=True) as connection:
            row = connection.execute("SELECT clock_timestamp()").fetchone()
        assert row is not None
        return str(row[0].isoformat())

    def back_up(self, folder: BackupFolder, *, keep_archiving: bool = True) -> Manifest:
        return take_base(
            installation=self.installation,
            cluster=self.cluster,
            database="lindero",
            folder=folder,
            keep_archiving=keep_archiving,
            tell=lambda line: None,
        )


def notes_in(cluster: Cluster) -> list[str]:
    with cluster.connect("lindero") as connection:
        rows = connection.execute(
            "SELECT action FROM territory_auditevent WHERE object_type = 'drill' ORDER BY seq"
        )
        return [name for (name,) in rows]


@pytest.fixture(scope="session")
def drill_root() -> Iterator[Path]:
    """Below /tmp and open to pass through: root's own folders are closed to the server's user."""
    root = Path(tempfile.mkdtemp(prefix="lindero-drill-", dir="/tmp"))
    root.chmod(0o755)
    yield root
    shutil.rmtree(root)


@pytest.fixture(scope="session")
def town(drill_root: Path, sample_database_name: str) -> Iterator[Town]:
    var = drill_root / "var"
    made = run_part(START, var=var)
    assert made.returncode == 0, made.stdout + made.stderr
    cluster = recorded_cluster(var, None)
    assert cluster is not None
    (var / "files" / "ab").mkdir(parents=True)
    (var / "files" / "ab" / "plano.pdf").write_bytes(b"un plano")
    (var / "lindero.env").write_text("SECRET_KEY=ssss\nLINDERO_PRIVACY_KEY=pppp\n")
    _copy_database(sample_database_name, cluster)
    try:
        yield Town(var, cluster)
    finally:
        second_cluster.stop(cluster)


@pytest.fixture
def folder(tmp_path: Path) -> BackupFolder:
    return open_for_writing(tmp_path / "respaldos", passphrase=PHRASE, plain=False)


@pytest.fixture
def place(drill_root: Path) -> Iterator[Callable[[], Place]]:
    """New places for restored servers, which are stopped and removed afterwards."""
    made: list[Place] = []

    def new() -> Place:
        owner = (drill_root / "var" / "postgres" / "data").stat()
        one = Place(drill_root / f"r{uuid.uuid4().hex[:8]}", (owner.st_uid, owner.st_gid))
        made.append(one)
        return one

    yield new
    for one in made:
        if (one.data / "postmaster.pid").exists():
            programs = recorded_cluster(drill_root / "var", None)
            assert programs is not None
            second_cluster.stop(
                Cluster(data=one.data, socket=one.socket, programs=programs.programs)
            )
        shutil.rmtree(one.home, ignore_errors=True)


def _copy_database(name: str, cluster: Cluster) -> None:
    """The tests' database in the private server: a dump, without what the template already has."""
    url = databases.url_for("DATABASE_OWNER_URL", name)
    dump = subprocess.run(
        [cluster.programs / "pg_dump", "--format=custom", "--compress=0", "--dbname", url],
        check=True,
        capture_output=True,
    ).stdout
    address = ["--host", str(cluster.socket), "--username=postgres", "--dbname=lindero"]
    with tempfile.NamedTemporaryFile() as file:
        file.write(dump)
        file.flush()
        listing = subprocess.run(
            [cluster.programs / "pg_restore", "--list", file.name],
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        wanted = [
            line
            for line in listing.splitlines()
            if " EXTENSION " not in line and " SCHEMA - public " not in line
        ]
        with tempfile.NamedTemporaryFile("w") as lines:
            lines.write("\n".join(wanted))
            lines.flush()
            subprocess.run(
                [
                    cluster.programs / "pg_restore",
                    *address,
                    "--exit-on-error",
                    f"--use-list={lines.name}",
                    file.name,
                ],
                check=True,
                env={"PATH": os.environ["PATH"]},
            )
