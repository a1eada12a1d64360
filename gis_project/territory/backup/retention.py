"""How long backups stay: the newest complete sets, and what they need."""

import shutil
from dataclasses import dataclass

from gis_project.territory.backup.folder import BackupFolder
from gis_project.territory.backup.manifest import Manifest
from gis_project.territory.backup.wal_archive import stored_segments
from gis_project.territory.backup.wal_segments import number_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    sets: int
    segments: int
    files: int


def keep_newest(folder: BackupFolder, *, count: int) -> Removed:
    """Removes older sets of the folder, then the changes and files that no remaining set needs.

    Sets without a manifest never became complete; those older than the newest complete one go too.
    """
    manifests = folder.manifests()
    kept = manifests[-count:]
    old = [path for path in folder.sets.iterdir() if path.name < kept[0].id]
    broken = [
        path
        for path in folder.sets.iterdir()
        if not (path / "manifest.json").exists() and path.name < kept[-1].id
    ]
    for path in {*old, *broken}:
        (path / "manifest.json").unlink(missing_ok=True)  # no longer complete from here on
        shutil.rmtree(path)
    return Removed(
        sets=len({*old, *broken}), segments=_drop_wal(folder, kept), files=_drop_files(folder, kept)
    )


def _drop_wal(folder: BackupFolder, kept: list[Manifest]) -> int:
    removed = 0
    systems = folder.root / "wal"
    for system in sorted(systems.iterdir()) if systems.is_dir() else ():
        sets = [m for m in kept if m.wal and m.wal.system == system.name]
        segment = sets[0].wal if sets else None
        if segment is None:
            continue  # another installation's, or a drill's: nothing says that it is not needed
        size = segment.segment_bytes
        first = min(number_of(m.wal.first, segment_bytes=size) for m in sets if m.wal)
        for name, path in stored_segments(folder, system.name).items():
            if len(name) >= 24 and number_of(name, segment_bytes=size) < first:
                path.unlink()
                removed += 1
    return removed


def _drop_files(folder: BackupFolder, kept: list[Manifest]) -> int:
    needed = {digest for manifest in kept for digest in manifest.files.values()}
    removed = 0
    for path in (folder.root / "files").glob("*/*.gz*"):
        if path.name.partition(".")[0] not in needed:
            path.unlink()
            removed += 1
    return removed
