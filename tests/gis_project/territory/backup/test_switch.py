"""What an installation takes over: uploads, keys, the place of its cluster; nothing before is lost."""

from pathlib import Path

from gis_project.territory.backup.folder import open_for_writing
from gis_project.territory.backup.installation_files import bring_back_files, put_keys, store_files


def test_keys_of_the_backup_take_the_place_of_new_ones_which_stay_beside(tmp_path: Path):
    environment = tmp_path / "lindero.env"
    environment.write_text("# nota\nSECRET_KEY=new\nLINDERO_PRIVACY_KEY=new\nLINDERO_PORT=8000\n")
    aside = put_keys(tmp_path, {"SECRET_KEY": "old", "LINDERO_PRIVACY_KEY": "older"}, stamp="1")
    assert aside is not None
    assert "SECRET_KEY=new" in aside.read_text()
    assert environment.read_text().splitlines() == [
        "# nota",
        "LINDERO_PORT=8000",
        "SECRET_KEY=old",
        "LINDERO_PRIVACY_KEY=older",
    ]
    assert (environment.stat().st_mode & 0o777, aside.stat().st_mode & 0o777) == (0o600, 0o600)


def test_equal_keys_are_left_alone(tmp_path: Path):
    (tmp_path / "lindero.env").write_text("SECRET_KEY=a\nLINDERO_PRIVACY_KEY=b\n")
    assert put_keys(tmp_path, {"SECRET_KEY": "a", "LINDERO_PRIVACY_KEY": "b"}, stamp="1") is None


def test_uploads_come_back_where_they_are_missing_and_only_there(tmp_path: Path):
    source = tmp_path / "files"
    for name in ("a/plan.pdf", "b/deed.pdf"):
        (source / name).parent.mkdir(parents=True)
        (source / name).write_bytes(name.encode())
    folder = open_for_writing(tmp_path / "r", passphrase=b"una frase bastante larga", plain=False)
    kept = store_files(source, folder)
    assert store_files(source, folder) == kept
    (source / "a" / "plan.pdf").unlink()
    (source / "b" / "deed.pdf").write_bytes(b"another")
    assert bring_back_files(kept, folder, source) == 1
    assert (source / "a" / "plan.pdf").read_bytes() == b"a/plan.pdf"
    assert (source / "b" / "deed.pdf").read_bytes() == b"another"
