"""Every quality rule on a whole municipality of synthetic parcels, each rule in its own transaction.

    python bench/quality.py [--parcels 100000] [--database bench_quality] [--keep]

makes the database anew, fills it (predios with keys, holders, fichas; houses on six of ten; blocks, streets, maps, the
year's roll; defects among them, see quality_town.sql), runs all rules, prints the slowest ones, the whole time and the
processor time of its PostgreSQL processes, which hardly depends on who else is busy. Ends with 1 over its target.
"""

import argparse
import math
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import psycopg

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench import synthetic_parcels as town

TARGET_S = 60.0
FILL = (Path(__file__).parent / "quality_town.sql").read_text(encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--parcels", type=int, default=100_000)
    parser.add_argument("--database", default="bench_quality")
    parser.add_argument("--keep", action="store_true", help="use the database as it stands")
    options = parser.parse_args()
    if not options.keep:
        make(options.database, options.parcels)
    os.environ["DATABASE_URL"] = _renamed(os.environ["DATABASE_URL"], options.database)
    # So that the processes of the run are still there when it ends and can be asked for their time.
    os.environ["LINDERO_POOL"] = "true"
    print(f"load {os.getloadavg()[0]:.1f}")
    took, results, processor = run(options.database)
    for code, findings, took_ms, state in sorted(results, key=lambda row: -row[2])[:15]:
        print(f"{took_ms:>8} ms  {findings:>7}  {state:<6}  {code}")
    total = sum(row[1] for row in results)
    failed = [row[0] for row in results if row[3] != "DONE"]
    print(
        f"{len(results)} rules, {options.parcels} parcels, {total} findings: {took:.1f} s"
        f" (processor {processor:.1f} s); load {os.getloadavg()[0]:.1f}; failed: {failed or 'none'}"
    )
    limit = TARGET_S * options.parcels / 100_000
    sys.exit(bool(failed) or took > limit)


def make(database: str, parcels: int) -> None:
    town.make_database(database)
    owner = town.url_of(database)
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "-v", "0", "--skip-checks"],
        check=True,
        env=os.environ
        | {"DATABASE_URL": owner, "DATABASE_OWNER_URL": owner, "LINDERO_DB_ROLE": "owner"},
    )
    random.seed(town.SEED)
    lots_a_block = town.LOTS[0] * town.LOTS[1]
    blocks = math.ceil(parcels / lots_a_block)
    side = math.ceil(math.sqrt(blocks))
    with psycopg.connect(owner) as connection, connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE lot (id uuid, n int, municipality text, key text, block text, kind text, land_use text,"
            " area numeric, status text, since date, updated date, geom geometry(MultiPolygon, 32717));"
            "CREATE TEMP TABLE square (code text, geom geometry(MultiPolygon, 32717));"
            "CREATE TEMP TABLE street (id uuid, municipality text, name text, width numeric,"
            " geom geometry(MultiLineString, 32717));"
            "CREATE TEMP TABLE required (code text)"
        )
        cursor.executemany("INSERT INTO required VALUES (%s)", [(code,) for code in _required()])
        with cursor.copy("COPY lot FROM STDIN") as copy:
            for n, row in zip(range(parcels), town._lots(blocks, side), strict=False):
                copy.write_row((town._uuid(), n, *row))
        with cursor.copy("COPY square FROM STDIN") as copy:
            for n in range(blocks):
                copy.write_row((f"M{n:05d}", town._multipolygon(town._block_ring(n, side))))
        with cursor.copy("COPY street FROM STDIN") as copy:
            for row in town._streets(side):
                copy.write_row((town._uuid(), *row))
        cursor.execute(FILL)
    with psycopg.connect(owner, autocommit=True) as connection:
        for table in ("parcelversion", "right"):
            connection.execute(f"ALTER TABLE cadastre_{table} ENABLE TRIGGER USER")
        connection.execute("VACUUM ANALYZE")


def _required() -> list[str]:
    """The variables that the ficha of an urban predio must answer."""
    from cadastre.ficha.variables import PredioKind, Subject, variables_of

    return [
        variable.code
        for variable in variables_of(Subject.PREDIO).values()
        if variable.is_required and PredioKind.URBAN in variable.applies
    ]


def run(database: str) -> tuple[float, list[tuple[str, int, int, str]], float]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gis_project.settings")
    import django

    django.setup()
    from cadastre.operations.check_quality import Asked, begin_quality_run, carry_on
    from gis_project.territory.models import Municipality
    from gis_project.territory.policy import CONSOLE
    from gis_project.territory.scope import within

    municipality = Municipality.objects.get()
    with within(municipality):
        began = time.monotonic()
        quality_run = carry_on(begin_quality_run(municipality, Asked(), by=CONSOLE), hands=2)
        took = time.monotonic() - began
        results = list(quality_run.results.values_list("code", "findings", "took_ms", "state"))
        return took, results, _processor_s(database)


def _processor_s(database: str) -> float:
    """What the application's processes in the database have used up so far, seconds."""
    with psycopg.connect(town.url_of(database)) as connection:
        rows = connection.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = %s AND usename = 'lindero_app'",
            [database],
        )
        pids = [pid for (pid,) in rows]
    ticks = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _renamed(url: str, database: str) -> str:
    from urllib.parse import urlsplit, urlunsplit

    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))


if __name__ == "__main__":
    main()
