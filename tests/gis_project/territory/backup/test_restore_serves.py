"""What the public gets from the restored server is, byte by byte, what it got before.

Three things are of the request and not of the data: a form's token, the instant of the answer, the
request's number.
"""

import re
import urllib.error
import urllib.request
from http.client import HTTPResponse
from pathlib import Path

import pytest

from gis_project.territory.backup.restore import restore
from gis_project.territory.backup.server import Cluster
from tests import databases, servers
from tests.gis_project.territory.backup.conftest import Town

BOX = "772000,9943000,774000,9945000"
MAP = "SERVICE=WMS&REQUEST=GetMap&STYLES=&FORMAT=image/png&WIDTH=256&HEIGHT=256"
ADDRESSES = (
    "/",
    "/mejia/",
    "/celica/",
    "/nobody/",
    "/wms?SERVICE=WMS&REQUEST=GetCapabilities&VERSION=1.3.0",
    "/wms?SERVICE=WMS&REQUEST=GetCapabilities&VERSION=1.1.1",
    "/mejia/wms?SERVICE=WMS&REQUEST=GetCapabilities",
    f"/wms?{MAP}&VERSION=1.3.0&LAYERS=parcels&CRS=EPSG:32717&BBOX={BOX}",
    f"/mejia/wms?{MAP}&VERSION=1.1.1&LAYERS=parcels&SRS=EPSG:32717&BBOX={BOX}",
    "/ogc/?f=json",
    "/ogc/conformance?f=json",
    "/ogc/collections?f=json",
    "/ogc/collections/parcels?f=json",
    "/ogc/collections/parishes/items?f=json",
    "/ogc/collections/parcels/items?f=json&limit=5",
    "/mejia/ogc/collections/parcels/items?f=json&limit=5",
    "/ogc/collections/parcels/queryables?f=json",
    "/ogc/collections/nothing?f=json",
    "/ogc/api?f=json",
    "/api/openapi.json",
    "/api/mejia/parcels/1",
)

OF_THE_REQUEST = re.compile(
    rb'name="csrfmiddlewaretoken" value="\w+"|"timeStamp": ?"[^"]+"|urn:request:[0-9a-f]+'
)


def answers(
    cluster: Cluster, port: int, log: Path, monkeypatch: pytest.MonkeyPatch
) -> dict[str, object]:
    """Status, type and body of every address, served from `cluster` on `port`."""
    for variable in databases.URL_VARIABLES:
        role = variable.removeprefix("DATABASE_").removesuffix("URL").strip("_").lower() or "app"
        monkeypatch.setenv(variable, cluster.url(f"lindero_{role}", "lindero"))
    monkeypatch.setattr(servers, "_free_port", lambda: port)
    told: dict[str, object] = {}
    with servers.serving("lindero", log) as address:
        for path in ADDRESSES:
            request = urllib.request.Request(f"{address}{path}", headers={"X-Request-ID": "drill"})
            try:
                with urllib.request.urlopen(request, timeout=30) as answer:
                    told[path] = answer.status, answer.headers["Content-Type"], body(answer)
            except urllib.error.HTTPError as refusal:
                told[path] = refusal.code, refusal.headers["Content-Type"], body(refusal)
    return told


def body(answer: HTTPResponse | urllib.error.HTTPError) -> bytes:
    return OF_THE_REQUEST.sub(b"", answer.read())


@pytest.mark.slow
def test_public_addresses_answer_the_same_bytes(town: Town, folder, place, tmp_path, monkeypatch):
    made = town.back_up(folder)
    port = servers._free_port()
    before = answers(town.cluster, port, tmp_path / "before.log", monkeypatch)
    result = restore(
        made,
        folder=folder,
        place=place(),
        programs=town.cluster.programs,
        instant=None,
        at_backup=True,
        keep_running=True,
        tell=lambda line: None,
    )
    after = answers(result.cluster, port, tmp_path / "after.log", monkeypatch)
    differing = {
        path: (before[path], after[path]) for path in ADDRESSES if before[path] != after[path]
    }
    assert differing == {}
    assert len({content for _, _, content in before.values()}) > 15
