"""Taking a backup: one set in the folder, complete when its manifest is there."""

import re
import socket
import time
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg

from gis_project.territory.backup import wal_archive
from gis_project.territory.backup.consistent_instant import named_instant, snapshot
from gis_project.territory.backup.facts import Facts, gather
from gis_project.territory.backup.folder import BackupFolder, BackupRefused, write_text
from gis_project.territory.backup.installation_files import (
    fingerprint,
    store_files,
    store_secrets,
)
from gis_project.territory.backup.manifest import Manifest, Wal, manifest_text
from gis_project.territory.backup.parts import Part, store
from gis_project.territory.backup.server import (
    SUPERUSER,
    Cluster,
    as_owner_of,
    client_environment,
    output_of,
    programs_of,
)
from gis_project.territory.backup.wal_segments import missing_between

ROOT = Path(__file__).parents[3]
START = re.compile(r"write-ahead log start point: ([0-9A-F]+/[0-9A-F]+) on timeline (\d+)")

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """What is backed up: private files below `var`, uploads in `files`, its two keys."""

    var: Path
    files: Path
    secret_key: str
    privacy_key: str


@dataclass(frozen=True, slots=True)
class _Taken:
    facts: Facts
    parts: dict[str, Part]
    wal: Wal | None
    instant: str
    major: int
    municipalities: list[str]


def take_base(
    *,
    installation: Installation,
    cluster: Cluster,
    database: str,
    folder: BackupFolder,
    keep_archiving: bool,
    tell: Tell,
) -> Manifest:
    """The manifest of a new set of the private cluster, whose changes are archived meanwhile
    (and afterwards, when `keep_archiving`)."""
    was_on = wal_archive.is_on(cluster)
    wal_archive.allow_replication(cluster)
    wal_archive.turn_on(cluster)
    try:
        with folder.locked():
            set_folder = _new_set(folder)
            began = time.monotonic()
            taken = _base(cluster, database, folder, set_folder, tell)
            return _finish(installation, folder, set_folder, "base", database, taken, began, tell)
    finally:
        if not (was_on or keep_archiving):
            wal_archive.turn_off(cluster)


def take_logical(
    *,
    installation: Installation,
    url: str,
    programs: Path | None,
    folder: BackupFolder,
    tell: Tell,
) -> Manifest:
    """The manifest of a new set made by pg_dump: of any server, readable by later versions."""
    with folder.locked():
        set_folder = _new_set(folder)
        began = time.monotonic()
        with snapshot(url) as (reader, name):
            major = reader.info.server_version // 10000
            command: list[str | Path] = [
                programs_of(major, programs) / "pg_dump",
                "--format=custom",
                "--compress=0",
                f"--snapshot={name}",
            ]
            tell("volcado de la base…")
            with output_of(command, cwd="/", env=client_environment(url)) as (chunks, _):
                dump = store(
                    chunks,
                    path=set_folder / "database.dump",
                    name=f"{set_folder.name}/dump",
                    key=folder.key,
                )
            tell("huella de cada tabla…")
            taken = _Taken(
                gather(reader), {"dump": dump}, None, _now(), major, _municipalities(reader)
            )
            database = reader.info.dbname
        return _finish(installation, folder, set_folder, "logical", database, taken, began, tell)


def _base(
    cluster: Cluster, database: str, folder: BackupFolder, set_folder: Path, tell: Tell
) -> _Taken:
    with cluster.connect(database) as connection:
        system, segment_bytes = _identity(connection)
        major = connection.info.server_version // 10000
    tell("copia de la base…")
    command: list[str | Path] = [cluster.programs / "pg_basebackup", "--verbose"]
    command += ["--pgdata=-", "--format=tar", "--wal-method=fetch", "--checkpoint=fast"]
    command += ["--host", cluster.socket, "--port=5432", "--username", SUPERUSER, "--no-password"]
    with output_of(command, **as_owner_of(cluster.data)) as (chunks, told):
        base = store(
            chunks, path=set_folder / "base.tar", name=f"{set_folder.name}/base", key=folder.key
        )
    start = START.search("\n".join(told))
    if start is None:
        raise BackupRefused("pg_basebackup no dijo dónde empieza la copia.")
    tell("huella de cada tabla…")
    point = f"lindero {set_folder.name}"
    with named_instant(cluster, database, point) as instant:
        wal_archive.finish_segment(cluster)
        facts = gather(instant.reader)
        row = instant.reader.execute(
            "SELECT pg_walfile_name(%s), pg_walfile_name(%s)", [start[1], instant.lsn]
        ).fetchone()
        assert row is not None
        first, last = row
        municipalities = _municipalities(instant.reader)
    shipped = wal_archive.ship(cluster, folder, system)
    tell(f"{shipped} segmentos de cambios")
    kept = wal_archive.stored_segments(folder, system)
    missing = missing_between(first, last, kept, segment_bytes=segment_bytes)
    if missing:
        raise BackupRefused(f"Faltan en el archivo los cambios {missing[0]}: repita el respaldo.")
    wal = Wal(
        system=system,
        timeline=int(start[2]),
        segment_bytes=segment_bytes,
        first=first,
        last=last,
        restore_point=point,
        lsn=instant.lsn,
    )
    return _Taken(facts, {"base": base}, wal, instant.at, major, municipalities)


def _finish(
    installation: Installation,
    folder: BackupFolder,
    set_folder: Path,
    kind: str,
    database: str,
    taken: _Taken,
    began: float,
    tell: Tell,
) -> Manifest:
    tell("archivos subidos y claves…")
    files = store_files(installation.files, folder)
    secrets = store_secrets(installation.var, folder, set_folder)
    parts = taken.parts | ({"secrets": secrets} if secrets else {})
    manifest = Manifest(
        id=set_folder.name,
        kind=kind,
        made_at=_now(),
        instant=taken.instant,
        seconds=round(time.monotonic() - began, 1),
        host=socket.gethostname(),
        lindero=version(),
        postgres_major=taken.major,
        database=database,
        municipalities=taken.municipalities,
        encrypted=folder.key is not None,
        wal=taken.wal,
        facts=taken.facts,
        parts=parts,
        files=files,
        secrets_included=secrets is not None,
        key_fingerprints={
            "SECRET_KEY": fingerprint(installation.secret_key),
            "LINDERO_PRIVACY_KEY": fingerprint(installation.privacy_key),
        },
        folder=set_folder,
    )
    write_text(set_folder / "manifest.json", manifest_text(manifest, key=folder.key))
    return manifest


def version() -> str:
    """The version of the code that runs."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return str(told["project"]["version"])


def system_of(cluster: Cluster) -> str:
    """The identity that PostgreSQL gave the cluster; a restored one keeps it."""
    with cluster.connect("postgres") as connection:
        return _identity(connection)[0]


def _identity(connection: psycopg.Connection[Any]) -> tuple[str, int]:
    row = connection.execute(
        "SELECT system_identifier::text, (SELECT setting::bigint FROM pg_settings"
        " WHERE name = 'wal_segment_size') FROM pg_control_system()"
    ).fetchone()
    tablespaces = connection.execute("SELECT count(*) FROM pg_tablespace").fetchone()
    assert row is not None
    assert tablespaces is not None
    if tablespaces[0] > 2:
        raise BackupRefused("La base usa «tablespaces» propios: haga el respaldo con --logical.")
    return row[0], row[1]


def _municipalities(reader: psycopg.Connection[Any]) -> list[str]:
    return [
        slug for (slug,) in reader.execute("SELECT slug FROM territory_municipality ORDER BY 1")
    ]


def _new_set(folder: BackupFolder) -> Path:
    path = folder.sets / datetime.now(UTC).strftime("%Y-%m-%dT%H%M%SZ")
    path.mkdir()
    return path


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
