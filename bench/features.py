"""GeoJSON features over HTTP: Lindero's door against tipg, same view, same requests, same machine.

Give it a migrated database filled by bench/features_parcels.sql, DATABASE_URL, DATABASE_OWNER_URL and
DATABASE_PUBLIC_URL leading there, and tipg in its own venv:

    uv venv var/bench/tipg && uv pip install --python var/bench/tipg/bin/python tipg uvicorn
    .venv/bin/python bench/features.py [--rounds 30] [--stream]

Both servers run one process and read the same view through one Unix socket. The time runs from the
request to the last byte; the document is parsed afterwards and its features counted, so that no answer
is short. `--stream` instead reads every feature of the view in one stream and prints the memory.
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
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

ROOT = Path(__file__).resolve().parent.parent
TIPG = ROOT / "var" / "bench" / "tipg" / "bin" / "python"
BOX = "-78.90,-0.632,-78.89,-0.627"
REQUESTS = {
    "10 features": "limit=10",
    "100 features": "limit=100",
    "1,000 features": "limit=1000",
    "10,000 features": "limit=10000",
    "100 in a box": f"limit=100&bbox={BOX}",
}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rounds", type=int, default=30)
    arguments.add_argument("--stream", action="store_true")
    asked = arguments.parse_args()
    if asked.stream:
        stream_all()
        return
    with lindero() as ours, tipg() as theirs:
        compare(ours, theirs, asked.rounds)


def compare(ours: int, theirs: int, rounds: int) -> None:
    print("| request | Lindero median / p99 ms | first byte ms | tipg median / p99 ms | ratio |")
    print("|---|---|---|---|---|")
    # The first request of a process loads libraries and reads the catalogue: not counted, on neither side.
    timed(ours, "/ogc/collections/parcels/items?limit=1")
    timed(theirs, "/collections/published.parcels/items?f=geojson&limit=1")
    for name, query in REQUESTS.items():
        count = rounds if "10,000" not in name else max(rounds // 3, 5)
        own, other = [], []
        for _ in range(count):  # in turns, so that a noisy minute hits both
            own.append(timed(ours, f"/ogc/collections/parcels/items?{query}"))
            other.append(timed(theirs, f"/collections/published.parcels/items?f=geojson&{query}"))
        if own[0][2] != other[0][2]:
            raise SystemExit(f"{name}: {own[0][2]} features here, {other[0][2]} there")
        mine, its = [row[1] for row in own], [row[1] for row in other]
        first = statistics.median(row[0] for row in own)
        ratio = statistics.median(mine) / statistics.median(its)
        print(
            f"| {name} ({own[0][2]}) | {median_p99(mine)} | {first:.1f} | {median_p99(its)} | {ratio:.2f} |"
        )


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
def lindero() -> Iterator[int]:
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "gis_project.wsgi:application"]
    command += [
        "--bind",
        f"127.0.0.1:{port}",
        "--worker-class=gthread",
        "--threads=4",
        "--workers=1",
    ]
    with running(command, port, {"LINDERO_FEATURES_PER_MINUTE": "0"}):
        yield port


@contextmanager
def tipg() -> Iterator[int]:
    url = urlsplit(os.environ["DATABASE_URL"])
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
    with running(command, port, environment):
        yield port


@contextmanager
def running(command: list[str], port: int, more: dict[str, str]) -> Iterator[None]:
    environment = {**os.environ, **more}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    try:
        for _ in range(300):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            if process.poll() is not None:
                raise SystemExit(f"{command[2]} ended: {process.returncode}")
            time.sleep(0.1)
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def stream_all() -> None:
    """Reads every feature of the view in batches and prints the resident memory on the way."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gis_project.settings")
    sys.path.insert(0, str(ROOT))
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
