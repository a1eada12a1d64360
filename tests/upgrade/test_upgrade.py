"""Each released schema, with data, migrates to today's in one go: nothing lost, no law broken."""

import lzma
import re
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests import databases

DUMPS = sorted(Path(__file__).parent.glob("*.dump.xz"))
KEPT = (
    "cadastre_parcel",
    "cadastre_parcelversion",
    "cadastre_propertyunit",
    "cadastre_right",
    "cadastre_taxtitle",
    "cadastre_titleline",
    "territory_auditevent",
)


def rows_in(database: str) -> dict[str, object]:
    """Counts of the records that may never shrink, and what the bills add up to."""
    with psycopg.connect(databases.url_for("DATABASE_OWNER_URL", database)) as connection:
        told: dict[str, object] = {}
        for table in KEPT:
            row = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
            assert row is not None
            told[table] = row[0]
        row = connection.execute("SELECT sum(total) FROM cadastre_taxtitle").fetchone()
        assert row is not None
        told["total"] = row[0]
    return told


def load(dump: Path, database: str) -> None:
    """The dump into a copy of the template, which brings the extensions."""
    databases.copy("lindero_template", database)
    url = databases.url_for("DATABASE_OWNER_URL", database)
    with tempfile.NamedTemporaryFile(suffix=".dump") as plain:
        plain.write(lzma.decompress(dump.read_bytes()))
        plain.flush()
        listing = _run("pg_restore", "--list", plain.name)
        lines = [
            line
            for line in listing.splitlines()
            if not re.search(
                r" EXTENSION - | SCHEMA - public | TABLE DATA public spatial_ref_sys ", line
            )
        ]
        with tempfile.NamedTemporaryFile("w", suffix=".list") as wanted:
            wanted.write("\n".join(lines))
            wanted.flush()
            _run(
                "pg_restore",
                "--exit-on-error",
                f"--use-list={wanted.name}",
                f"--dbname={url}",
                plain.name,
            )


@pytest.fixture(params=DUMPS, ids=lambda path: path.name.removesuffix(".dump.xz"))
def released(request: pytest.FixtureRequest, django_db_setup: None) -> Iterator[str]:
    name = f"{databases.base_name()}_released"
    load(request.param, name)
    yield name
    databases.drop(name)


def test_there_is_a_dump():
    assert DUMPS


@pytest.mark.slow
def test_a_released_schema_migrates_and_keeps_every_record_and_law(released: str):
    before = rows_in(released)
    databases.run_manage(released, "migrate", "--verbosity=0", role="owner")
    databases.run_manage(released, "audit")
    assert rows_in(released) == before
    assert databases.run_manage(released, "migrate", "--check").returncode == 0


def _run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout
