"""How long it takes to simulate an ordinance over a canton: reading, computing, writing, by size and processes.

    . var/lindero.env; .venv/bin/python bench/simulation.py [--units 10000,60000,120000] [--hands 1,2]

Migrates a scratch database once, copies it for each size, fills it (simulation_town.sql) and drops it. Up to
1,000,000 units. Fifty value zones; the ordinance in force is flat, the draft marginal with half of the zones dearer.
Writing is the result as it is kept, and the map of changes as GeoJSON.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

from synthetic_parcels import make_database, url_of


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--units", default="10000,60000,120000")
    parser.add_argument("--hands", default="1,2")
    parser.add_argument("--inside", choices=["fill", "measure"], help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        _set_up()
        if options.inside == "fill":
            from gis_project.territory.scope import across_municipalities

            with across_municipalities("the bench fills its only town"):
                _ordinances()
        else:
            _measure(int(options.units), int(options.hands))
        return
    empty = "bench_simulation"
    make_database(empty)
    try:
        _run([str(HERE.parent / "manage.py"), "migrate", "-v0"], empty, as_owner=True)
        print(
            "| units | processes | read s | compute s | write s | whole s | µs a unit | peak MB |"
        )
        print("|--:|--:|--:|--:|--:|--:|--:|--:|", flush=True)
        for units in options.units.split(","):
            _one_size(empty, units, options.hands.split(","))
    finally:
        _drop(empty)


def _one_size(empty: str, units: str, hands: list[str]) -> None:
    name = f"{empty}_{units}"
    _drop(name)
    with psycopg.connect(url_of("postgres"), autocommit=True) as connection:
        copy = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        connection.execute(copy.format(sql.Identifier(name), sql.Identifier(empty)))
    try:
        with psycopg.connect(url_of(name)) as connection:
            connection.execute("SELECT set_config('bench.lots', %s, false)", [units])
            connection.execute((HERE / "simulation_town.sql").read_text(encoding="utf-8"))
        _run([__file__, "--inside", "fill"], name)
        for count in hands:  # a process each: the peak of memory is its own
            _run([__file__, "--inside", "measure", "--units", units, "--hands", count], name)
    finally:
        _drop(name)


def _run(arguments: list[str], database: str, *, as_owner: bool = False) -> None:
    served = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{database}")
    environment = {"DATABASE_OWNER_URL": url_of(database), "DATABASE_URL": urlunsplit(served)}
    if as_owner:
        environment |= {"DATABASE_URL": url_of(database), "LINDERO_DB_ROLE": "owner"}
    subprocess.run([sys.executable, *arguments], env=os.environ | environment, check=True)


def _drop(name: str) -> None:
    with psycopg.connect(url_of("postgres"), autocommit=True) as connection:
        drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
        connection.execute(drop.format(sql.Identifier(name)))


def _set_up() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gis_project.settings")
    import django

    django.setup()


def _ordinances() -> None:
    """The one in force and the draft, each with its fifty zones and a cost."""
    from django.contrib.gis.geos import MultiPolygon, Polygon

    from cadastre.models import BuildingCost, LandValueZone, Operation
    from gis_project.territory.models import Municipality, Ordinance

    [town], [act] = Municipality.objects.all(), Operation.objects.all()
    flat = {"mode": "FLAT", "article": "5", "bands": [{"from": "0", "rate_per_mille": "1"}]}
    bands = [("0", "0.8"), ("40000", "1.5")]
    marginal = {
        "mode": "MARGINAL",
        "article": "5",
        "bands": [{"from": start, "rate_per_mille": rate} for start, rate in bands],
    }
    for number, valid, state, rates, dearer in (
        ("BENCH-1", (date(2024, 1, 1), date(2026, 1, 1)), "APPROVED", flat, 0),
        ("BENCH-2", (date(2026, 1, 1), None), "DRAFT", marginal, 10),
    ):
        ordinance = Ordinance.objects.create(
            municipality=town,
            number=number,
            title=number,
            valid=valid,
            state=Ordinance.State.DRAFT,
            parameters=_PARAMETERS | {"urban_rates": rates, "rural_rates": flat},
        )
        BuildingCost.objects.create(
            ordinance=ordinance, structure="CONCRETE", cost_per_m2=300, useful_life_years=50
        )
        for zone in range(50):
            west = 610_000 + zone * 400
            LandValueZone.objects.create(
                municipality=town,
                ordinance=ordinance,
                kind="URBAN",
                code=f"U{zone}",
                value=50 + zone * 2 + dearer * (zone % 2),
                geom=MultiPolygon(
                    Polygon.from_bbox((west, 9_910_000, west + 400, 9_935_000)), srid=32717
                ),
                valid=(date(2020, 1, 1), None),
                recorded=(act.recorded_at, None),
                opened_by=act,
            )
        Ordinance.objects.filter(pk=ordinance.pk).update(state=state)


def _measure(units: int, hands: int) -> None:
    from cadastre.operations.simulate_ordinance import changes_geojson, simulate_ordinance
    from cadastre.queries.ordinance_list import ordinance_before, ordinance_named
    from gis_project.territory.policy import CONSOLE
    from gis_project.territory.queries.named_municipality import named_municipality

    town = named_municipality("bench", console=True)
    draft = ordinance_named(town, "BENCH-2")
    began = time.perf_counter()
    found = simulate_ordinance(
        ordinance=draft, against=ordinance_before(draft), year=2026, by=CONSOLE, hands=hands
    )
    if len(found.units) != units or found.impact.billed_after != units:
        raise SystemExit(f"{len(found.units)} units read, {found.impact.billed_after} billed")
    compared = time.perf_counter()
    json.dumps(found.as_dict())
    changes_geojson(found)
    ended = time.perf_counter()
    whole = ended - began
    peaks = (resource.getrusage(who).ru_maxrss for who in _WHOSE)
    print(
        f"| {units:,} | {hands} | {found.seconds['read']:.1f} | {compared - began - found.seconds['read']:.1f} | "
        f"{ended - compared:.1f} | {whole:.1f} | {1e6 * whole / units:.0f} | {max(peaks) / 1024:,.0f} |",
        flush=True,
    )


_WHOSE = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
_PARAMETERS = {
    "taxed_area": "LEGAL",
    "area_tolerance_pct": None,
    "use_migrated_values": False,
    "sbu_year": "SAME",
    "rural_follows_art_512": False,
    "land_value_article": "3",
    "building_value_article": "4",
    "emission_fee": {"amount": "2.00", "article": "9"},
}


if __name__ == "__main__":
    main()
