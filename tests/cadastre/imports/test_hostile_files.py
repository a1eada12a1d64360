"""Files made to harm: each is refused in words, quickly, and leaves nothing behind."""

import dataclasses
import os
import sqlite3
import stat
import struct
import threading
import time
import zipfile
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import numpy as np
import pytest
import shapely

from cadastre.imports.limits import UPLOAD
from cadastre.imports.reading import FileRefused, read_file
from tests.cadastre.imports.map_files import write_map
from tests.shapes import square

LONGEST_S = 10


def shapefile_zip(target: Path, *, more: Callable[[zipfile.ZipFile], None]) -> Path:
    source = target.parent / "src"
    source.mkdir()
    write_map(source / "l.shp", [square()], driver="ESRI Shapefile", kind="Polygon", clave=["A"])
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in source.iterdir():
            archive.write(file, file.name)
        more(archive)
    return target


def bomb(archive: zipfile.ZipFile) -> None:
    with archive.open("l.dbf.bak", "w", force_zip64=True) as entry:
        for _ in range(200):
            entry.write(bytes(1024 * 1024))


def many(archive: zipfile.ZipFile) -> None:
    for number in range(30):
        archive.writestr(f"{number}.txt", "x")


def link(archive: zipfile.ZipFile) -> None:
    entry = zipfile.ZipInfo("l.qpj")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    archive.writestr(entry, "/etc/passwd")


def second(archive: zipfile.ZipFile) -> None:
    archive.writestr("otro.shp", b"\x00\x00\x27\x0a")


@pytest.mark.parametrize("more", [bomb, many, link, second])
def test_a_zip_that_breaks_a_rule_is_refused(
    more: Callable[[zipfile.ZipFile], None], tmp_path: Path
) -> None:
    path = shapefile_zip(tmp_path / "l.zip", more=more)
    since = time.monotonic()
    with pytest.raises(FileRefused, match="ZIP"):
        read_file(path, limits=UPLOAD)
    assert time.monotonic() - since < LONGEST_S


def test_names_in_a_zip_are_never_paths(tmp_path: Path) -> None:
    def slip(archive: zipfile.ZipFile) -> None:
        archive.writestr("../../fuera.txt", "x")
        archive.writestr("/tmp/fuera-lindero.txt", "x")

    before = sorted(tmp_path.rglob("*"))
    path = shapefile_zip(tmp_path / "l.zip", more=slip)
    assert len(read_file(path, limits=UPLOAD).records) == 1
    outside = set(tmp_path.rglob("*")) - set(before) - {path}
    assert {part.parts[len(tmp_path.parts)] for part in outside} == {"src"}
    assert not Path("/tmp/fuera-lindero.txt").exists()


def test_a_zip_whose_headers_lie_about_size_is_counted_as_it_streams(tmp_path: Path) -> None:
    path = shapefile_zip(tmp_path / "l.zip", more=bomb)
    content = bytearray(path.read_bytes())
    true_size = struct.pack("<I", 200 * 1024 * 1024)
    content = content.replace(true_size, struct.pack("<I", 10))
    path.write_bytes(content)
    with pytest.raises(FileRefused):
        read_file(path, limits=UPLOAD)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.zip", b"PK\x03\x04" + bytes(200)),
        ("a.gpkg", b"SQLite format 3\x00" + bytes(52) + b"GPKG" + os.urandom(4000)),
        ("a.gpkg", b"SQLite format 3\x00" + bytes(4000)),
        ("a.fgb", b"fgb\x03fgb\x00" + os.urandom(2000)),
        ("a.geojson", b'{"type":"FeatureCollection","features":['),
        ("a.geojson", b"{" * 100_000),
        ("a.geojson", b'{"type":"gdal_streamed_alg","command_line":"gdal vector read /etc/passwd"}'),
        ("a.kml", b'<!DOCTYPE k [<!ENTITY a "aaaa">]><kml xmlns="x">&a;</kml>'),
        ("a.gpx", b'<?xml version="1.0"?><!DOCTYPE gpx SYSTEM "file:///etc/passwd"><gpx></gpx>'),
        ("a.shp", b"\x00\x00\x27\x0a" + bytes(200)),
        ("a.dxf", b"0\nSECTION\n2\nENTITIES\n0\nLWPOLYLINE\n90\n99999999\n"),
        ("a.vrt", b'<OGRVRTDataSource><OGRVRTLayer name="x"/></OGRVRTDataSource>'),
        ("a.gpkg", b'<OGRVRTDataSource><OGRVRTLayer name="x"/></OGRVRTDataSource>'),
        ("a.xlsx", b"PK\x05\x06" + bytes(18)),
        ("a.csv", b"\x00" * 1000),
        ("a.csv", b""),
        ("a.bin", os.urandom(3000)),
    ],
)  # fmt: skip
def test_rubbish_is_refused_in_words(name: str, content: bytes, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    since = time.monotonic()
    with pytest.raises(FileRefused) as refusal:
        read_file(path, limits=UPLOAD)
    assert time.monotonic() - since < LONGEST_S
    assert str(refusal.value).endswith((".", "):", ")."))


def test_a_shapefile_with_a_wrong_index_does_not_bring_the_reader_down(tmp_path: Path) -> None:
    path = tmp_path / "l.shp"
    write_map(path, [square()], driver="ESRI Shapefile", kind="Polygon", clave=["A"])
    index = bytearray(path.with_suffix(".shx").read_bytes())
    index[100:108] = b"\x7f\xff\xff\xff\x7f\xff\xff\xff"
    path.with_suffix(".shx").write_bytes(index)
    try:
        (record,) = read_file(path, limits=UPLOAD).records
    except FileRefused:
        return
    assert record.flaw is not None


def test_a_geopackage_layer_that_is_a_view_is_not_read(tmp_path: Path) -> None:
    path = write_map(tmp_path / "v.gpkg", [square()], kind="Polygon", clave=["A"])
    with sqlite3.connect(path) as base:
        base.execute("CREATE VIEW vista AS SELECT fid, geom, randomblob(9) AS b FROM predios")
        base.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) "
            "VALUES ('vista', 'features', 'vista', 32717)"
        )
        base.execute(
            "INSERT INTO gpkg_geometry_columns VALUES ('vista', 'geom', 'POLYGON', 32717, 0, 0)"
        )
    base.close()
    before = path.read_bytes()
    with pytest.raises(FileRefused, match="vista"):
        read_file(path, layer="vista", limits=UPLOAD)
    assert read_file(path, limits=UPLOAD).layer == "predios"
    assert path.read_bytes() == before


def test_the_reader_reaches_no_network(tmp_path: Path) -> None:
    hits = []

    class Canary(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            hits.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Canary)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/x"
    kml = tmp_path / "n.kml"
    kml.write_text(
        f'<kml xmlns="http://www.opengis.net/kml/2.2"><Document><NetworkLink><Link><href>{address}</href>'
        "</Link></NetworkLink><Placemark><name>A</name><Polygon><outerBoundaryIs><LinearRing><coordinates>"
        "-78.5,-0.5 -78.4,-0.5 -78.4,-0.4 -78.5,-0.5</coordinates></LinearRing></outerBoundaryIs></Polygon>"
        "</Placemark></Document></kml>"
    )
    prj = tmp_path / "p.shp"
    write_map(prj, [square()], driver="ESRI Shapefile", kind="Polygon", clave=["A"])
    prj.with_suffix(".prj").write_text(address)
    try:
        assert len(read_file(kml, limits=UPLOAD).records) == 1
        assert read_file(prj, limits=UPLOAD).srid is None
    finally:
        server.shutdown()
        server.server_close()
    assert hits == []


def test_what_takes_too_much_memory_or_time_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "grande.geojson"
    with path.open("w") as file:
        file.write('{"type":"FeatureCollection","features":[')
        feature = '{"type":"Feature","properties":{"a":"%s"},"geometry":null}' % ("x" * 1000)
        file.write(",".join([feature] * 20_000))
        file.write("]}")
    small = dataclasses.replace(UPLOAD, memory_bytes=260 * 1024 * 1024)
    with pytest.raises(FileRefused) as refusal:
        read_file(path, limits=small)
    assert refusal.value.details["reason"] in ("over_limits", "reader_failed", "unreadable_file")
    with pytest.raises(FileRefused) as refusal:
        read_file(path, limits=dataclasses.replace(UPLOAD, wall_s=0))
    assert refusal.value.details["reason"] == "too_slow"


def test_more_records_or_bytes_than_admitted_are_refused(tmp_path: Path) -> None:
    path = write_map(tmp_path / "l.gpkg", [square()] * 3, kind="Polygon", clave=list("ABC"))
    with pytest.raises(FileRefused, match="se admiten 2"):
        read_file(path, limits=dataclasses.replace(UPLOAD, records=2))
    with pytest.raises(FileRefused, match="MiB"):
        read_file(path, limits=dataclasses.replace(UPLOAD, file_bytes=10))


@pytest.mark.parametrize("worst", ["million", "nan", "huge", "deep"])
def test_geometry_bombs_are_flaws_of_a_record(worst: str, tmp_path: Path) -> None:
    angles = np.linspace(0, 2 * np.pi, 1_000_001 if worst == "million" else 5, endpoint=False)
    ring = np.column_stack([774_000 + 99 * np.cos(angles), 9_943_000 + 99 * np.sin(angles)])
    wkb = bytearray(shapely.to_wkb(shapely.Polygon(ring)))
    if worst == "nan":
        wkb[29:37] = struct.pack("<d", float("nan"))
    elif worst == "huge":
        wkb[29:37] = struct.pack("<d", float("inf"))
    elif worst == "deep":
        empty = struct.pack("<BII", 1, 7, 0)
        wkb = bytearray(struct.pack("<BII", 1, 7, 1) * 200 + empty)
    path = tmp_path / "b.fgb"
    if worst == "deep":
        path = tmp_path / "b.gpkg"
        write_map(path, [square()], kind="Unknown", clave=["A"])
        with sqlite3.connect(path) as base:
            for (name,) in base.execute(
                "SELECT name FROM sqlite_master WHERE type='trigger'"
            ).fetchall():
                base.execute(f'DROP TRIGGER "{name}"')
            head = b"GP\x00\x01" + struct.pack("<i", 32717)
            base.execute("UPDATE predios SET geom = ?", (head + bytes(wkb),))
        base.close()
    else:
        write_map(path, [bytes(wkb)], driver="FlatGeobuf", kind="Polygon", clave=["A"],
                  options={"SPATIAL_INDEX": "NO"})  # fmt: skip
    try:
        (record,) = read_file(path, limits=UPLOAD).records
    except FileRefused:
        return
    assert record.flaw is not None
    assert record.shape is None
