"""Look-ups a second: the predio over the API, its page and its quote, with and without the pool.

    ./lindero bench lookups [--seconds 10] [--connections 16]

gunicorn runs as `./lindero up` runs it, on 127.0.0.1 and a scratch database that holds the sample of
Mejía and is dropped at the end. wrk (apt-get install wrk) asks for another predio with every request,
as 4,000 citizens behind a proxy, so that the limit of each is counted and reached by none. Any answer
but 200 makes the run fail. The load comes from the same machine and takes its part of the two cores.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import socket

import psycopg

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from tests import databases

DATABASE = "lindero_bench_lookups"
DOORS = {
    "predio, API": ("/api/mejia/parcels/", ""),
    "predio, página": ("/mejia/p/", ""),
    "valor a pagar, API": ("/api/mejia/quotes?key=", ""),
}
KEYS = """SELECT k.text FROM cadastre_keyalias AS k
    WHERE k.is_principal AND upper_inf(k.recorded) AND upper_inf(k.valid) ORDER BY k.text"""


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--seconds", type=int, default=10)
    arguments.add_argument("--connections", type=int, default=16)
    arguments.add_argument(
        "--keep", action="store_true", help="conserva la base, y usa la que haya"
    )
    asked = arguments.parse_args()
    if not shutil.which("wrk"):
        raise SystemExit("Falta wrk: apt-get install wrk")
    with (
        tempfile.TemporaryDirectory() as folder,
        sample_town(Path(folder), keep=asked.keep) as keys,
    ):
        print(
            "| consulta | pool | por segundo | p50 ms | p99 ms | CPU del servidor web, ms por consulta |"
        )
        print("|---|---|---|---|---|---|")
        for has_pool in (True, False):
            with server(Path(folder), has_pool=has_pool) as (address, process):
                for name, (before, after) in DOORS.items():
                    load(
                        address, before, after, keys, asked, seconds=5
                    )  # each thread prepares once
                    busy = cpu_seconds(process)
                    shot = load(address, before, after, keys, asked, seconds=asked.seconds)
                    busy = (cpu_seconds(process) - busy) / shot["requests"] * 1000
                    rate = shot["requests"] / shot["seconds"]
                    print(
                        f"| {name} | {'sí' if has_pool else 'no'} | {rate:,.0f} "
                        f"| {shot['p50_ms']} | {shot['p99_ms']} | {busy:.1f} |",
                        flush=True,
                    )


@contextmanager
def sample_town(folder: Path, *, keep: bool) -> Iterator[Path]:
    """The file with Mejía's keys; the database goes away with the block, unless it is kept."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gis_project.settings")
    if not (keep and exists()):
        databases.build(DATABASE)
        databases.run_manage(DATABASE, "load_samples", "--municipalities", "mejia", "--no-accounts")
    try:
        with psycopg.connect(databases.url_for("DATABASE_OWNER_URL", DATABASE)) as connection:
            connection.execute("ANALYZE")
            keys = [row[0] for row in connection.execute(KEYS).fetchall()]
        (folder / "keys").write_text("\n".join(keys), encoding="utf-8")
        yield folder / "keys"
    finally:
        if not keep:
            databases.drop(DATABASE)


def exists() -> bool:
    with psycopg.connect(databases.url_for("DATABASE_OWNER_URL", "postgres")) as connection:
        query = "SELECT 1 FROM pg_database WHERE datname = %s"
        return connection.execute(query, [DATABASE]).fetchone() is not None


@contextmanager
def server(folder: Path, *, has_pool: bool) -> Iterator[tuple[str, int]]:
    """The address of gunicorn and its process."""
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        bind = f"127.0.0.1:{probe.getsockname()[1]}"
    environment = databases.environment_for(DATABASE) | {
        "LINDERO_BIND": bind,
        "LINDERO_PUBLIC_URL": f"http://{bind}",
        "LINDERO_BEHIND_PROXY": "true",
        "LINDERO_POOL": "true" if has_pool else "false",
    }
    log = (folder / "server.log").open("ab")
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "gis_project.wsgi", "-c", "gunicorn.conf.py"],
        cwd=ROOT,
        env=environment,
        stdout=log,
        stderr=log,
    )
    try:
        wait_until_alive(f"http://{bind}/healthz")
        yield f"http://{bind}", process.pid
    finally:
        process.terminate()
        process.wait(timeout=30)
        log.close()


def wait_until_alive(url: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"{url} no responde")


def cpu_seconds(master: int) -> float:
    """What gunicorn's workers have used of the processor so far; hardly changed by who else is busy."""
    children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    ticks = 0
    for pid in children:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def load(
    address: str,
    before: str,
    after: str,
    keys: Path,
    asked: argparse.Namespace,
    *,
    seconds: int,
) -> dict[str, float]:
    """What wrk measured."""
    environment = os.environ | {
        "BENCH_KEYS": str(keys),
        "BENCH_BEFORE": before,
        "BENCH_AFTER": after,
    }
    command = ["wrk", "--threads=1", f"--connections={asked.connections}"]
    command += [f"--duration={seconds}s", "--timeout=30s", "--latency"]
    told = subprocess.run(
        [*command, f"--script={ROOT / 'bench/lookups.lua'}", address],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    shot: dict[str, float] = json.loads(told.stdout.strip().splitlines()[-1])
    if shot["failed"]:
        raise SystemExit(f"{before}: {shot['failed']:.0f} respuestas no fueron 200.\n{told.stdout}")
    return shot


if __name__ == "__main__":
    main()
