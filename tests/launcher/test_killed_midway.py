"""kill -9 of server, worker and renderers while an import and an emission write beside them.

A lock holds both commands in the middle of their transaction, so that the moment is the same every
time; then every process dies at once. What is left is what was there before, and `./lindero up` serves.
"""

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.launcher.installation import Installation, installed, wait_for
from tests.launcher.shell import ROOT, clean_environment

pytestmark = [pytest.mark.launcher, pytest.mark.slow]
COUNTS = """
    SELECT json_build_object(
        'parcels', (SELECT count(*) FROM cadastre_parcelversion),
        'batches', (SELECT count(*) FROM cadastre_importbatch),
        'rolls', (SELECT count(*) FROM cadastre_taxroll),
        'titles', (SELECT count(*) FROM cadastre_taxtitle),
        'lines', (SELECT count(*) FROM cadastre_titleline),
        'operations', (SELECT count(*) FROM cadastre_operation),
        'events', (SELECT count(*) FROM territory_auditevent))
"""
WAITING = "SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted"

SECOND_FACTOR = """
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from gis_project.territory.models import User
TOTP.activate(User.objects.get(memberships__role__code="revenue_officer"), generate_totp_secret())
"""
OFFICIAL = """
    SELECT cedula FROM territory_user u JOIN territory_membership m ON m.user_id = u.id
    JOIN territory_role r ON r.id = m.role_id WHERE r.code = '{}'
"""


def ask(here: Installation, query: str) -> str:
    answer = here.lindero("psql", "-AtXqc", query)
    assert answer.returncode == 0, answer.stderr
    return answer.stdout.strip()


def counts(here: Installation) -> dict[str, int]:
    return json.loads(ask(here, COUNTS))


@contextmanager
def table_held(here: Installation, table: str) -> Iterator[None]:
    """Another session holds the table, until the block ends or its server dies."""
    holder = subprocess.Popen(
        ["./lindero", "psql", "-AtXq"],
        cwd=ROOT,
        env=clean_environment(LINDERO_VAR=str(here.var)),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdin is not None
    assert holder.stdout is not None
    holder.stdin.write(f"BEGIN; LOCK TABLE {table} IN SHARE MODE; SELECT 'held';\n")
    holder.stdin.flush()
    assert holder.stdout.readline().strip() == "held"
    try:
        yield
    finally:
        holder.communicate("ROLLBACK;\n")


def started(here: Installation, *arguments: str) -> subprocess.Popen[str]:
    """A command in a group of its own, so that killing it takes its children along."""
    return subprocess.Popen(
        ["./lindero", "manage", *arguments],
        cwd=ROOT,
        env=clean_environment(LINDERO_VAR=str(here.var)),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        text=True,
    )


def lots(path: Path) -> str:
    """Twenty lots of 20 m in a row far from the town."""
    features = []
    for number in range(20):
        west, east = 700_000 + 20 * number, 700_020 + 20 * number
        ring = [[west, 9_600_000], [east, 9_600_000], [east, 9_600_020], [west, 9_600_020]]
        features.append(
            {
                "type": "Feature",
                "properties": {"clave": f"NUEVO{number:03}"},
                "geometry": {"type": "Polygon", "coordinates": [[*ring, ring[0]]]},
            }
        )
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32717"}}
    path.write_text(json.dumps({"type": "FeatureCollection", "crs": crs, "features": features}))
    return str(path)


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with installed(tmp_path_factory.mktemp("killed") / "var") as here:
        # without the sample's own roll: this year is to be emitted
        answer = here.lindero("manage", "load_samples", "--municipalities=ona", "--no-roll")
        assert answer.returncode == 0, answer.stderr
        answer = here.lindero("manage", "shell", "-v0", "-c", SECOND_FACTOR)
        assert answer.returncode == 0, answer.stderr
        yield here


def test_an_import_and_an_emission_die_with_the_server(installation: Installation, tmp_path: Path):
    here = installation
    technician, revenue = (
        ask(here, OFFICIAL.format(role)) for role in ("cadastre_technician", "revenue_officer")
    )
    year = ask(here, "SELECT extract(year FROM now())::int")
    chief = ask(here, OFFICIAL.format("cadastre_chief"))
    answer = here.lindero(
        *("manage", "close_cadastre", "--municipality=0110", f"--year={int(year) - 1}"),
        *("--commit", f"--by={chief}"),
    )
    assert answer.returncode == 0, answer.stderr
    commands = [
        (
            "import_parcels",
            lots(tmp_path / "lotes.geojson"),
            "--key-field=clave",
            f"--by={technician}",
            f"--report={tmp_path / 'informe'}",
        ),
        ("emit_tax_roll", f"--year={year}", f"--by={revenue}"),
    ]
    whole = [(*command, "--municipality=0110", "--commit") for command in commands]
    before = counts(here)

    with table_held(here, "territory_auditevent"):
        running = [started(here, *command) for command in whole]
        try:
            wait_for(
                lambda: ask(here, WAITING) == "2" or any(c.poll() for c in running), seconds=90
            )
            assert [command.stdout.read() for command in running if command.poll()] == []
            for process in [*here.marked(), here.postmaster()]:
                os.kill(process, signal.SIGKILL)
        finally:
            for command in running:
                os.killpg(command.pid, signal.SIGKILL)
                command.communicate()

    here.up()
    assert here.status() == 200
    assert counts(here) == before
    for command in whole:
        answer = here.lindero("manage", *command)
        assert answer.returncode == 0, answer.stdout + answer.stderr
    after = counts(here)
    assert after["parcels"] == before["parcels"] + 20
    assert after["rolls"] == 2
    assert after["titles"] > 0
    assert here.lindero("manage", "audit").returncode == 0
