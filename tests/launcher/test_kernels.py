"""The loops of the basins are compiled once, beside the server, where only its own user writes."""

import os
from pathlib import Path

import pytest

from tests.launcher.shell import run_part, write_program

# In a checkout with one file of loops and a numba; the compiler notes each run and leaves its mark.
COMPILER = """#!/bin/sh
mkdir -p "$NUMBA_CACHE_DIR"
echo run >>"$NUMBA_CACHE_DIR/../runs"
echo "$2" >"$NUMBA_CACHE_DIR/compiled"
"""
COMPILE = (
    "ROOT=$HERE; VENV=$HERE/venv; PYTHON=$HERE/python; SERVES_AS=''; compile_kernels_aside; wait"
)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    (tmp_path / "water_basins" / "hydrology").mkdir(parents=True)
    (tmp_path / "water_basins" / "hydrology" / "flats.py").write_text("1")
    (tmp_path / "venv/lib/python3.11/site-packages/numba-0.61.dist-info").mkdir(parents=True)
    write_program(tmp_path / "python", COMPILER)
    return tmp_path


def compiled(checkout: Path) -> tuple[str, int]:
    """What a start says, and how often the compiler has run by then."""
    answer = run_part(COMPILE, var=checkout / "var", HERE=str(checkout), NUMBA_CACHE_DIR="")
    assert answer.returncode == 0, answer.stderr
    return answer.stdout, len((checkout / "var" / "runs").read_text().split())


def test_compiled_once_and_again_when_a_file_or_numba_changes(checkout: Path):
    said, runs = compiled(checkout)
    assert ("se compilan aparte" in said, runs) == (True, 1)
    assert compiled(checkout) == ("", 1)
    os.utime(checkout / "water_basins" / "hydrology" / "flats.py", (1, 1))
    assert compiled(checkout)[1] == 2
    (checkout / "venv/lib/python3.11/site-packages/numba-0.61.dist-info").rename(
        checkout / "venv/lib/python3.11/site-packages/numba-0.62.dist-info"
    )
    assert compiled(checkout)[1] == 3


def test_old_mark_is_taken_away_before_the_server_starts(checkout: Path):
    compiled(checkout)
    mark = checkout / "var" / "numba" / "compiled"
    forget = "ROOT=$HERE; VENV=$HERE/venv; SERVES_AS=''; forget_old_kernels"
    told = {"var": checkout / "var", "HERE": str(checkout), "NUMBA_CACHE_DIR": ""}
    assert run_part(forget, **told).returncode == 0
    assert mark.exists()
    os.utime(checkout / "water_basins" / "hydrology" / "flats.py", (1, 1))
    assert run_part(forget, **told).returncode == 0
    assert not mark.exists()


def test_user_without_rights_has_a_folder_that_nobody_else_loads_from(tmp_path: Path):
    folder = 'SERVES_AS="$WHO"; kernels_folder'
    answers = [
        run_part(folder, var=tmp_path, WHO=who, NUMBA_CACHE_DIR=told).stdout
        for who, told in (("lindero", ""), ("", ""), ("lindero", "/srv/kernels"))
    ]
    assert answers == [f"{tmp_path}/service/numba", f"{tmp_path}/numba", "/srv/kernels"]
