"""The newest sets stay with what they need; nothing else of theirs goes."""

from dataclasses import replace
from pathlib import Path

import pytest

from gis_project.territory.backup.facts import Facts
from gis_project.territory.backup.folder import BackupFolder, open_for_writing, write_text
from gis_project.territory.backup.manifest import Manifest, Wal, manifest_text
from gis_project.territory.backup.parts import store
from gis_project.territory.backup.retention import keep_newest

SEGMENT = "0000000100000000000000{:02X}"
EMPTY = Manifest(
    id="",
    kind="base",
    made_at="2026-01-01T00:00:00+00:00",
    instant="2026-01-01T00:00:00+00:00",
    seconds=1.0,
    host="h",
    lindero="0.1.0",
    postgres_major=15,
    database="lindero",
    municipalities=["mejia"],
    encrypted=False,
    wal=None,
    facts=Facts(tables={}, not_compared=[], sequences={}, migrations=[], control_totals=None),
    parts={},
    files={},
    secrets_included=False,
    key_fingerprints={},
)


@pytest.fixture
def filled(tmp_path: Path) -> BackupFolder:
    """Four days, each needing two segments and one upload of its own; ten segments, one stray set."""
    folder = open_for_writing(tmp_path / "r", passphrase=None, plain=True)
    for number in range(10):
        name = SEGMENT.format(number)
        store([b"wal"], path=folder.wal("7") / name, name=name, key=None)
    for day in range(1, 5):
        digest = f"{day}" * 64
        store([b"upload"], path=folder.file(digest), name="", key=None)
        first, last = SEGMENT.format(2 * day), SEGMENT.format(2 * day + 1)
        wal = Wal(
            system="7",
            timeline=1,
            segment_bytes=16 << 20,
            first=first,
            last=last,
            restore_point="x",
            lsn="0/0",
        )
        made = replace(EMPTY, id=f"2026-01-0{day}T000000Z", wal=wal, files={"a": digest})
        (folder.sets / made.id).mkdir()
        write_text(folder.sets / made.id / "manifest.json", manifest_text(made, key=None))
    (folder.sets / "2026-01-03T120000Z").mkdir()
    return folder


def test_two_of_four_stay(filled: BackupFolder):
    gone = keep_newest(filled, count=2)
    assert [m.id[:10] for m in filled.manifests()] == ["2026-01-03", "2026-01-04"]
    assert sorted(p.name[:24] for p in filled.wal("7").iterdir()) == [
        SEGMENT.format(n) for n in (6, 7, 8, 9)
    ]
    assert sorted(p.name[0] for p in filled.root.glob("files/*/*")) == ["3", "4"]
    assert (gone.sets, gone.segments, gone.files) == (3, 6, 2)


def test_fewer_than_asked_for_lose_nothing_but_what_nobody_needs(filled: BackupFolder):
    gone = keep_newest(filled, count=9)
    assert (gone.sets, gone.segments, gone.files) == (1, 2, 0)


def test_the_changes_of_another_installation_stay(filled: BackupFolder):
    store([b"wal"], path=filled.wal("8") / SEGMENT.format(0), name="", key=None)
    keep_newest(filled, count=1)
    assert len(list(filled.wal("8").iterdir())) == 1
