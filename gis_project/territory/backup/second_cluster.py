"""A cluster beside the installation's own: unpacked or made anew, recovered, started, stopped."""

import os
import re
import shutil
import stat
import tarfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from gis_project.territory.backup.folder import BackupRefused
from gis_project.territory.backup.parts import ChunkReader
from gis_project.territory.backup.sealed import DamagedBackup
from gis_project.territory.backup.server import Cluster

SOCKET_LIMIT = 107  # bytes that a socket's path may have, less its closing zero
START_PATIENCE_S = 3600
OURS = "# lindero restore"
UNQUOTABLE = re.compile(r"[^\w./ +@:=,~-]")


class MissingWal(BackupRefused):
    """Archived changes that the restore needs are not in the folder: use another copy or instant."""

    code = "missing_wal"


@dataclass(frozen=True, slots=True)
class Place:
    """The folders of a second cluster below `home`, which belongs to `owner` (uid, gid)."""

    home: Path
    owner: tuple[int, int]

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def socket(self) -> Path:
        return self.home / "socket"

    @property
    def wal(self) -> Path:
        return self.home / "wal"

    def make(self) -> None:
        """Empty folders that only their owner may enter."""
        if self.home.exists() and any(self.home.iterdir()):
            raise BackupRefused(f"{self.home} ya existe y no está vacía: nombre otra con --into.")
        if UNQUOTABLE.search(str(self.home)):
            raise BackupRefused(
                f"La ruta {self.home} tiene signos que un guion no admite: use otra."
            )
        longest = len(os.fsencode(self.socket / ".s.PGSQL.5432"))
        if longest > SOCKET_LIMIT:
            raise BackupRefused(
                f"La ruta {self.home} es demasiado larga para un socket ({longest} bytes de "
                f"{SOCKET_LIMIT}): nombre otra más corta con --into."
            )
        for folder in (self.home, self.data, self.socket, self.wal):
            folder.mkdir(mode=0o700, parents=folder == self.home, exist_ok=True)
            self.give(folder)
        if os.geteuid() == 0 and not _enterable(self.home, self.owner):
            raise BackupRefused(
                f"El usuario de PostgreSQL no puede entrar en {self.home}: nombre con --into una "
                "carpeta cuyo camino esté abierto, por ejemplo /var/lib/lindero-restaurado."
            )

    def give(self, path: Path) -> None:
        if os.geteuid() == 0:
            os.chown(path, *self.owner, follow_symlinks=False)

    def give_all(self) -> None:
        for folder, _, names in os.walk(self.data):
            self.give(Path(folder))
            for name in names:
                self.give(Path(folder) / name)


def unpack(place: Place, chunks: Iterator[bytes]) -> None:
    """The base backup's files, closed to others."""
    before = os.umask(0o077)
    try:
        reader = ChunkReader(chunks)
        with tarfile.open(fileobj=reader, mode="r|") as archive:
            archive.extractall(place.data, filter="data")
        while reader.read(1 << 20):  # its end proves that nothing was cut off
            pass
    except tarfile.TarError as error:
        raise DamagedBackup(f"La copia de la base no se puede desempaquetar: {error}.") from error
    finally:
        os.umask(before)
    place.data.chmod(0o700)
    place.give_all()


def verify(cluster: Cluster) -> None:
    """pg_verifybackup: every file as PostgreSQL wrote it down, and the changes of the copy readable."""
    done = cluster.run("pg_verifybackup", "--exit-on-error", cluster.data)
    if done.returncode != 0:
        raise DamagedBackup(f"pg_verifybackup encontró un daño: {done.stderr.strip()[-600:]}")


def configure(cluster: Cluster, settings: dict[str, str]) -> None:
    """What applies to this start only, above all that the backup brought; while the server is down."""
    path = cluster.data / "postgresql.auto.conf"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    kept = [
        line
        for line in lines
        if OURS not in line and not line.startswith(("archive_command", "archive_timeout"))
    ]
    fixed = {
        "listen_addresses": "",
        "port": "5432",
        "unix_socket_directories": str(cluster.socket),
        "logging_collector": "off",
        "archive_mode": "off",
        "hot_standby": "on",
    }
    kept += [f"{n} = '{_quoted(v)}' {OURS}" for n, v in (fixed | settings).items()]
    path.write_text("\n".join(kept) + "\n", encoding="utf-8")


def forget_configuration(cluster: Cluster) -> None:
    """The settings of a restore go, so that the launcher's own apply again."""
    path = cluster.data / "postgresql.auto.conf"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("".join(f"{line}\n" for line in lines if OURS not in line), encoding="utf-8")


def start(cluster: Cluster) -> None:
    """Returns when the server answers, if only to readers."""
    log = cluster.data.parent / "start.log"
    done = cluster.run(
        "pg_ctl",
        "start",
        "--silent",
        "--wait",
        f"--timeout={START_PATIENCE_S}",
        f"--pgdata={cluster.data}",
        f"--log={log}",
    )
    if done.returncode != 0:
        raise _did_not_start(cluster)


def stop(cluster: Cluster) -> None:
    """Ends the server if it runs."""
    cluster.run("pg_ctl", "stop", "--silent", "--wait", "--mode=fast", f"--pgdata={cluster.data}")


@contextmanager
def running(cluster: Cluster, *, keep: bool) -> Iterator[None]:
    """Stops the server at the end of the block, unless it is to be kept and all went well."""
    try:
        yield
    except BaseException:
        stop(cluster)
        raise
    if not keep:
        stop(cluster)


def wait_until_paused(cluster: Cluster) -> None:
    """Returns when recovery stands at its target."""
    _poll(cluster, "SELECT pg_get_wal_replay_pause_state() = 'paused'")


def wait_until_promoted(cluster: Cluster) -> None:
    """Returns when recovery has ended and the server takes writes."""
    _poll(cluster, "SELECT NOT pg_is_in_recovery()")


def resume(cluster: Cluster) -> None:
    """Ends a recovery that is paused at its target: the history goes on from there."""
    with cluster.connect("postgres", autocommit=True) as connection:
        connection.execute("SELECT pg_wal_replay_resume()")
    wait_until_promoted(cluster)


def remove(place: Place) -> None:
    """Throws a drill's cluster away: only what `make` made."""
    for folder in (place.data, place.socket, place.wal):
        shutil.rmtree(folder)
    (place.home / "start.log").unlink(missing_ok=True)
    for extra in place.home.glob("result.json"):
        extra.unlink()
    place.home.rmdir()


def _poll(cluster: Cluster, question: str) -> None:
    deadline = time.monotonic() + START_PATIENCE_S
    while time.monotonic() < deadline:
        try:
            with cluster.connect("postgres", autocommit=True) as connection:
                row = connection.execute(question).fetchone()
        except psycopg.OperationalError as error:
            raise _did_not_start(cluster) from error
        if row and row[0]:
            return
        time.sleep(0.1)
    raise BackupRefused(f"La recuperación no terminó en {START_PATIENCE_S} s.")


def _did_not_start(cluster: Cluster) -> BackupRefused:
    log = cluster.data.parent / "start.log"
    text = log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""
    if "recovery ended before configured recovery target was reached" in text:
        return MissingWal(
            "Los cambios archivados terminan antes del instante pedido, o falta o está dañado uno de ellos. "
            "Pida un instante anterior, o restaure sin --to-time."
        )
    return BackupRefused("El segundo servidor no arrancó:\n" + "\n".join(text.splitlines()[-8:]))


def _quoted(value: str) -> str:
    return value.replace("'", "''")


def _enterable(path: Path, owner: tuple[int, int]) -> bool:
    for folder in [*path.parents]:
        told = folder.stat()
        if told.st_uid == owner[0]:
            allowed = told.st_mode & stat.S_IXUSR
        elif told.st_gid == owner[1]:
            allowed = told.st_mode & stat.S_IXGRP
        else:
            allowed = told.st_mode & stat.S_IXOTH
        if not allowed:
            return False
    return True
