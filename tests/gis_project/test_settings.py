"""Each setting is documented, and what is documented exists."""

import re
from pathlib import Path

import pytest

from gis_project import env

ROOT = Path(__file__).parents[2]
READ = re.compile(r"env\.(?:text|flag|integer|words|path|database)\(\s*\"([A-Z_]+)\"")
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
        "ENGINE": "django.contrib.gis.db.backends.postgis",
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
