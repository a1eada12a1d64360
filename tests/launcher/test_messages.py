"""What a person reads: steps with their time, a cause with one remedy, the menu."""

import re
import socket
from pathlib import Path

import pytest

from tests.launcher.shell import ROOT, lindero, run, run_part

VERBS = re.findall(r"^        ([a-z]+)\) ", (ROOT / "launcher/verbs.sh").read_text(), re.MULTILINE)


def test_a_step_says_its_time(tmp_path: Path):
    answer = run_part('quick() { true; }; step "Un paso" "nada" quick', var=tmp_path)
    assert re.fullmatch(r"  ✓ Un paso … \d+,\d s\n", answer.stdout)


def test_a_failed_step_says_the_cause_and_one_remedy(tmp_path: Path):
    script = 'slow() { echo "disco lleno"; false; echo never; }; step "Un paso" "libere espacio" slow; echo after'
    answer = run_part(script, var=tmp_path)
    assert answer.returncode == 1
    assert "✗ Un paso" in answer.stdout
    assert "│ disco lleno" in answer.stdout
    assert "Remedio: libere espacio" in answer.stdout
    assert "never" not in answer.stdout
    assert "after" not in answer.stdout
    assert str(tmp_path / "log" / "slow.log") in answer.stdout


def test_alone_it_lists_every_verb():
    answer = lindero()
    assert answer.returncode == 0
    for verb in VERBS:
        assert re.search(rf"^  {verb}\b", answer.stdout, re.MULTILINE), verb


def test_every_verb_is_documented():
    page = (ROOT / "docs/reference/commands.md").read_text()
    assert [verb for verb in VERBS if f"`{verb}" not in page] == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["fly"], "No conozco el verbo «fly»"),
        (["up", "--port"], "--port necesita un valor"),
        (["up", "--port", "80a"], "«80a» no es un puerto"),
        (["up", "--port", "700000"], "«700000» no es un puerto"),
        (["up", "--sample", "a;b"], "«a;b» no es una lista"),
        (["up", "--wings"], "up no conoce «--wings»"),
    ],
)
def test_a_wrong_word_is_named(tmp_path: Path, arguments: list[str], words: str):
    answer = lindero(*arguments, LINDERO_VAR=str(tmp_path))
    assert answer.returncode == 1
    assert words in answer.stderr


def test_a_busy_port_is_named_with_a_free_one():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen(1)
        port = other.getsockname()[1]
        answer = run("python3", "launcher/free_port.py", "127.0.0.1", str(port))
    assert answer.returncode == 1
    assert "lo tiene otro programa" in answer.stdout
    suggested = re.search(r"--port (\d+)", answer.stdout)
    assert suggested is not None
    assert int(suggested[1]) > port


def test_reset_asks_and_takes_silence_for_no(tmp_path: Path):
    (tmp_path / "files").mkdir()
    answer = lindero("reset", LINDERO_VAR=str(tmp_path))
    assert answer.returncode == 1
    assert "No se borró nada" in answer.stderr
    assert (tmp_path / "files").is_dir()


def test_reset_never_touches_a_foreign_database(tmp_path: Path):
    answer = lindero("reset", "--yes", LINDERO_VAR=str(tmp_path), DATABASE_URL="postgresql://a@b/c")
    assert answer.returncode == 1
    assert "no es de Lindero" in answer.stderr
