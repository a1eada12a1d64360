"""Where the private cluster goes when var/ will not do."""

import os
from pathlib import Path

from tests.launcher.shell import run_part

CHOOSE = 'choose_cluster_place; echo "$DATA_DIR"; echo "$SOCKET_DIR"'
ENTERABLE = "server_can_enter() { true; };"
CLOSED = "server_can_enter() { false; };"


def choose(var: Path, before: str, **changes: str) -> tuple[Path, Path]:
    answer = run_part(before + CHOOSE, var=var, **changes)
    assert answer.returncode == 0, answer.stderr
    data, socket = answer.stdout.split()
    return Path(data), Path(socket)


def test_it_goes_under_var(tmp_path: Path):
    assert choose(tmp_path / "v", ENTERABLE) == (
        tmp_path / "v/postgres/data",
        tmp_path / "v/postgres/socket",
    )


def test_a_socket_path_beyond_107_bytes_moves_the_socket_only(tmp_path: Path):
    var = tmp_path / ("x" * 100)
    data, socket = choose(var, ENTERABLE, XDG_STATE_HOME="/s")
    assert data == var / "postgres" / "data"
    assert len(os.fsencode(socket / ".s.PGSQL.5432")) <= 107
    assert var not in socket.parents


def test_the_limit_counts_bytes_not_letters(tmp_path: Path):
    room = 107 - len(os.fsencode(f"{tmp_path}//postgres/socket/.s.PGSQL.5432"))
    folder = tmp_path / ("ñ" * (room // 2 + 1))
    assert len(str(folder / "postgres/socket/.s.PGSQL.5432")) <= 107
    _data, socket = choose(folder, ENTERABLE, XDG_STATE_HOME="/s")
    assert tmp_path not in socket.parents


def test_a_long_state_folder_leaves_tmp(tmp_path: Path):
    _data, socket = choose(
        tmp_path / ("x" * 100), ENTERABLE + "is_root() { false; };", XDG_STATE_HOME=f"/{'s' * 100}"
    )
    assert str(socket).startswith(f"/tmp/lindero-{os.getuid()}-")


def test_a_checkout_closed_to_the_servers_user_moves_everything(tmp_path: Path):
    data, socket = choose(tmp_path / "v", CLOSED + "is_root() { true; };")
    assert data.parent == socket.parent
    assert data.parent.parent == Path("/var/lib/lindero")


def test_two_installations_never_share_a_place(tmp_path: Path):
    places = {choose(tmp_path / name, CLOSED)[0] for name in ("a", "b")}
    assert len(places) == 2


def test_what_was_recorded_is_kept_while_its_data_exist(tmp_path: Path):
    data = tmp_path / "old" / "data"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("15\n")
    record = f'printf "%s\\n%s\\n" "{data}" "{tmp_path}/old/socket" >"$CLUSTER_FILE";'
    answer = run_part(record + 'locate_cluster; echo "$DATA_DIR"', var=tmp_path / "v")
    assert answer.stdout.strip() == str(data)


def test_a_record_without_data_is_forgotten(tmp_path: Path):
    record = 'printf "/gone/data\\n/gone/socket\\n" >"$CLUSTER_FILE";'
    answer = run_part(record + ENTERABLE + 'locate_cluster; echo "$DATA_DIR"', var=tmp_path / "v")
    assert answer.stdout.strip() == f"{tmp_path}/v/postgres/data"


def test_only_the_folder_itself_is_closed(tmp_path: Path):
    folder = tmp_path / "a" / "b" / "socket"
    before = tmp_path.stat()
    run_part(f'is_root() {{ false; }}; private_folder "{folder}"', var=tmp_path / "v")
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder.parent.stat().st_mode & 0o777, folder.parent.parent.stat().st_mode & 0o777) == (
        0o755,
        0o755,
    )
    assert (tmp_path.stat().st_mode, tmp_path.stat().st_uid) == (before.st_mode, before.st_uid)


def test_our_own_folder_in_tmp_is_closed_too(tmp_path: Path):
    script = 'is_root() { false; }; f="/tmp/lindero-$(id -u)-$(installation_hash)";'
    script += 'private_folder "$f/socket"; stat -c %a "$f" "$f/socket"; rm -r "$f"'
    assert run_part(script, var=tmp_path / "v").stdout.split() == ["700", "700"]
