"""Who wins when a variable is named in several places, and that secrets stay closed."""

import stat
from pathlib import Path

import pytest

from tests.launcher.shell import run_part

SOCKET = "SOCKET_DIR=/s;"


def test_the_person_wins_over_local_and_local_over_generated(tmp_path: Path):
    (tmp_path / "local.env").write_text("# mine\nLINDERO_HTTPS=true\nLINDERO_PORT=8001\n")
    (tmp_path / "lindero.env").write_text("LINDERO_PORT=8000\nLINDERO_HOST=127.0.0.1\n")
    script = 'load_environment; echo "$LINDERO_HTTPS $LINDERO_PORT $LINDERO_HOST"'
    assert run_part(script, var=tmp_path).stdout.split() == ["true", "8001", "127.0.0.1"]
    assert run_part(script, var=tmp_path, LINDERO_PORT="9").stdout.split()[1] == "9"


def test_values_are_never_evaluated(tmp_path: Path):
    (tmp_path / "local.env").write_text("LINDERO_X=$(touch /tmp/never) `id` 'a' \"b\" \\n\n")
    answer = run_part('load_environment; printf "%s" "$LINDERO_X"', var=tmp_path)
    assert answer.stdout == "$(touch /tmp/never) `id` 'a' \"b\" \\n"


@pytest.mark.parametrize("line", ["PATH;rm=1", "no equals sign", "1A=2", "$(id)=3"])
def test_a_line_that_is_no_variable_stops_the_start(tmp_path: Path, line: str):
    (tmp_path / "local.env").write_text(line + "\n")
    answer = run_part("load_environment", var=tmp_path)
    assert answer.returncode == 1
    assert "no es NOMBRE=valor" in answer.stderr


def test_the_secret_is_made_once_and_readable_by_its_owner_only(tmp_path: Path):
    script = SOCKET + 'load_environment; write_environment; echo "$SECRET_KEY"'
    first = run_part(script, var=tmp_path).stdout.strip()
    second = run_part(script, var=tmp_path).stdout.strip()
    assert len(first) == 50
    assert first == second
    assert stat.S_IMODE((tmp_path / "lindero.env").stat().st_mode) == 0o600


def test_the_four_addresses_carry_their_roles(tmp_path: Path):
    script = "SOCKET_DIR='/a b&c'; load_environment; write_environment; env"
    lines = run_part(script, var=tmp_path).stdout.splitlines()
    assert "DATABASE_URL=postgresql://lindero_app@/lindero?host=/a%20b%26c&port=5432" in lines
    assert (
        "DATABASE_PUBLIC_URL=postgresql://lindero_public@/lindero?host=/a%20b%26c&port=5432"
        in lines
    )


def test_a_foreign_server_must_be_named_for_every_role(tmp_path: Path):
    (tmp_path / "local.env").write_text("DATABASE_URL=postgresql://lindero_app:x@db/lindero\n")
    answer = run_part('load_environment; echo "$database_kind"; check_external_urls', var=tmp_path)
    assert answer.stdout.strip() == "external"
    assert "falta DATABASE_OWNER_URL" in answer.stderr
    assert "launcher/roles.sql" in answer.stderr


@pytest.mark.parametrize(
    ("host", "url", "allowed"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000", "127.0.0.1,localhost,[::1]"),
        ("::1", "http://[::1]:8000", "127.0.0.1,localhost,[::1]"),
        ("192.0.2.7", "http://192.0.2.7:8000", "127.0.0.1,localhost,[::1],192.0.2.7"),
    ],
)
def test_the_public_address_follows_the_host(tmp_path: Path, host: str, url: str, allowed: str):
    script = f"{SOCKET} HOST={host}; load_environment; write_environment;"
    script += 'echo "$LINDERO_PUBLIC_URL"; echo "$LINDERO_ALLOWED_HOSTS"'
    assert run_part(script, var=tmp_path).stdout.split() == [url, allowed]
