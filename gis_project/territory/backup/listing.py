"""What a folder of backups holds, as lines for a person."""

import json
from collections.abc import Iterator

from gis_project.territory.backup.folder import BackupFolder
from gis_project.territory.backup.wal_archive import stored_segments


def lines_of(folder: BackupFolder) -> Iterator[str]:
    """One line per set: when, what, how large, and whether it was proved to restore."""
    yield f"{'juego':<20} {'clase':<8} {'versión':<9} {'MiB':>8} {'filas':>11}  probado"
    manifests = folder.manifests()
    for manifest in manifests:
        size = sum(part.bytes for part in manifest.parts.values()) / 2**20
        rows = sum(table.rows for table in manifest.facts.tables.values())
        proof = manifest.folder / "proved.json"
        told = json.loads(proof.read_text(encoding="utf-8")) if proof.exists() else None
        proved = f"{told['proved_at'][:16]} {told['result']}" if told else "nunca"
        yield (
            f"{manifest.id:<20} {manifest.kind:<8} {manifest.lindero:<9} {size:>8.1f} {rows:>11}  {proved}"
        )
    for system in sorted({m.wal.system for m in manifests if m.wal}):
        kept = stored_segments(folder, system)
        size = sum(path.stat().st_size for path in kept.values()) / 2**20
        yield f"cambios archivados: {len(kept)} segmentos, {size:.1f} MiB"
    for path in sorted(folder.sets.iterdir()):
        if not (path / "manifest.json").exists():
            yield f"{path.name:<20} incompleto: se interrumpió; no sirve"
