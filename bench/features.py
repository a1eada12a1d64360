"""GeoJSON features over HTTP: Lindero's door against tipg, same view, same requests, same machine.

    uv venv var/bench/tipg && uv pip install --python var/bench/tipg/bin/python tipg uvicorn
    ./lindero bench features [--rounds 30] [--parcels 60000] [--keep] [--stream]

A scratch database is filled by bench/features_parcels.sql and dropped at the end, unless it is kept. Both servers run
one process and read the same view through one Unix socket, in turns. The time runs from the request to the last byte;
the document is parsed afterwards and its features counted, so that no answer is short. The processor time is that of
the server and of its PostgreSQL processes together: who else is busy hardly changes it. `--stream` instead reads every
feature of the view in one stream and prints the memory.
"""

import argparse
import gzip
import http.client
import json
import os
import resource
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import psycopg

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from tests import databases

DATABASE = "lindero_bench_features"
FILL = ROOT / "bench" / "features_parcels.sql"
TIPG = ROOT / "var" / "bench" / "tipg" / "bin" / "python"
BOX = "-78.90,-0.632,-78.89,-0.627"
REQUESTS = {
    "10 features": "limit=10",
    "100 features": "limit=100",
    "1,000 features": "limit=1000",
    "10,000 features": "limit=10000",
    "100 in a box": f"limit=100&bbox={BOX}",
}


@dataclass(frozen=True, slots=True)
class Server:
    """Where it answers, its process (with children), and as which roles it reads."""

    port: int
    process: int
    roles: list[str]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rounds", type=int, default=30)
    arguments.add_argument("--parcels", type=int, default=60_000)
    arguments.add_argument(
        "--keep", action="store_true", help="keep the database, use what is there"
    )
    arguments.add_argument("--stream", action="store_true")
    asked = arguments.parse_args()
    if not TIPG.exists() and not asked.stream:
        raise SystemExit(f"tipg is missing:\n{__doc__}")
    with parcels(asked.parcels, keep=asked.keep):
        if asked.stream:
            stream_all()
            return
        with lindero() as ours, tipg() as theirs:
            compare(ours, theirs, asked.rounds)


@contextmanager
def parcels(count: int, *, keep: bool) -> Iterator[None]:
    """The environment leads to a migrated database with that many parcels; it goes away with the block."""
    if not (keep and exists()):
        databases.build(DATABASE)
        with psycopg.connect(databases.url_for("DATABASE_OWNER_URL", DATABASE)) as connection:
            for statement in FILL.read_text(encoding="utf-8").split(";\n"):
                connection.execute(statement, {"count": count})
        with psycopg.connect(
            databases.url_for("DATABASE_OWNER_URL", DATABASE), autocommit=True
        ) as connection:
            connection.execute("SET client_min_messages = error")
            connection.execute("VACUUM ANALYZE")
    os.environ.update(databases.environment_for(DATABASE))
    try:
        yield
    finally:
        if not keep:
            databases.drop(DATABASE)


def exists() -> bool:
    with psycopg.connect(databases.url_for("DATABASE_OWNER_URL", "postgres")) as connection:
        query = "SELECT 1 FROM pg_database WHERE datname = %s"
        return connection.execute(query, [DATABASE]).fetchone() is not None


def compare(ours: Server, theirs: Server, rounds: int) -> None:
    print(
        "| request | Lindero median / p99 ms | first byte ms | tipg median / p99 ms | ratio "
        "| Lindero CPU ms | tipg CPU ms | CPU ratio |"
    )
    print("|---|---|---|---|---|---|---|---|")
    for name, query in REQUESTS.items():
        path = f"/ogc/collections/parcels/items?{query}"
        its_path = f"/collections/published.parcels/items?f=geojson&{query}"
        count = rounds if "10,000" not in name else max(rounds // 3, 5)
        own, other = [], []
        # The first requests load libraries and read the catalogue: not counted, on neither side.
        timed(ours.port, path), timed(theirs.port, its_path)
        mine_used = its_used = 0.0
        for _ in range(count):  # in turns, so that a noisy minute hits both
            before = cpu_ms(ours)
            own.append(timed(ours.port, path))
            between, its_before = cpu_ms(ours), cpu_ms(theirs)
            other.append(timed(theirs.port, its_path))
            mine_used += between - before
            its_used += cpu_ms(theirs) - its_before
        if own[0][2] != other[0][2]:
            raise SystemExit(f"{name}: {own[0][2]} features here, {other[0][2]} there")
        mine, its = [row[1] for row in own], [row[1] for row in other]
        first = statistics.median(row[0] for row in own)
        ratio = statistics.median(mine) / statistics.median(its)
        print(
            f"| {name} ({own[0][2]}) | {median_p99(mine)} | {first:.1f} | {median_p99(its)} | {ratio:.2f} "
            f"| {mine_used / count:.1f} | {its_used / count:.1f} | {mine_used / its_used:.2f} |",
            flush=True,
        )


def cpu_ms(server: Server) -> float:
    """What the server and its PostgreSQL processes have used of the processor so far."""
    children = Path(f"/proc/{server.process}/task/{server.process}/children").read_text().split()
    pids = [server.process, *map(int, children)]
    query = "SELECT pid FROM pg_stat_activity WHERE datname = %s AND usename = ANY(%s)"
    with psycopg.connect(databases.url_for("DATABASE_OWNER_URL", "postgres")) as connection:
        pids += [row[0] for row in connection.execute(query, [DATABASE, server.roles])]
    # Nanoseconds on the processor, of all threads of each process.
    tasks = [task for pid in pids for task in Path(f"/proc/{pid}/task").iterdir()]
    return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e6


def median_p99(values: list[float]) -> str:
    ordered = sorted(values)
    return f"{statistics.median(ordered):.1f} / {ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]:.1f}"


def timed(port: int, path: str) -> tuple[float, float, int]:
    """Milliseconds to the first byte of the body, to the last, and how many features came."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    started = time.perf_counter()
    connection.request("GET", path, headers={"Accept": "application/geo+json"})
    answer = connection.getresponse()
    body = answer.read(1)
    first = time.perf_counter()
    body += answer.read()
    done = time.perf_counter()
    connection.close()
    if answer.status != 200:
        raise SystemExit(f"{path}: {answer.status} {body[:300]!r}")
    if answer.headers.get("Content-Encoding") == "gzip":
        body = gzip.decompress(body)
    return (first - started) * 1000, (done - started) * 1000, len(json.loads(body)["features"])


@contextmanager
def lindero() -> Iterator[Server]:
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "gis_project.wsgi:application"]
    command += [
        "--bind",
        f"127.0.0.1:{port}",
        "--worker-class=gthread",
        "--threads=4",
        "--workers=1",
    ]
    roles = [
        urlsplit(os.environ[name]).username or ""
        for name in ("DATABASE_URL", "DATABASE_PUBLIC_URL")
    ]
    with running(
        command, port, {"LINDERO_POOL": "true", "LINDERO_FEATURES_PER_MINUTE": "0"}
    ) as process:
        yield Server(port, process, roles)


@contextmanager
def tipg() -> Iterator[Server]:
    url = urlsplit(
        os.environ["DATABASE_OWNER_URL"]
    )  # a role of its own: its processes are told by it
    query = {name: values[0] for name, values in parse_qs(url.query).items()}
    host = query.get("host", url.hostname or "")
    port_there = query.get("port", str(url.port or 5432))
    user = f"{url.username}:{url.password or 'none'}"
    port = free_port()
    environment = {
        "DATABASE_URL": f"postgresql://{user}@{quote(host, safe='')}:{port_there}{url.path}",
        "TIPG_DB_SCHEMAS": '["published"]',
        "TIPG_DB_TABLES": '["published.parcels"]',
        "TIPG_TABLE_CONFIG__published_parcels__pk": "id",
        "TIPG_MAX_FEATURES_PER_QUERY": "10000",
        "TIPG_CATALOG_TTL": "36000",
    }
    command = [
        str(TIPG),
        "-m",
        "uvicorn",
        "tipg.main:app",
        "--port",
        str(port),
        "--log-level=warning",
    ]
    with running(command, port, environment) as process:
        yield Server(port, process, [url.username or ""])


@contextmanager
def running(command: list[str], port: int, more: dict[str, str]) -> Iterator[int]:
    """The process, once it listens."""
    environment = {**os.environ, **more}
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(300):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            if process.poll() is not None:
                raise SystemExit(f"{command[2]} ended: {process.returncode}")
            time.sleep(0.1)
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def stream_all() -> None:
    """Reads every feature of the view in batches and prints the resident memory on the way."""
    import django

    django.setup()
    from layers.catalogue import layer_named
    from layers.features.feature_query import FeatureQuery
    from layers.features.stream import FeatureStream

    started = time.perf_counter()
    features = FeatureStream(FeatureQuery(layer=layer_named("parcels"), limit=None))
    print(f"first batch after {(time.perf_counter() - started) * 1000:.1f} ms")
    size, told = 0, 0
    for piece in features:
        size += len(piece)
        if features.returned - told >= 100_000:
            told = features.returned
            print(
                f"{told:>9,} features, {size / 1e6:,.0f} MB of text, {resident_mb():.0f} MB resident"
            )
    seconds = time.perf_counter() - started
    print(f"{features.returned:,} features in {seconds:.1f} s, peak {peak_mb():.0f} MB resident")


def resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


if __name__ == "__main__":
    main()
