"""Files are what their name says, written once, and told apart from lost or damaged ones."""

import hashlib

import pytest
from django.db import ProgrammingError, transaction

from gis_project.territory.file_store import (
    StoredFileDamaged,
    StoredFileMissing,
    path_of,
    read_file,
    store_file,
)
from gis_project.territory.models import StoredFile


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.mark.django_db
def test_what_is_stored_is_read_again():
    stored = store_file(b"escritura", media_type="application/pdf")
    assert stored.pk == hashlib.sha256(b"escritura").hexdigest()
    assert stored.size_bytes == 9
    assert read_file(stored.pk) == b"escritura"
    assert path_of(stored.pk).parent.name == stored.pk[:2]


@pytest.mark.django_db
def test_same_content_is_one_row_and_one_file(tmp_path):
    source = tmp_path / "plan.pdf"
    source.write_bytes(b"plano" * 500_000)
    first = store_file(source, media_type="application/pdf")
    changed = path_of(first.pk).stat().st_mtime_ns
    again = store_file(source.read_bytes(), media_type="text/plain")
    assert (again.pk, again.media_type) == (first.pk, "application/pdf")
    assert StoredFile.objects.count() == 1
    assert path_of(first.pk).stat().st_mtime_ns == changed
    assert source.exists()
    assert [p for p in (tmp_path / "files").rglob("*") if p.is_file()] == [path_of(first.pk)]


@pytest.mark.django_db
def test_a_damaged_or_lost_file_is_told_and_written_again():
    stored = store_file(b"resolucion", media_type="text/plain")
    path_of(stored.pk).write_bytes(b"rezolucion")
    with pytest.raises(StoredFileDamaged):
        read_file(stored.pk)
    path_of(stored.pk).unlink()
    with pytest.raises(StoredFileMissing):
        read_file(stored.pk)
    store_file(b"resolucion", media_type="text/plain")
    assert read_file(stored.pk) == b"resolucion"


@pytest.mark.django_db
def test_rows_neither_change_nor_go():
    stored = store_file(b"x", media_type="text/plain")
    for act in (
        lambda: StoredFile.objects.update(media_type="y"),
        lambda: stored.delete(),
    ):
        with pytest.raises(ProgrammingError), transaction.atomic():
            act()


@pytest.mark.parametrize("name", ["../../etc/passwd", "A" * 64, "0" * 63, "0" * 63 + "/"])
def test_no_other_name_leads_to_the_disk(name):
    with pytest.raises(ValueError, match="hexadecimal"):
        path_of(name)
