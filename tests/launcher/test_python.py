"""Which Python is taken: the first candidate that runs, whatever its name promises."""

import os
import sys
from pathlib import Path

import pytest

from tests.launcher.shell import run_part, write_program

FIND = 'VENV=/nonexistent; PYTHON_CANDIDATES="python3 python3.12"; find_python && echo "$PYTHON"'


def test_a_broken_shim_is_passed_over(tmp_path: Path):
    shims = tmp_path / "shims"
    write_program(shims / "python3", "#!/bin/sh\necho 'version not installed' >&2\nexit 127\n")
    write_program(shims / "python3.12", f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    answer = run_part(FIND, var=tmp_path / "var", PATH=f"{shims}:{os.environ['PATH']}")
    assert answer.stdout.strip() == sys.executable


@pytest.mark.parametrize("version", ["(3, 9)", "(3, 10)", "(3, 15)"])
def test_a_python_of_another_age_is_passed_over(tmp_path: Path, version: str):
    shims = tmp_path / "shims"
    lie = f"import sys; sys.version_info = {version}; exec(sys.argv.pop(1))"
    write_program(shims / "python3", f'#!/bin/sh\nshift\nexec "{sys.executable}" -c "{lie}" "$@"\n')
    script = 'VENV=/nonexistent; runs_as_python python3 || echo "no"'
    answer = run_part(script, var=tmp_path / "var", PATH=f"{shims}:{os.environ['PATH']}")
    assert answer.stdout.strip() == "no"


def test_an_environment_that_works_keeps_its_interpreter(tmp_path: Path):
    write_program(
        tmp_path / "venv" / "bin" / "python", f'#!/bin/sh\nexec "{sys.executable}" "$@"\n'
    )
    script = f'VENV={tmp_path}/venv; find_python; echo "$PYTHON"'
    answer = run_part(script, var=tmp_path / "var")
    assert answer.stdout.strip() == f"{tmp_path}/venv/bin/python"


@pytest.mark.parametrize(
    ("version", "accepted"),
    [("0.7.22", "no"), ("0.8.0", "yes"), ("0.13.9", "yes"), ("1.0.0", "yes")],
)
def test_an_old_uv_is_not_taken(tmp_path: Path, version: str, accepted: str):
    write_program(tmp_path / "bin" / "uv", f"#!/bin/sh\necho 'uv {version} (x86_64)'\n")
    script = f"if recent_uv {tmp_path}/bin/uv; then echo yes; else echo no; fi"
    assert run_part(script, var=tmp_path / "var").stdout.strip() == accepted


def test_a_uv_that_does_not_run_is_not_taken(tmp_path: Path):
    write_program(tmp_path / "bin" / "uv", "#!/bin/sh\nexit 1\n")
    script = f"if recent_uv {tmp_path}/bin/uv; then echo yes; else echo no; fi"
    assert run_part(script, var=tmp_path / "var").stdout.strip() == "no"
