"""Archived changes (WAL): the server puts each finished segment into a spool, `ship` takes them out.

The server's process cannot know the passphrase nor wait for a USB disk, so it only copies to a folder
beside its data; whoever holds the passphrase seals them into the backup folder.
"""

import re
import shutil
import time
from pathlib import Path

from psycopg import sql

from gis_project.territory.backup.folder import BackupFolder, BackupRefused
from gis_project.territory.backup.parts import contents, file_chunks, store, with_suffix
from gis_project.territory.backup.sealed import DamagedBackup
from gis_project.territory.backup.server import Cluster

SCRIPT = Path(__file__).parents[3] / "launcher" / "archive_wal.sh"
ARCHIVED = re.compile(r"[0-9A-F]{24}(\.[0-9A-F]{8}\.backup)?|[0-9A-F]{8}\.history")
SEGMENT = re.compile(r"[0-9A-F]{24}")
ARCHIVE_PATIENCE_S = 120
LOSS_AT_MOST = "5min"


class ArchiveNeedsRestart(BackupRefused):
    """The private server was started before archiving was prepared: stop and start it once."""

    code = "archive_needs_restart"


def spool_of(cluster: Cluster) -> Path:
    return cluster.data.parent / "wal-spool"


def is_on(cluster: Cluster) -> bool:
    return str(spool_of(cluster)) in _setting(cluster, "archive_command")


def turn_on(cluster: Cluster) -> None:
    """From now on the server keeps every change in the spool; also what a slow day leaves unfinished."""
    if _setting(cluster, "archive_mode") != "on":
        raise ArchiveNeedsRestart(
            "La base privada arrancó sin archivo de cambios. Una sola vez: ./lindero stop y ./lindero up"
        )
    spool = spool_of(cluster)
    spool.mkdir(mode=0o700, exist_ok=True)
    script = spool / SCRIPT.name
    shutil.copyfile(SCRIPT, script)
    owner = cluster.data.stat()
    if spool.stat().st_uid != owner.st_uid:
        shutil.chown(spool, owner.st_uid, owner.st_gid)
    shutil.chown(script, owner.st_uid, owner.st_gid)
    if "'" in str(script) or "%" in str(script):
        raise BackupRefused(f"La ruta {spool} tiene comillas o %: mueva la instalación.")
    _set(cluster, "archive_command", f"sh '{script}' '%p' '%f'")
    _set(cluster, "archive_timeout", LOSS_AT_MOST)


def turn_off(cluster: Cluster) -> None:
    for name in ("archive_command", "archive_timeout"):
        _set(cluster, name, None)


def finish_segment(cluster: Cluster) -> None:
    """What was written until now becomes a finished segment, and is in the spool when this returns."""
    with cluster.connect("postgres", autocommit=True) as connection:
        # A commit after everything else: so any instant before now can be asked for by its time.
        connection.execute("SELECT pg_current_xact_id()")
        row = connection.execute(
            "SELECT pg_walfile_name(pg_current_wal_insert_lsn()), pg_switch_wal()"
        ).fetchone()
    assert row is not None
    wait_until_archived(cluster, row[0])


def wait_until_archived(cluster: Cluster, segment: str) -> None:
    """Returns when the server has archived `segment`; refuses with its reason when it does not."""
    deadline = time.monotonic() + ARCHIVE_PATIENCE_S
    failed = "ninguna"
    with cluster.connect("postgres", autocommit=True) as connection:
        while time.monotonic() < deadline:
            row = connection.execute(
                "SELECT last_archived_wal, last_failed_wal FROM pg_stat_archiver"
            ).fetchone()
            assert row is not None
            failed = row[1] or failed
            if (row[0] or "")[8:24] >= segment[8:24] or (spool_of(cluster) / segment).exists():
                return
            time.sleep(0.1)
    raise BackupRefused(
        f"El servidor no archivó {segment} en {ARCHIVE_PATIENCE_S} s (falla: {failed}). "
        f"Mire el espacio del disco y {cluster.data}/log."
    )


def ship(cluster: Cluster, folder: BackupFolder, system: str) -> int:
    """How many segments were taken from the spool into the folder; each stays until it is safe there."""
    spool, target = spool_of(cluster), folder.wal(system)
    if not spool.is_dir():
        return 0
    shipped = 0
    for path in sorted(spool.iterdir()):
        if not ARCHIVED.fullmatch(path.name):
            continue
        stored = with_suffix(target / path.name, sealed=folder.key is not None)
        if stored.exists():
            _check_same(path, stored, folder)
        else:
            store(
                file_chunks(path),
                path=target / path.name,
                name=f"wal/{system}/{path.name}",
                key=folder.key,
            )
        path.unlink()
        shipped += 1
    return shipped


def store_history(cluster: Cluster, folder: BackupFolder, system: str) -> None:
    """Keeps where a restored cluster's history branched off, so that the next one takes another number."""
    for path in sorted((cluster.data / "pg_wal").glob("*.history")):
        stored = with_suffix(folder.wal(system) / path.name, sealed=folder.key is not None)
        if stored.exists():
            _check_same(path, stored, folder)
            continue
        name = f"wal/{system}/{path.name}"
        store(file_chunks(path), path=folder.wal(system) / path.name, name=name, key=folder.key)


def stored_segments(folder: BackupFolder, system: str) -> dict[str, Path]:
    """What lies in the folder, by its own name."""
    found = folder.wal(system).glob("*.gz*") if folder.wal(system).is_dir() else ()
    return {path.name.partition(".gz")[0]: path for path in found if path.suffix != ".part"}


def _check_same(path: Path, stored: Path, folder: BackupFolder) -> None:
    name = f"wal/{stored.parent.name}/{path.name}"
    kept = b"".join(contents(stored, name=name, passphrase=folder.passphrase()))
    if kept != path.read_bytes():
        raise DamagedBackup(
            f"{stored} ya existe con otro contenido: la carpeta guarda otra historia de esta base. "
            "Use una carpeta nueva para los respaldos."
        )


def _setting(cluster: Cluster, name: str) -> str:
    with cluster.connect("postgres") as connection:
        row = connection.execute("SELECT current_setting(%s)", [name]).fetchone()
    assert row is not None
    return str(row[0])


def _set(cluster: Cluster, name: str, value: str | None) -> None:
    """ALTER SYSTEM, and wait until it counts."""
    with cluster.connect("postgres", autocommit=True) as connection:
        if value is None:
            connection.execute(sql.SQL("ALTER SYSTEM RESET {}").format(sql.Identifier(name)))
        else:
            statement = sql.SQL("ALTER SYSTEM SET {} = {}")
            connection.execute(statement.format(sql.Identifier(name), sql.Literal(value)))
        connection.execute("SELECT pg_reload_conf()")
    deadline = time.monotonic() + 10
    while value is not None and _setting(cluster, name) != value and time.monotonic() < deadline:
        time.sleep(0.05)


def allow_replication(cluster: Cluster) -> None:
    """A cluster made by an older launcher has no line for base backups in its access file."""
    access = cluster.data / "pg_hba.conf"
    if " replication " in access.read_text(encoding="utf-8"):
        return
    with access.open("a", encoding="utf-8") as out:
        out.write("local replication all trust\n")
    with cluster.connect("postgres", autocommit=True) as connection:
        connection.execute("SELECT pg_reload_conf()")
