"""How long an emission of a canton takes: reading, computing, writing, in wall and processor seconds, by size.

    . var/lindero.env; .venv/bin/python bench/emission.py [--units 10000,60000,120000]

The town is that of bench/simulation.py: fifty value zones, a marginal table, buildings, one holder a predio. Each size
has its own database, dropped afterwards. The target is 120,000 units in 20 s on 2 cores.
"""

import argparse
import resource
import sys
import time
from pathlib import Path

import psycopg
from psycopg import sql

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

import simulation as town
from synthetic_parcels import make_database, url_of

EMPTY = "bench_emission"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--units", default="10000,60000,120000")
    parser.add_argument("--inside", choices=["fill", "measure"], help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        town._set_up()
        from gis_project.territory.scope import across_municipalities

        with across_municipalities("the bench is about its only town"):
            _fill() if options.inside == "fill" else _measure(int(options.units))
        return
    make_database(EMPTY)
    try:
        town._run([str(HERE.parent / "manage.py"), "migrate", "-v0"], EMPTY, as_owner=True)
        print("| units | read s | compute s | write s | whole s | CPU s | µs a unit | peak MB |")
        print("|--:|--:|--:|--:|--:|--:|--:|--:|", flush=True)
        for units in options.units.split(","):
            _one_size(units)
    finally:
        town._drop(EMPTY)


def _one_size(units: str) -> None:
    name = f"{EMPTY}_{units}"
    town._drop(name)
    with psycopg.connect(url_of("postgres"), autocommit=True) as connection:
        copy = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        connection.execute(copy.format(sql.Identifier(name), sql.Identifier(EMPTY)))
    try:
        with psycopg.connect(url_of(name)) as connection:
            connection.execute("SELECT set_config('bench.lots', %s, false)", [units])
            connection.execute((HERE / "simulation_town.sql").read_text(encoding="utf-8"))
        town._run([__file__, "--inside", "fill"], name)
        town._run([__file__, "--inside", "measure", "--units", units], name)
    finally:
        town._drop(name)


def _fill() -> None:
    """The draft rules from 2026: what is emitted is the marginal table."""
    from gis_project.territory.models import Ordinance

    town._ordinances()
    Ordinance.objects.filter(number="BENCH-2").update(state=Ordinance.State.APPROVED)


class _Phases:
    """When each phase of the emission began, on both clocks."""

    def __init__(self) -> None:
        self.began: list[tuple[str, float]] = []

    def __call__(self, name: str, total: int = 0) -> None:
        self.began.append((name.partition(": ")[2].split()[0], time.perf_counter()))

    def advance(self, count: int) -> None:
        """How far the phase came is not measured."""


def _measure(units: int) -> None:
    from cadastre.operations.emit_tax_roll import emit_tax_roll
    from cadastre.valuation.facts import UnitKind
    from gis_project.territory.models import Municipality
    from gis_project.territory.policy import CONSOLE

    phases = _Phases()
    cpu = time.process_time()
    roll = emit_tax_roll(
        municipality=Municipality.objects.get(),
        year=2026,
        kind=UnitKind.URBAN,
        by=CONSOLE,
        phase=phases,
    ).roll
    ended, cpu = time.perf_counter(), time.process_time() - cpu
    if roll.titles_count != units:
        raise SystemExit(f"{roll.titles_count} titles of {units}")
    ends = [moment for _, moment in phases.began[1:]] + [ended]
    spent: dict[str, float] = {}
    for (name, began), end in zip(phases.began, ends, strict=True):
        spent[name] = spent.get(name, 0) + end - began
    whole = ended - phases.began[0][1]
    read, compute = spent["leer"], spent["calcular"]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"| {units:,} | {read:.1f} | {compute:.1f} | {whole - read - compute:.1f} | {whole:.1f} | {cpu:.1f} | "
        f"{1e6 * whole / units:.0f} | {peak:,.0f} |",
        flush=True,
    )


if __name__ == "__main__":
    main()
