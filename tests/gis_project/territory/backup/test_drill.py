"""The drill: a server in use is backed up, restored beside, compared, and brought to an instant.

A   ── set ──   B    t    C    (archived)
                     restored to t: A and B, not C
"""

import shutil
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from gis_project.territory.backup import wal_archive
from gis_project.territory.backup.folder import (
    BackupFolder,
    BackupRefused,
    PassphraseMissing,
    open_for_reading,
    open_for_writing,
)
from gis_project.territory.backup.manifest import Manifest, manifest_text
from gis_project.territory.backup.parts import contents, store
from gis_project.territory.backup.restore import Restored, choose_set, restore, write_proof
from gis_project.territory.backup.sealed import DamagedBackup, WrongPassphrase
from gis_project.territory.backup.second_cluster import MissingWal
from tests.gis_project.territory.backup.conftest import PHRASE, Town, notes_in

pytestmark = pytest.mark.long


def restored(
    manifest: Manifest,
    folder: BackupFolder,
    place,
    town: Town,
    *,
    instant: str | None = None,
    at_backup: bool = False,
) -> Restored:
    return restore(
        manifest,
        folder=folder,
        place=place(),
        programs=town.cluster.programs,
        instant=datetime.fromisoformat(instant) if instant else None,
        at_backup=at_backup,
        keep_running=True,
        tell=lambda line: None,
    )


def ship(town: Town, folder: BackupFolder, manifest: Manifest) -> None:
    assert manifest.wal is not None
    wal_archive.finish_segment(town.cluster)
    wal_archive.ship(town.cluster, folder, manifest.wal.system)


def test_a_restored_set_is_equal_and_goes_to_the_instant_between_two_writes(town, folder, place):
    town.note("A")
    made = town.back_up(folder)
    between = town.note("B")
    town.note("C")
    ship(town, folder, made)
    result = restored(made, folder, place, town, instant=between)
    assert [row for row in result.rows if not row.is_equal] == []
    assert result.is_equal
    assert notes_in(result.cluster)[-2:] == ["A", "B"]
    assert any("territory_auditevent" in row.name for row in result.later)
    write_proof(result)
    assert '"result": "igual"' in (made.folder / "proved.json").read_text()


@pytest.mark.slow
def test_the_same_folder_gives_the_set_itself_and_the_last_change(town, folder, place):
    made = town.back_up(folder)
    last = notes_in(town.cluster)
    town.note("later")
    ship(town, folder, made)
    assert notes_in(restored(made, folder, place, town, at_backup=True).cluster) == last
    assert notes_in(restored(made, folder, place, town).cluster) == [*last, "later"]


@pytest.mark.slow
def test_an_instant_after_the_archive_is_refused(town, folder, place):
    made = town.back_up(folder)
    town.note("last")
    ship(town, folder, made)
    with pytest.raises(MissingWal, match="terminan antes"):
        restored(made, folder, place, town, instant="2100-01-01T00:00:00+00:00")


@pytest.fixture(scope="module")
def kept(town: Town, tmp_path_factory: pytest.TempPathFactory) -> tuple[BackupFolder, Manifest]:
    """One set that the tests below read; whoever damages something works on a copy."""
    root = tmp_path_factory.mktemp("kept") / "respaldos"
    folder = open_for_writing(root, passphrase=None, plain=True)
    return folder, town.back_up(folder)


def copy_of(kept: tuple[BackupFolder, Manifest], tmp_path: Path) -> tuple[BackupFolder, Manifest]:
    root = tmp_path / "copia"
    shutil.copytree(kept[0].root, root)
    folder = open_for_reading(root, passphrase=None)
    return folder, choose_set(folder, name=None, instant=None)


def test_a_flipped_byte_is_told(kept, tmp_path, place, town):
    folder, made = copy_of(kept, tmp_path)
    path = made.part_path("base")
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(DamagedBackup, match="dañado"):
        restored(made, folder, place, town)


def test_a_byte_flipped_before_it_was_packed_is_found_by_pg_verifybackup(
    kept, tmp_path, place, town
):
    folder, made = copy_of(kept, tmp_path)
    tar = bytearray(b"".join(contents(made.part_path("base"), name="", passphrase=None)))
    place_of_flip = tar.index(b"listen_addresses")  # in postgresql.conf
    tar[place_of_flip] ^= 1
    part = store([bytes(tar)], path=made.folder / "base.tar", name="", key=None)
    forged = _with_part(made, part)
    with pytest.raises(DamagedBackup, match="pg_verifybackup"):
        restored(forged, folder, place, town)


def test_a_missing_segment_is_named(kept, tmp_path, place, town):
    folder, made = copy_of(kept, tmp_path)
    assert made.wal is not None
    wal_archive.stored_segments(folder, made.wal.system)[made.wal.last].unlink()
    with pytest.raises(MissingWal, match=made.wal.last):
        restored(made, folder, place, town)


def test_a_missing_or_changed_upload_is_named(kept, tmp_path, place, town):
    folder, made = copy_of(kept, tmp_path)
    digest = made.files["ab/plano.pdf"]
    path = next((folder.root / "files").rglob(f"{digest}*"))
    path.unlink()
    with pytest.raises(DamagedBackup, match="no tiene ese archivo"):
        restored(made, folder, place, town)
    store([b"otro plano"], path=folder.file(digest), name="", key=None)
    with pytest.raises(DamagedBackup, match="contenido"):
        restored(made, folder, place, town)


def test_a_set_without_manifest_is_not_offered(kept, tmp_path):
    folder, made = copy_of(kept, tmp_path)
    (made.folder / "manifest.json").unlink()
    with pytest.raises(BackupRefused, match="no hay un juego completo"):
        choose_set(folder, name=None, instant=None)


def test_plain_sets_carry_no_keys(kept):
    _, made = kept
    assert not made.secrets_included
    assert "secrets" not in made.parts
    assert made.key_fingerprints["LINDERO_PRIVACY_KEY"]


def test_a_wrong_passphrase_is_told_before_anything_is_done(folder):
    with pytest.raises(WrongPassphrase):
        open_for_reading(folder.root, passphrase=b"no es la frase de esta")
    with pytest.raises(WrongPassphrase):
        open_for_writing(folder.root, passphrase=b"no es la frase de esta", plain=False)
    with pytest.raises(PassphraseMissing):
        open_for_reading(folder.root, passphrase=None)


def test_a_folder_stays_encrypted_or_plain(folder, kept):
    with pytest.raises(BackupRefused, match="no se mezcla"):
        open_for_writing(folder.root, passphrase=None, plain=True)
    with pytest.raises(BackupRefused, match="sin cifrar"):
        open_for_writing(kept[0].root, passphrase=PHRASE, plain=False)


def test_clear_text_is_asked_for_expressly(tmp_path):
    with pytest.raises(PassphraseMissing, match="--plain"):
        open_for_writing(tmp_path / "x", passphrase=None, plain=False)


def test_a_disk_that_is_not_mounted_is_told(tmp_path):
    with pytest.raises(BackupRefused, match="montado"):
        open_for_writing(tmp_path / "media" / "x", passphrase=PHRASE, plain=False)


def test_a_changed_manifest_of_an_encrypted_folder_is_noticed(folder, kept):
    made = kept[1]
    target = folder.sets / "2026-01-01T000000Z"
    target.mkdir()
    text = manifest_text(made, key=folder.key)
    (target / "manifest.json").write_text(text.replace('"lindero": "', '"lindero": "9'))
    with pytest.raises(DamagedBackup, match="sello"):
        folder.manifests()


def _with_part(made: Manifest, part) -> Manifest:
    return replace(made, parts=made.parts | {"base": part})
