"""Each setting is documented, and what is documented exists."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from gis_project import env
from tests import databases

ROOT = Path(__file__).parents[2]
READ = re.compile(r"env\.(?:text|flag|integer|words|path|optional_path|database)\(\s*\"([A-Z_]+)\"")
NAMED = re.compile(r"^\| `([A-Z_]+)` \|", re.MULTILINE)


def test_the_reference_is_complete():
    source = (ROOT / "gis_project" / "settings.py").read_text(encoding="utf-8")
    read = set(READ.findall(source)) | set(re.findall(r"\"(DATABASE_[A-Z]*_?URL)\"", source))
    page = (ROOT / "docs" / "reference" / "settings.md").read_text(encoding="utf-8")
    assert set(NAMED.findall(page)) == read | {"PROMETHEUS_MULTIPROC_DIR"}


def test_a_missing_required_variable_is_named(monkeypatch):
    monkeypatch.delenv("LINDERO_NOT_THERE", raising=False)
    with pytest.raises(env.MissingSetting, match="LINDERO_NOT_THERE"):
        env.text("LINDERO_NOT_THERE")


@pytest.mark.parametrize(
    ("text", "value"), [("true", True), ("sí", True), ("0", False), ("", True), ("off", False)]
)
def test_flags(monkeypatch, text, value):
    monkeypatch.setenv("FLAG", text)
    assert env.flag("FLAG", default=True) is value


@pytest.mark.parametrize("read", [env.flag, env.integer])
def test_malformed_values_are_named(monkeypatch, read):
    monkeypatch.setenv("WRONG", "quizás")
    with pytest.raises(env.MissingSetting, match="WRONG"):
        read("WRONG", default=1)


def test_a_database_on_a_socket(monkeypatch):
    monkeypatch.setenv("DB", "postgresql://ana:p%40ss@/town?host=/run/pg&port=5433&sslmode=disable")
    assert env.database("DB") == {
        "ENGINE": "gis_project.territory.scoped_postgis",
        "NAME": "town",
        "USER": "ana",
        "PASSWORD": "p@ss",
        "HOST": "/run/pg",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "disable"},
    }


def test_a_database_of_another_kind_is_refused(monkeypatch):
    monkeypatch.setenv("DB", "mysql://x@y/z")
    with pytest.raises(env.MissingSetting, match="postgresql"):
        env.database("DB")


@pytest.mark.parametrize(("seconds", "shown"), [("30", "30s"), ("", "0")])
def test_the_time_of_a_statement_is_the_environments(db, seconds, shown):
    """In a process of its own, as the web server reads it."""
    code = (
        "import django; django.setup()\n"
        "from django.db import connection\n"
        "cursor = connection.cursor(); cursor.execute('SHOW statement_timeout')\n"
        "print(cursor.fetchone()[0])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=databases.environment_for(databases.base_name())
        | {"LINDERO_STATEMENT_TIMEOUT_S": seconds, "LINDERO_POOL": "true"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == shown
