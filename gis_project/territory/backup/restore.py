"""Restoring a backup into a second cluster, and proving it: nothing of the present one is touched."""

import json
import shutil
import socket
import subprocess
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from gis_project.territory.backup import second_cluster
from gis_project.territory.backup.comparison import Row, compare
from gis_project.territory.backup.facts import Facts, gather
from gis_project.territory.backup.folder import BackupFolder, BackupRefused, write_text
from gis_project.territory.backup.installation_files import check_files
from gis_project.territory.backup.manifest import Manifest, Wal
from gis_project.territory.backup.parts import check_stored, contents
from gis_project.territory.backup.second_cluster import MissingWal, Place
from gis_project.territory.backup.server import Cluster, as_owner_of, output_of
from gis_project.territory.backup.wal_archive import SEGMENT, stored_segments
from gis_project.territory.backup.wal_segments import missing_between, number_of

ROOT = Path(__file__).parents[3]
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """`rows` compares the set's own instant; `later` what changed from there to where it stands now
    (none when it stands at that instant)."""

    manifest: Manifest
    cluster: Cluster
    rows: list[Row]
    later: list[Row]
    until: str
    seconds: float

    @property
    def is_equal(self) -> bool:
        return all(row.is_equal for row in self.rows)


def choose_set(folder: BackupFolder, *, name: str | None, instant: datetime | None) -> Manifest:
    """The set of that name, else the newest from before the instant."""
    manifests = folder.manifests()
    if name:
        manifests = [m for m in manifests if m.id == name]
    if instant:
        manifests = [m for m in manifests if datetime.fromisoformat(m.instant) <= instant]
    if not manifests:
        raise BackupRefused(
            f"En {folder.root} no hay un juego completo"
            + (f" anterior a {instant.isoformat()}" if instant else "")
            + (f" con el nombre {name}" if name else "")
            + ". Vea cuáles hay con: ./lindero backup --list"
        )
    return manifests[-1]


def restore(
    manifest: Manifest,
    *,
    folder: BackupFolder,
    place: Place,
    programs: Path,
    instant: datetime | None,
    at_backup: bool,
    keep_running: bool,
    tell: Tell,
) -> Restored:
    """The restored cluster and its comparison. Damage and missing changes raise before or while it works.

    Without `instant` the history goes on to the end of what was archived; `at_backup` stays at the set.
    """
    began = time.monotonic()
    tell("revisando los archivos del respaldo…")
    for part in manifest.parts.values():
        check_stored(manifest.folder, part)
    check_files(manifest.files, folder)
    if manifest.wal is None and instant:
        raise BackupRefused("Un respaldo lógico no vuelve a un instante: use uno de base.")
    names = _needed_wal(manifest.wal, folder, instant=instant, at_backup=at_backup)
    place.make()
    cluster = Cluster(data=place.data, socket=place.socket, programs=programs)
    later: list[Row] = []
    until = manifest.instant
    with second_cluster.running(cluster, keep=keep_running):
        if manifest.wal is None:
            _load_dump(manifest, folder, cluster, tell)
            facts = _facts(cluster, manifest.database)
            rows = compare(manifest.facts, facts)
        else:
            _recover(manifest, manifest.wal, folder, place, cluster, names, tell)
            facts = _facts(cluster, manifest.database)
            rows = compare(manifest.facts, facts)
            goes_on = not at_backup and any(_is_after(n, manifest.wal) for n in names)
            if goes_on and all(row.is_equal for row in rows):
                until = _go_on(cluster, place, instant, tell)
                after = _facts(cluster, manifest.database)
                later = [row for row in compare(facts, after) if not row.is_equal]
            else:
                second_cluster.resume(cluster)
    result = Restored(
        manifest=manifest,
        cluster=cluster,
        rows=rows,
        later=later,
        until=until,
        seconds=round(time.monotonic() - began, 1),
    )
    _note(result, place)
    return result


def write_proof(result: Restored) -> None:
    """proved.json beside the manifest: when, where, with what result."""
    proof = {
        "proved_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "host": socket.gethostname(),
        "result": "igual" if result.is_equal else "distinto",
        "until": result.until,
        "seconds": result.seconds,
        "rows": [asdict(row) for row in result.rows],
    }
    text = json.dumps(proof, indent=1, ensure_ascii=False) + "\n"
    write_text(result.manifest.folder / "proved.json", text)


def _needed_wal(
    wal: Wal | None, folder: BackupFolder, *, instant: datetime | None, at_backup: bool
) -> dict[str, Path]:
    """The stored changes to unpack, without a gap from the set's first to its last (or the newest)."""
    if wal is None:
        return {}
    kept = stored_segments(folder, wal.system)
    size = wal.segment_bytes
    first = number_of(wal.first, segment_bytes=size)
    last = wal.last
    if not at_backup:
        segments = [n for n in kept if SEGMENT.fullmatch(n)]
        last = max([*segments, last], key=lambda n: number_of(n, segment_bytes=size))
    missing = missing_between(wal.first, last, kept, segment_bytes=size)
    if missing:
        raise MissingWal(
            f"Faltan {len(missing)} segmentos de cambios en {folder.wal(wal.system)}: {missing[0]}"
            + (f" … {missing[-1]}" if len(missing) > 1 else "")
            + ". Búsquelos en otra copia de la carpeta, o restaure con --at-backup si el juego los tiene.",
            details={"missing": missing[:20]},
        )
    end = number_of(last, segment_bytes=size)
    return {
        name: path
        for name, path in kept.items()
        if name.endswith(".history")
        or (SEGMENT.fullmatch(name) and first <= number_of(name, segment_bytes=size) <= end)
    }


def _is_after(name: str, wal: Wal) -> bool:
    size = wal.segment_bytes
    return bool(SEGMENT.fullmatch(name)) and number_of(name, segment_bytes=size) > number_of(
        wal.last, segment_bytes=size
    )


def _recover(
    manifest: Manifest,
    wal: Wal,
    folder: BackupFolder,
    place: Place,
    cluster: Cluster,
    names: dict[str, Path],
    tell: Tell,
) -> None:
    """Leaves the cluster paused at the set's restore point, readable."""
    tell("desempaquetando la copia…")
    base = contents(
        manifest.part_path("base"), name=f"{manifest.id}/base", passphrase=folder.passphrase()
    )
    second_cluster.unpack(place, base)
    tell("pg_verifybackup…")
    second_cluster.verify(cluster)
    for name, path in names.items():
        target = place.wal / name
        sealed_name = f"wal/{wal.system}/{name}"
        with target.open("wb") as out:
            for chunk in contents(path, name=sealed_name, passphrase=folder.passphrase()):
                out.write(chunk)
        place.give(target)
    signal = place.data / "recovery.signal"
    signal.touch(mode=0o600)
    place.give(signal)
    tell(f"aplicando {len(names)} segmentos de cambios…")
    second_cluster.configure(
        cluster,
        _recovery(place)
        | {"recovery_target_name": wal.restore_point, "recovery_target_action": "pause"},
    )
    second_cluster.start(cluster)
    second_cluster.wait_until_paused(cluster)


def _go_on(cluster: Cluster, place: Place, instant: datetime | None, tell: Tell) -> str:
    """Applies what was archived after the set, to the instant or the end; tells up to when."""
    tell("siguiendo hasta el instante pedido…" if instant else "siguiendo hasta el último cambio…")
    second_cluster.stop(cluster)
    target = {"recovery_target_time": instant.isoformat()} if instant else {}
    second_cluster.configure(
        cluster, _recovery(place) | target | {"recovery_target_action": "promote"}
    )
    (cluster.data.parent / "start.log").unlink()
    second_cluster.start(cluster)
    second_cluster.wait_until_promoted(cluster)
    return instant.isoformat() if instant else "el último cambio archivado"


def _recovery(place: Place) -> dict[str, str]:
    return {"restore_command": f'cp "{place.wal}/%f" "%p"', "recovery_target_timeline": "latest"}


def _load_dump(manifest: Manifest, folder: BackupFolder, cluster: Cluster, tell: Tell) -> None:
    """A new cluster with our roles, filled by pg_restore; extensions come from the template."""
    tell("cluster nuevo…")
    made = cluster.run(
        "initdb",
        f"--pgdata={cluster.data}",
        "--username=postgres",
        "--auth=trust",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
    )
    if made.returncode != 0:
        raise BackupRefused(f"initdb no terminó bien:\n{made.stderr[-600:]}")
    second_cluster.configure(cluster, {"max_locks_per_transaction": "256"})
    second_cluster.start(cluster)
    owner = as_owner_of(cluster.data)
    address = ["--host", str(cluster.socket), "--port=5432", "--username=postgres"]
    roles = (ROOT / "launcher" / "roles.sql").read_text(encoding="utf-8")
    psql = [str(cluster.programs / "psql"), "-X", "-q", *address, "--dbname=postgres"]
    subprocess.run(psql, input=roles, text=True, check=True, capture_output=True, **owner)
    tell("cargando el volcado…")
    restorer = str(cluster.programs / "pg_restore")
    dump = cluster.data.parent / "database.dump"
    with dump.open("wb") as out:
        for chunk in contents(
            manifest.part_path("dump"), name=f"{manifest.id}/dump", passphrase=folder.passphrase()
        ):
            out.write(chunk)
    shutil.chown(dump, *_owner_of(cluster.data))
    listing = subprocess.run(
        [restorer, "--list", str(dump)], check=True, capture_output=True, text=True, **owner
    ).stdout
    wanted = dump.with_name("dump.list")
    wanted.write_text(
        "".join(f"{line}\n" for line in listing.splitlines() if not _from_template(line)),
        encoding="utf-8",
    )
    shutil.chown(wanted, *_owner_of(cluster.data))
    command: list[str | Path] = [restorer, *address, "--exit-on-error", "--dbname=lindero"]
    command += [f"--use-list={wanted}", str(dump)]
    with output_of(command, **owner) as (chunks, _):
        for _chunk in chunks:
            pass
    dump.unlink()
    wanted.unlink()


def _from_template(line: str) -> bool:
    return any(
        word in line for word in (" EXTENSION ", " SCHEMA - public ", " COMMENT - SCHEMA public ")
    )


def _owner_of(path: Path) -> tuple[int, int]:
    told = path.stat()
    return told.st_uid, told.st_gid


def _facts(cluster: Cluster, database: str) -> Facts:
    with cluster.connect(database) as connection:
        connection.read_only = True
        return gather(connection)


def _note(result: Restored, place: Place) -> None:
    """result.json in the restored cluster's folder: what --switch and a person want to know later."""
    told = {
        "set": str(result.manifest.folder),
        "equal": result.is_equal,
        "until": result.until,
        "database": result.manifest.database,
    }
    write_text(place.home / "result.json", json.dumps(told, indent=1) + "\n")
