"""How fast the register takes acts: latency under a steady stream, and the most a second, over 120,000 parcels.

    ./lindero bench acts [--parcels 120000] [--seconds 30] [--rate 20] [--workers 4]

Builds a scratch database (an uneven coverage, one holder each), and drops it at the end. The stream is
an open loop: an act begins when its time has come, whether or not the one before has ended, so a slow
act cannot hide the wait of those behind it. Each act is whole: an inscription of its own, documents checked, locks,
laws of the database, audit. No municipality's open titles are there.

Two mixes. Half sales and half subdivisions into two equal parts, the heaviest that a register is asked for; and sales
alone, as on the day on which the registry's monthly list of transfers is taken in. What share subdivisions have in a
town's year nobody has told us: it lies between the two.

A row for each kind. CPU is that of the worker and of its PostgreSQL process on the same machine: on a
machine shared with others read that and not the milliseconds. A tenth of a sale's is typing in the inscription.
"""

import argparse
import multiprocessing
import os
import random
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gis_project.settings")
DATABASE = "lindero_bench_acts"
# Acts of each kind before the clock runs: a server that has worked for a minute has read and planned its statements.
WARM_UP = 20
HOLDERS = """
WITH town AS (SELECT id FROM territory_municipality LIMIT 1),
act AS (SELECT id, recorded_at FROM cadastre_operation LIMIT 1),
holder AS (
    INSERT INTO cadastre_party (id, municipality_id, kind)
    SELECT gen_random_uuid(), town.id, 'NATURAL' FROM town RETURNING id, municipality_id
)
INSERT INTO cadastre_right (municipality_id, unit_id, party_id, kind, share_numerator, share_denominator,
                            valid, recorded, opened_by_id)
SELECT holder.municipality_id, u.id, holder.id, 'OWNERSHIP', 1, 1, '[2020-01-01,)',
       tstzrange(act.recorded_at, NULL), act.id
FROM cadastre_propertyunit AS u, holder, act
"""


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--parcels", type=int, default=120_000)
    arguments.add_argument("--seconds", type=int, default=30)
    arguments.add_argument("--rate", type=int, default=20)
    arguments.add_argument("--workers", type=int, default=4)
    arguments.add_argument(
        "--keep", action="store_true", help="conserva la base, y usa la que haya"
    )
    asked = arguments.parse_args()
    from tests import databases

    os.environ.update(databases.environment_for(DATABASE))
    if not (asked.keep and exists(databases)):
        print(f"Preparo {asked.parcels:,} predios …", flush=True)
        fill(databases, asked.parcels)
    try:
        print("| carga | acto | actos | por segundo | p50 ms | p99 ms | CPU ms | rechazos |")
        print("|---|---|--:|--:|--:|--:|--:|--:|")
        run(f"{asked.rate} por segundo, lazo abierto", asked, rate=asked.rate, sales=0.5)
        run("la mayor posible", asked, rate=None, sales=0.5)
        run("la mayor posible, solo ventas", asked, rate=None, sales=1.0)
    finally:
        if not asked.keep:
            databases.drop(DATABASE)


def exists(databases) -> bool:
    import psycopg

    with psycopg.connect(databases.url_for("DATABASE_OWNER_URL", "postgres")) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
        return found.fetchone() is not None


def fill(databases, count: int) -> None:
    """The coverage imported as a town's data come in, and a holder for each predio."""
    import psycopg
    from import_parcels import write

    databases.build(DATABASE)
    databases.run_manage(
        DATABASE,
        "add_municipality",
        "--dpa",
        "1703",
        "--slug",
        "mejia",
        "--name",
        "Mejía",
        "--commit",
    )
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "predios.gpkg"
        write(path, count)
        process = multiprocessing.get_context("spawn").Process(target=take_in, args=(path,))
        process.start()
        process.join()
        if process.exitcode:
            raise SystemExit("La carga de la base de medición falló.")
    with psycopg.connect(databases.url_for("DATABASE_OWNER_URL", DATABASE)) as connection:
        connection.execute(HOLDERS)
    with psycopg.connect(
        databases.url_for("DATABASE_OWNER_URL", DATABASE), autocommit=True
    ) as connection:
        connection.execute("VACUUM ANALYZE")


def take_in(path: Path) -> None:
    import django

    django.setup()
    from datetime import date

    from cadastre.imports.parcel_map import parcel_map
    from cadastre.imports.reading import read_file
    from cadastre.operations.import_act import SourceFile
    from cadastre.operations.import_parcels import ParcelImport, import_parcels
    from gis_project.territory.models import Municipality
    from gis_project.territory.policy import CONSOLE
    from gis_project.territory.scope import enter

    town = Municipality.objects.get()
    enter(town)
    import_parcels(
        layer=read_file(path),
        source=SourceFile(path.name, "0" * 64),
        wanted=ParcelImport(
            map=parcel_map(None, key="clave", address="direccion", number="numero"),
            valid_from=date(2020, 1, 1),
        ),
        municipality=town,
        by=CONSOLE,
        commit=True,
    )


def run(name: str, asked: argparse.Namespace, *, rate: int | None, sales: float) -> None:
    """Rows of the table: all workers together, each on predios of its own choice; ``sales`` is their share."""
    context = multiprocessing.get_context("spawn")
    begin = context.Barrier(asked.workers + 1)
    results = context.Queue()
    workers = [
        context.Process(
            target=work, args=(number, asked.workers, asked.seconds, rate, sales, begin, results)
        )
        for number in range(asked.workers)
    ]
    for worker in workers:
        worker.start()
    begin.wait(timeout=300)  # a worker that cannot begin fails the run
    done = [one for _ in workers for one in results.get(timeout=asked.seconds + 120)]
    for worker in workers:
        worker.join()
    for kind in ("todos", *sorted({one.kind for one in done})):
        tell(name, kind, [one for one in done if kind in ("todos", one.kind)], asked.seconds)


@dataclass(frozen=True)
class Done:
    """One act: seconds from when it was due to its commit, and of processor; whether it was refused."""

    kind: str
    waited: float
    worked: float
    is_refused: bool


def tell(name: str, kind: str, done: list[Done], seconds: int) -> None:
    waits = sorted(one.waited for one in done if not one.is_refused)
    print(
        f"| {name} | {kind} | {len(waits):,} | {len(waits) / seconds:,.1f} "
        f"| {statistics.median(waits) * 1000:.0f} | {waits[int(len(waits) * 0.99) - 1] * 1000:.0f} "
        f"| {statistics.mean(one.worked for one in done) * 1000:.1f} "
        f"| {sum(one.is_refused for one in done)} |",
        flush=True,
    )


def work(
    number: int, workers: int, seconds: int, rate: int | None, sales: float, begin, results
) -> None:
    """This worker's acts."""
    import django

    django.setup()
    from django.db import connection

    from cadastre.models import PropertyUnit
    from gis_project.core.errors import DomainError
    from gis_project.territory.models import Municipality
    from gis_project.territory.scope import enter

    town = Municipality.objects.get()
    enter(town)
    chance = random.Random(time.time_ns() + number)
    active = PropertyUnit.objects.filter(municipality=town, state="ACTIVE").order_by("pk")
    units = list(active.select_related("municipality"))[number::workers]
    chance.shuffle(units)
    acts = Acts(town)
    for _ in range(WARM_UP):
        acts.sell(units.pop())
        acts.split(units.pop())
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (server,) = cursor.fetchone()
    begin.wait()
    start, done = time.perf_counter(), []
    while True:
        due = start + (len(done) * workers + number) / rate if rate else time.perf_counter()
        if due - start >= seconds:
            break
        time.sleep(max(due - time.perf_counter(), 0))
        is_sale = chance.random() < sales
        kind, act = ("venta", acts.sell) if is_sale else ("fraccionamiento", acts.split)
        before = worked(server)
        is_refused = False
        try:
            act(units.pop())
        except DomainError:
            is_refused = True
        done.append(Done(kind, time.perf_counter() - due, worked(server) - before, is_refused))
    results.put(done)


def worked(server: int) -> float:
    """Seconds of processor of this process and of its database's."""
    nanoseconds = int(Path(f"/proc/{server}/schedstat").read_text().split()[0])
    return time.process_time() + nanoseconds / 1e9


class Acts:
    """A sale and a subdivision, with their documents."""

    def __init__(self, town) -> None:
        from datetime import date

        from cadastre.models import AdministrativeSource, Party

        self.buyer = Party.objects.create(municipality=town, kind="NATURAL")
        self.town = town
        self.sources = [
            AdministrativeSource.objects.create(
                municipality=town,
                kind=kind,
                number="1",
                issuer="Oficina",
                issued_on=date(2026, 3, 2),
            )
            for kind in ("DEED", "RESOLUTION")
        ]

    @property
    def filing(self):
        """Each act with an inscription of its own."""
        from datetime import date
        from uuid import uuid4

        from cadastre.models import AdministrativeSource
        from cadastre.operations.deed.filing import Filing
        from gis_project.territory.policy import CONSOLE

        inscription = AdministrativeSource.objects.create(
            municipality=self.town,
            kind="INSCRIPTION",
            number=str(uuid4()),
            repertory="1",
            issuer="Registro de la Propiedad",
            issued_on=date(2026, 3, 2),
        )
        return Filing(by=CONSOLE, reason="medición", sources=[*self.sources, inscription])

    def sell(self, unit) -> None:
        from fractions import Fraction

        from cadastre.operations.transfer_rights import Taker, transfer_rights

        transfer_rights(
            unit=unit,
            cause="SALE",
            givers=[],
            takers=[Taker(party=self.buyer, share=Fraction(1))],
            filing=self.filing,
        )

    def split(self, unit) -> None:
        from cadastre.operations.split_parcel import ByStrips, split_parcel

        cut = ByStrips(2, 90, "left")
        split_parcel(unit=unit, cut=cut, filing=self.filing)


if __name__ == "__main__":
    main()
