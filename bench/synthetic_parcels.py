"""A scratch database with a `published` schema of synthetic parcels, for benchmarks of the public doors.

    python bench/synthetic_parcels.py bench_getmap --parcels 60000

makes the database anew from `lindero_template` and fills blocks, parcels (8 to 16 vertices) and roads of a regular
town with seeded irregularity, as plain tables in EPSG:32717 that the role `lindero_public` may read.
"""

import argparse
import math
import os
import random
import uuid
from collections.abc import Iterator
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

ORIGIN = (765_000.0, 9_940_000.0)
BLOCK_M, STREET_M = 100.0, 12.0
LOTS = (2, 5)  # rows and columns of lots in a block
SEED = 20_261_122

SCHEMA = """
CREATE SCHEMA published;
CREATE TABLE published.parcels (
    id uuid, version bigint, municipality text, key text, parish_code text, parish text, block text, kind text,
    land_use text, legal_area_m2 numeric, ellipsoidal_area_m2 numeric, status text,
    valid_from date, valid_to date, updated timestamptz, geom geometry(MultiPolygon, 32717)
);
CREATE TABLE published.blocks (
    id uuid, version bigint, municipality text, code text, zone text, sector text, parish text,
    valid_from date, valid_to date, updated timestamptz, geom geometry(MultiPolygon, 32717)
);
CREATE TABLE published.roads (
    id uuid, version bigint, municipality text, name text, width_m numeric, surface text,
    valid_from date, valid_to date, updated timestamptz, geom geometry(MultiLineString, 32717)
);
"""

FINISH = """
CREATE INDEX ON published.parcels USING gist (geom);
CREATE INDEX ON published.blocks USING gist (geom);
CREATE INDEX ON published.roads USING gist (geom);
CREATE UNIQUE INDEX ON published.parcels (id);
CREATE VIEW published.parcels_history AS SELECT * FROM published.parcels;
CREATE VIEW published.blocks_history AS SELECT * FROM published.blocks;
CREATE VIEW published.roads_history AS SELECT * FROM published.roads;
GRANT USAGE ON SCHEMA published TO lindero_public, lindero_app;
GRANT SELECT ON ALL TABLES IN SCHEMA published TO lindero_public, lindero_app;
ANALYZE;
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("database")
    parser.add_argument("--parcels", type=int, default=60_000)
    options = parser.parse_args()
    make_database(options.database)
    with psycopg.connect(url_of(options.database)) as connection:
        fill(connection, parcels=options.parcels)
    print(f"{options.database}: {options.parcels} parcels")


def url_of(database: str) -> str:
    """The owner's address (DATABASE_OWNER_URL) with another database in it."""
    return urlunsplit(urlsplit(os.environ["DATABASE_OWNER_URL"])._replace(path=f"/{database}"))


def make_database(database: str) -> None:
    name = sql.Identifier(database)
    with psycopg.connect(url_of("postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE lindero_template").format(name))


def fill(connection: psycopg.Connection, *, parcels: int) -> None:
    """Creates the tables and copies exactly `parcels` rows, the blocks around them and the streets between."""
    connection.execute(SCHEMA)
    random.seed(SEED)
    lots_a_block = LOTS[0] * LOTS[1]
    blocks = math.ceil(parcels / lots_a_block)
    side = math.ceil(math.sqrt(blocks))
    with connection.cursor() as cursor:
        with cursor.copy("COPY published.blocks (id, municipality, code, geom) FROM STDIN") as copy:
            for number in range(blocks):
                ring = _block_ring(number, side)
                copy.write_row((_uuid(), "bench", f"M{number:05d}", _multipolygon(ring)))
        with cursor.copy(
            "COPY published.parcels (id, version, municipality, key, block, kind, land_use, legal_area_m2, status,"
            " valid_from, updated, geom) FROM STDIN"
        ) as copy:
            for number, row in zip(range(parcels), _lots(blocks, side), strict=False):
                copy.write_row((_uuid(), number, *row))
        with cursor.copy(
            "COPY published.roads (id, municipality, name, width_m, geom) FROM STDIN"
        ) as copy:
            for row in _streets(side):
                copy.write_row((_uuid(), *row))
    connection.execute(FINISH)


def _block_ring(number: int, side: int) -> list[tuple[float, float]]:
    x0 = ORIGIN[0] + (number % side) * (BLOCK_M + STREET_M)
    y0 = ORIGIN[1] + (number // side) * (BLOCK_M + STREET_M)
    return [(x0, y0), (x0 + BLOCK_M, y0), (x0 + BLOCK_M, y0 + BLOCK_M), (x0, y0 + BLOCK_M)]


def _lots(blocks: int, side: int) -> Iterator[tuple[object, ...]]:
    rows, columns = LOTS
    for number in range(blocks):
        (x0, y0), *_ = _block_ring(number, side)
        corner = {
            (r, c): (
                x0 + BLOCK_M * c / columns + (random.uniform(-3, 3) if 0 < c < columns else 0),
                y0 + BLOCK_M * r / rows + (random.uniform(-4, 4) if 0 < r < rows else 0),
            )
            for r in range(rows + 1)
            for c in range(columns + 1)
        }
        sides: dict[frozenset[tuple[float, float]], list[tuple[float, float]]] = {}
        for r in range(rows):
            for c in range(columns):
                corners = [corner[r, c], corner[r, c + 1], corner[r + 1, c + 1], corner[r + 1, c]]
                ring = _with_points_between(corners, sides)
                sector, block = divmod(number, 1000)
                key = f"17035001{sector:02d}{block:03d}{r * columns + c + 1:03d}{0:08d}"
                status = "OBSERVED" if random.random() < 0.03 else "ADMITTED"
                yield (
                    *("bench", key, f"M{number:05d}", "URBAN", "RESIDENTIAL"),
                    *(round(_area(ring), 4), status, "2020-01-01", "2026-01-01"),
                    _multipolygon(ring),
                )


def _with_points_between(
    corners: list[tuple[float, float]],
    sides: dict[frozenset[tuple[float, float]], list[tuple[float, float]]],
) -> list[tuple[float, float]]:
    """One to three points on each side; a side that a neighbour has already drawn keeps the neighbour's."""
    ring = []
    for start, end in zip(corners, corners[1:] + corners[:1], strict=True):
        ring.append(start)
        side = frozenset((start, end))
        drawn = sides.get(side)
        if drawn is None:
            pieces = random.randint(1, 3)
            shares = [piece / (pieces + 1) for piece in range(1, pieces + 1)]
            sides[side] = [
                (start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share)
                for share in shares
            ]
            ring.extend(sides[side])
        else:
            ring.extend(reversed(drawn))
    return ring


def _streets(side: int) -> Iterator[tuple[object, ...]]:
    length = side * (BLOCK_M + STREET_M)
    for number in range(side + 1):
        offset = number * (BLOCK_M + STREET_M) - STREET_M / 2
        for name, line in (
            (f"Calle {number}", ((offset, 0.0), (offset, length))),
            (f"Avenida {number}", ((0.0, offset), (length, offset))),
        ):
            points = ",".join(f"{ORIGIN[0] + x:.3f} {ORIGIN[1] + y:.3f}" for x, y in line)
            yield "bench", name, STREET_M, f"SRID=32717;MULTILINESTRING(({points}))"


def _multipolygon(ring: list[tuple[float, float]]) -> str:
    points = ",".join(f"{x:.3f} {y:.3f}" for x, y in [*ring, ring[0]])
    return f"SRID=32717;MULTIPOLYGON((({points})))"


def _area(ring: list[tuple[float, float]]) -> float:
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairs)) / 2


def _uuid() -> uuid.UUID:
    return uuid.UUID(int=random.getrandbits(128), version=4)


if __name__ == "__main__":
    main()
