"""GetMap against MapServer 8: the same table, the same requests, one connection after the other, uncached.

    python bench/getmap.py [--parcels 60000] [--rounds 40] [--database bench_getmap]

The CPU column is what the drawing process itself used a picture (user and system, without the database): on a machine
that others use too it says more than the clock.

Needs Debian's cgi-mapserver and spawn-fcgi (apt-get install cgi-mapserver spawn-fcgi). Both sides get one process,
draw fills and outlines alike from `published.parcels` as `lindero_public`, and answer PNG.
MapServer is asked over FastCGI without a web server in between, ours over HTTP through gunicorn and Django; a
second column shows ours without HTTP (the socket of the render process), which compares like with like.
"""

import argparse
import http.client
import os
import random
import socket
import statistics
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

MAPSERV = "/usr/lib/cgi-bin/mapserv"
ROOT = Path(__file__).resolve().parent.parent
SIZES = ((256, 256), (512, 512), (800, 600), (1024, 1024))
SCALES_M = {"1:1,500": 0.42, "1:5,000": 1.4, "1:20,000": 5.6}  # metres a pixel of 0.28 mm
MAPFILE = """
MAP
  NAME bench
  SIZE 800 600
  MAXSIZE 4096
  UNITS METERS
  IMAGECOLOR 255 255 255
  PROJECTION "init=epsg:32717" END
  OUTPUTFORMAT NAME "png" DRIVER AGG/PNG MIMETYPE "image/png" IMAGEMODE RGB EXTENSION "png" END
  WEB METADATA "wms_title" "bench" "wms_enable_request" "*" "wms_srs" "EPSG:32717 EPSG:3857 EPSG:4326" END END
  LAYER
    NAME parcels
    TYPE POLYGON
    STATUS ON
    CONNECTIONTYPE POSTGIS
    CONNECTION "host={host} port={port} dbname={dbname} user={user}"
    PROCESSING "CLOSE_CONNECTION=DEFER"
    DATA "geom FROM (SELECT id, geom, status FROM published.parcels) AS layer USING UNIQUE id USING SRID=32717"
    EXTENT 700000 9900000 900000 10000000
    PROJECTION "init=epsg:32717" END
    CLASSITEM "status"
    CLASS
      EXPRESSION "ADMITTED"
      STYLE COLOR "{fill}" END
      STYLE OUTLINECOLOR "{line}" WIDTH {width} END
    END
    CLASS
      EXPRESSION "OBSERVED"
      STYLE COLOR "{observed}" END
      STYLE OUTLINECOLOR "{line}" WIDTH {width} END
    END
  END
END
"""
COLORS = {
    "fill": "#faf3e0",
    "observed": "#fbe0cf",
    "line": "#94836a",
    "width": 0.6,
}  # our style "plain"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--parcels", type=int, default=60_000)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--database", default="bench_getmap")
    options = parser.parse_args()
    from bench import synthetic_parcels

    synthetic_parcels.make_database(options.database)
    with synthetic_parcels.psycopg.connect(
        synthetic_parcels.url_of(options.database)
    ) as connection:
        synthetic_parcels.fill(connection, parcels=options.parcels)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="getmap-")))
        peer, peer_pid = stack.enter_context(mapserver(folder, options.database))
        render, web, render_pid = stack.enter_context(lindero(folder, options.database))
        asks = {"MapServer": peer, "Lindero": web, "Lindero, no HTTP": render}
        for ask in asks.values():  # connections, styles and fonts are there before the clock starts
            for query in places(256, 256, 1.4, 3):
                ask(query)
        report(asks, {"MapServer": peer_pid, "Lindero": render_pid}, options)


def report(
    asks: dict[str, Callable[[str], bytes]], pids: dict[str, int], options: argparse.Namespace
) -> None:
    """A row for each size and scale: median and p99 in ms, median kB, CPU, and our share of the peer's."""
    names = list(asks)
    print(
        f"{options.parcels} parcels, {options.rounds} places a row, one process each, uncached; ms\n"
    )
    columns = [f"{name} median | p99 | kB" for name in names]
    print(
        "| px | scale | "
        + " | ".join(columns)
        + " | ratio | ratio, no HTTP | CPU MapServer | CPU Lindero | ratio |"
    )
    print("|---|---|" + "---:|" * (3 * len(names) + 5))
    for width, height in SIZES:
        for scale, pixel_m in SCALES_M.items():
            queries = list(places(width, height, pixel_m, options.rounds))
            times: dict[str, list[float]] = {name: [] for name in names}
            sizes: dict[str, list[int]] = {name: [] for name in names}
            before = {name: cpu_ms(pid) for name, pid in pids.items()}
            for query in queries:  # turn by turn, so that the machine's moods meet all alike
                for name, ask in asks.items():
                    began = time.perf_counter()
                    body = ask(query)
                    times[name].append((time.perf_counter() - began) * 1000)
                    sizes[name].append(len(body))
                    if not body.startswith(b"\x89PNG"):
                        raise SystemExit(f"{name} answered {body[:500]!r}")
            medians = {name: statistics.median(times[name]) for name in names}
            cells = [
                f"{medians[name]:.1f} | {percentile(times[name], 99):.1f} | {statistics.median(sizes[name]) / 1000:.0f}"
                for name in names
            ]
            peer, ours, bare = (medians[name] for name in names)
            # Ours drew each picture twice: for HTTP and without.
            used = [
                (cpu_ms(pids[name]) - before[name]) / len(queries) / pictures
                for name, pictures in (("MapServer", 1), ("Lindero", 2))
            ]
            print(
                f"| {width}×{height} | {scale} | {' | '.join(cells)} | {ours / peer:.2f} | {bare / peer:.2f}"
                f" | {used[0]:.1f} | {used[1]:.1f} | {used[1] / used[0]:.2f} |",
                flush=True,
            )


def places(width: int, height: int, pixel_m: float, count: int) -> Iterator[str]:
    """Query strings of GetMap at random places inside the town, never the same twice."""
    chance = random.Random(width * 7 + round(pixel_m * 100))
    for _ in range(count):
        x = 765_000 + chance.uniform(0, 8_700 - min(width * pixel_m, 8_600))
        y = 9_940_000 + chance.uniform(0, 8_600 - min(height * pixel_m, 8_500))
        box = f"{x:.3f},{y:.3f},{x + width * pixel_m:.3f},{y + height * pixel_m:.3f}"
        yield urlencode(
            {
                "SERVICE": "WMS",
                "VERSION": "1.3.0",
                "REQUEST": "GetMap",
                "LAYERS": "parcels",
                "CRS": "EPSG:32717",
                "BBOX": box,
                "WIDTH": width,
                "HEIGHT": height,
                "FORMAT": "image/png",
            },
            safe=",:/",
        )


def cpu_ms(pid: int) -> float:
    """What a process has used so far, user and system."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def percentile(values: list[float], percent: int) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(len(ordered) * percent / 100))]


@contextmanager
def mapserver(folder: Path, database: str) -> Iterator[tuple[Callable[[str], bytes], int]]:
    """mapserv as one FastCGI process with its map kept open; the answer as a function of the query, its id."""
    parts = dict(parse_qsl(urlsplit(os.environ["DATABASE_PUBLIC_URL"]).query))
    mapfile = folder / "bench.map"
    mapfile.write_text(
        MAPFILE.format(
            host=parts["host"], port=parts["port"], dbname=database, user="lindero_public", **COLORS
        )
    )
    address = folder / "mapserv.sock"
    config = folder / "mapserver.conf"
    config.write_text(f'CONFIG ENV MS_MAPFILE "{mapfile}" MS_MAP_PATTERN "." END END')
    environment = {**os.environ, "MAPSERVER_CONFIG_FILE": str(config)}
    process = subprocess.Popen(
        ["spawn-fcgi", "-n", "-s", str(address), "--", MAPSERV], env=environment
    )
    try:
        wait_for(address)
        yield (lambda query: fcgi_get(address, f"{query}&STYLES=")), process.pid
    finally:
        process.kill()  # a FastCGI mapserv would wait for one more request first
        process.wait()


def fcgi_get(address: Path, query: str) -> bytes:
    """One FastCGI request; the body of the answer."""
    variables = {
        "REQUEST_METHOD": "GET",
        "QUERY_STRING": query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SCRIPT_NAME": "/mapserv",
    }
    body = b"".join(
        bytes([len(name)])
        + struct.pack("!I", len(value) | 1 << 31)
        + name.encode()
        + value.encode()
        for name, value in variables.items()
    )
    record = lambda kind, data: struct.pack("!BBHHBx", 1, kind, 1, len(data), 0) + data  # noqa: E731
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(str(address))
        connection.sendall(
            record(1, struct.pack("!HB5x", 1, 0))
            + record(4, body)
            + record(4, b"")
            + record(5, b"")
        )
        stream = connection.makefile("rb")
        output = []
        while True:
            _, kind, _, length, padding = struct.unpack("!BBHHBx", stream.read(8))
            data = stream.read(length)
            stream.read(padding)
            if kind == 6:
                output.append(data)
            elif kind == 3:
                break
    return b"".join(output).partition(b"\r\n\r\n")[2]


@contextmanager
def lindero(
    folder: Path, database: str
) -> Iterator[tuple[Callable[[str], bytes], Callable[[str], bytes], int]]:
    """One render process and one web process: functions of the query by socket and by HTTP, the renderer's id."""
    socket_path = folder / "render.sock"
    port = free_port()
    environment = {
        **os.environ,
        **{name: named(os.environ[name], database) for name in os.environ if is_address(name)},
        "LINDERO_RENDER_SOCKET": str(socket_path),
        "LINDERO_RENDER_PROCESSES": "1",
        "LINDERO_BIND": f"127.0.0.1:{port}",
        "LINDERO_WEB_WORKERS": "1",
        "LINDERO_POOL": "true",
        "LINDERO_LOG_LEVEL": "WARNING",
        "DJANGO_SETTINGS_MODULE": "gis_project.settings",
    }
    os.environ.update(environment)
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    processes = [
        subprocess.Popen(
            [sys.executable, "manage.py", "render_server"], cwd=ROOT, env=environment, **quiet
        ),
        subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "gis_project.wsgi", "-c", "gunicorn.conf.py"],
            cwd=ROOT,
            env=environment,
            **quiet,
        ),
    ]
    try:
        wait_for(socket_path)
        connection = http.client.HTTPConnection("127.0.0.1", port)
        wait_for_port(port)

        def by_http(query: str) -> bytes:
            connection.request("GET", f"/wms?{query}&STYLES=plain")
            return connection.getresponse().read()

        server = processes[0].pid
        (worker,) = Path(f"/proc/{server}/task/{server}/children").read_text().split()
        yield by_socket(), by_http, int(worker)
    finally:
        for process in processes:
            process.terminate()
            process.wait()


def by_socket() -> Callable[[str], bytes]:
    import django

    django.setup()
    from layers.render.client import draw
    from layers.render.jobs import Canvas, LayerJob, MapJob

    def ask(query: str) -> bytes:
        values = dict(parse_qsl(query))
        min_x, min_y, max_x, max_y = map(float, values["BBOX"].split(","))
        canvas = Canvas(int(values["WIDTH"]), int(values["HEIGHT"]))
        job = MapJob((LayerJob("parcels", "plain"),), 32717, (min_x, min_y, max_x, max_y), canvas)
        return draw(job).body

    return ask


def is_address(name: str) -> bool:
    return name.startswith("DATABASE_") and name.endswith("URL")


def named(address: str, database: str) -> str:
    return urlunsplit(urlsplit(address)._replace(path=f"/{database}"))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(path: Path) -> None:
    for _ in range(200):
        if path.exists():
            return
        time.sleep(0.1)
    raise SystemExit(f"{path} did not appear")


def wait_for_port(port: int) -> None:
    for _ in range(300):
        try:
            with socket.create_connection(("127.0.0.1", port)):
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the web server did not start")


if __name__ == "__main__":
    main()
