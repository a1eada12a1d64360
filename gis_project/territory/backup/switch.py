"""Making a restored cluster the installation's own; the one before is kept where it is."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from gis_project.territory.backup import second_cluster
from gis_project.territory.backup.folder import BackupFolder, BackupRefused, write_text
from gis_project.territory.backup.installation_files import (
    bring_back_files,
    keys_in,
    put_keys,
    read_secrets,
)
from gis_project.territory.backup.manifest import Manifest
from gis_project.territory.backup.restore import Restored
from gis_project.territory.backup.server import Cluster


@dataclass(frozen=True, slots=True, kw_only=True)
class Adopted:
    """Where the data before are (None: there were none), how many uploads came back, old keys' place."""

    before: Path | None
    files: int
    keys_aside: Path | None


def check_same_installation(manifest: Manifest, present: Cluster | None, database: str) -> None:
    """Refuses to put one municipality's backup in the place of another's data."""
    if present is None:
        return
    try:
        with present.connect(database) as connection:
            rows = connection.execute(
                "SELECT slug FROM territory_municipality WHERE NOT is_sample"
            ).fetchall()
    except (psycopg.OperationalError, psycopg.errors.UndefinedTable):
        return  # a broken or empty cluster is why one restores
    strangers = sorted({slug for (slug,) in rows} - set(manifest.municipalities))
    if strangers:
        raise BackupRefused(
            f"La base actual tiene municipios que el respaldo no: {', '.join(strangers)}. ¿Es el disco "
            "de otra institución? Si de verdad quiere cambiarla, repita con --other-installation."
        )


def adopt(result: Restored, *, folder: BackupFolder, var: Path, files: Path) -> Adopted:
    """Uploads, keys and the record of where the cluster is. The server must be stopped."""
    if not result.is_equal:
        raise BackupRefused("Lo restaurado no es igual al respaldo: no se cambia nada.")
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    brought = bring_back_files(result.manifest.files, folder, files)
    aside = None
    if "secrets" in result.manifest.parts:
        secrets = read_secrets(result.manifest.part_path("secrets"), folder)
        aside = put_keys(var, keys_in("\n".join(secrets.values())), stamp=stamp)
        local = var / "local.env"
        if "local.env" in secrets and not local.exists():
            local.touch(mode=0o600)
            write_text(local, secrets["local.env"])
            local.chmod(0o600)
    second_cluster.forget_configuration(result.cluster)
    record = var / "cluster"
    before = None
    if record.exists():
        text = record.read_text(encoding="utf-8")
        write_text(var / f"cluster.before-{stamp}", text)
        before = Path(text.splitlines()[0])
    write_text(record, f"{result.cluster.data}\n{result.cluster.socket}\n")
    record.chmod(0o644)
    return Adopted(before=before, files=brought, keys_aside=aside)
