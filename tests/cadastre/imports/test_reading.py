"""Every format goes in and comes out as the same records."""

import shutil
import zipfile
from pathlib import Path

import openpyxl
import pytest
import shapely

from cadastre.imports.reading import FileNotThere, FileRefused, read_file
from tests.cadastre.imports.map_files import write_dxf, write_map
from tests.shapes import multi, square, with_hole

LOTS = [square(), square(20), with_hole(60)]
KEYS = ["A-1", "A-2", "Ñ-3"]


def zipped(folder: Path, target: Path) -> Path:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                archive.write(file, str(file.relative_to(folder.parent)))
    return target


def assert_lots(path: Path, *, srid: int | None = 32717, key: str = "clave", **options) -> None:
    layer = read_file(path, **options)
    assert layer.srid == srid
    assert [record.attributes[key] for record in layer.records] == KEYS
    assert [record.flaw for record in layer.records] == [None] * 3
    found = [shapely.from_wkb(record.shape) for record in layer.records]
    for shape, lot in zip(found, LOTS, strict=True):
        if srid == 32717:
            assert shape.symmetric_difference(lot).area < 0.001


@pytest.mark.parametrize(
    ("driver", "name"),
    [
        ("GPKG", "lotes.gpkg"),
        ("FlatGeobuf", "lotes.fgb"),
        ("ESRI Shapefile", "lotes.shp"),
        ("OpenFileGDB", "lotes.gdb"),
    ],
)
def test_it_reads_what_gdal_writes(driver: str, name: str, tmp_path: Path) -> None:
    kind = "MultiPolygon" if driver == "OpenFileGDB" else "Polygon"
    lots = [multi(lot) for lot in LOTS] if driver == "OpenFileGDB" else LOTS
    options = {"SPATIAL_INDEX": "NO"} if driver == "FlatGeobuf" else {}
    assert_lots(
        write_map(tmp_path / name, lots, driver=driver, kind=kind, clave=KEYS, options=options)
    )


def test_it_reads_a_zipped_shapefile_with_folders_in_it(tmp_path: Path) -> None:
    folder = tmp_path / "Mis datos"
    folder.mkdir()
    write_map(folder / "Lotes.shp", LOTS, driver="ESRI Shapefile", kind="Polygon", clave=KEYS)
    assert_lots(zipped(folder, tmp_path / "lotes.zip"))


def test_it_reads_a_zipped_file_geodatabase(tmp_path: Path) -> None:
    lots = [multi(lot) for lot in LOTS]
    path = write_map(
        tmp_path / "lotes.gdb", lots, driver="OpenFileGDB", kind="MultiPolygon", clave=KEYS
    )
    archive = zipped(path, tmp_path / "lotes.zip")
    shutil.rmtree(path)
    assert_lots(archive)


@pytest.mark.parametrize(("driver", "name"), [("GeoJSON", "l.geojson"), ("LIBKML", "l.kml")])
def test_it_reads_geographic_formats(driver: str, name: str, tmp_path: Path) -> None:
    degrees = [shapely.box(-78.5 + i, -0.5, -78.499 + i, -0.499) for i in range(3)]
    path = write_map(
        tmp_path / name, degrees, driver=driver, crs="EPSG:4326", kind="Polygon", clave=KEYS
    )
    assert_lots(path, srid=4326)


def test_it_reads_kmz(tmp_path: Path) -> None:
    degrees = [shapely.box(-78.5 + i, -0.5, -78.499 + i, -0.499) for i in range(3)]
    kml = write_map(
        tmp_path / "doc.kml", degrees, driver="LIBKML", crs="EPSG:4326", kind="Polygon", clave=KEYS
    )
    with zipfile.ZipFile(tmp_path / "lotes.kmz", "w") as archive:
        archive.write(kml, "doc.kml")
    assert_lots(tmp_path / "lotes.kmz", srid=4326)


def test_of_gpx_only_closed_tracks_are_polygons(tmp_path: Path) -> None:
    def track(name: str, points: list[tuple[float, float]]) -> str:
        inner = "".join(f'<trkpt lat="{lat}" lon="{lon}"/>' for lon, lat in points)
        return f"<trk><name>{name}</name><trkseg>{inner}</trkseg></trk>"

    corners = [(-78.5, -0.5), (-78.499, -0.5), (-78.499, -0.499), (-78.5, -0.499)]
    gpx = tmp_path / "t.gpx"
    gpx.write_text(
        '<?xml version="1.0"?><gpx version="1.1" creator="x" xmlns="http://www.topografix.com/GPX/1/1">'
        + track("cerrado", [*corners, corners[0]])
        + track("abierto", corners)
        + "</gpx>"
    )
    layer = read_file(gpx)
    closed, opened = layer.records
    assert (layer.srid, closed.flaw, closed.shape is not None) == (4326, None, True)
    assert opened.flaw is not None
    assert (opened.flaw[0], opened.is_predio) == ("open_line", False)


def test_of_dxf_only_closed_polylines_are_predios(tmp_path: Path) -> None:
    corners = list(square().exterior.coords)[:4]
    path = write_dxf(
        tmp_path / "plano.dxf",
        ("PREDIOS", True, corners),
        ("PREDIOS", False, corners),
        ("EJES", False, corners[:2]),
    )
    layer = read_file(path, layer="PREDIOS")
    assert layer.srid is None
    assert [record.flaw and record.flaw[0] for record in layer.records] == [None, "open_line"]
    assert "no son predios" in layer.notices[0]


def test_a_dxf_layer_that_is_not_there_is_refused_with_those_that_are(tmp_path: Path) -> None:
    path = write_dxf(tmp_path / "plano.dxf", ("PREDIOS", True, list(square().exterior.coords)[:4]))
    with pytest.raises(FileRefused, match="PREDIOS"):
        read_file(path, layer="LOTES")


def test_dwg_is_refused_with_the_way_to_dxf(tmp_path: Path) -> None:
    path = tmp_path / "plano.dwg"
    path.write_bytes(b"AC1032\x00\x00\x00" + bytes(100))
    with pytest.raises(FileRefused, match=r"DXF.*polilíneas cerradas"):
        read_file(path)


def test_a_sheet_with_wkt(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["clave", "WKT"])
    for key, lot in zip(KEYS, LOTS, strict=True):
        sheet.append([key, f"SRID=32717;{lot.wkt}"])
    sheet.append(["mala", "POLYGON((1 2"])
    sheet.append(["vacía", None])
    book.save(tmp_path / "lotes.xlsx")
    layer = read_file(tmp_path / "lotes.xlsx")
    assert layer.srid == 32717
    flaws = [record.flaw and record.flaw[0] for record in layer.records]
    assert flaws == [None, None, None, "unreadable_geometry", "no_geometry"]


def test_a_sheet_with_one_row_per_vertex(tmp_path: Path) -> None:
    path = tmp_path / "v.csv"
    rows = ["clave;orden;X;Y"]
    for order, (x, y) in [(2, (20, 0)), (1, (0, 0)), (3, (20, 20)), (4, (0, 20))]:
        rows.append(f"A;{order};{774000 + x},5;{9943000 + y},0")
    rows += ["B;1;774000;9943000", ";1;774000;9943000"]
    path.write_text("\n".join(rows), encoding="cp1252")
    layer = read_file(path, table={"key": "clave"})
    good, few, stray = layer.records
    assert shapely.from_wkb(good.shape).area == 400
    assert few.flaw is not None
    assert few.flaw[0] == "too_few_vertices"
    assert (stray.flaw and stray.flaw[0], stray.is_predio) == ("vertex_without_key", False)


def test_a_dbf_without_code_page_is_tried_as_utf8_then_cp1252(tmp_path: Path) -> None:
    for encoding in ("UTF-8", "CP1252"):
        path = tmp_path / f"{encoding}.shp"
        write_map(
            path,
            LOTS,
            driver="ESRI Shapefile",
            kind="Polygon",
            clave=KEYS,
            options={"encoding": encoding},
        )
        path.with_suffix(".cpg").unlink()
        layer = read_file(path)
        assert (layer.encoding, layer.samples[0]) == (encoding, "Ñ-3")


def test_curves_are_told_and_never_turned_into_segments(tmp_path: Path) -> None:
    import sqlite3
    import struct

    path = write_map(tmp_path / "c.gpkg", LOTS, clave=KEYS)
    head = b"GP\x00\x01" + struct.pack("<i", 32717)
    arc = struct.pack("<BII10d", 1, 8, 5, 0, 0, 5, 5, 10, 0, 5, -5, 0, 0)
    with sqlite3.connect(path) as base:
        names = [n for (n,) in base.execute("SELECT name FROM sqlite_master WHERE type='trigger'")]
        for name in names:
            base.execute(f'DROP TRIGGER "{name}"')
        curve = head + struct.pack("<BII", 1, 10, 1) + arc
        base.execute("UPDATE predios SET geom = ? WHERE fid = 1", (curve,))
    base.close()
    layer = read_file(path)
    assert [record.flaw and record.flaw[0] for record in layer.records] == ["curved", None, None]


def test_heights_are_left_with_a_notice(tmp_path: Path) -> None:
    high = shapely.force_3d(square(), 2900)
    layer = read_file(write_map(tmp_path / "z.gpkg", [high], kind="Polygon Z", clave=["A"]))
    assert not shapely.from_wkb(layer.records[0].shape).has_z
    assert "altura" in layer.notices[0]


def test_one_of_several_layers_must_be_named(tmp_path: Path) -> None:
    path = write_map(tmp_path / "dos.gpkg", LOTS, kind="Polygon", layer="urbano", clave=KEYS)
    write_map(path, LOTS, kind="Polygon", layer="rural", append=True, clave=KEYS)
    with pytest.raises(FileRefused, match="urbano, rural"):
        read_file(path)
    assert len(read_file(path, layer="rural").records) == 3


def test_a_layer_without_records_is_read_as_empty(tmp_path: Path) -> None:
    path = tmp_path / "vacía.gpkg"
    write_map(path, LOTS, kind="Polygon", clave=KEYS)
    import sqlite3

    with sqlite3.connect(path) as base:
        names = [n for (n,) in base.execute("SELECT name FROM sqlite_master WHERE type='trigger'")]
        for name in names:
            base.execute(f'DROP TRIGGER "{name}"')
        base.execute("DELETE FROM predios")
    base.close()
    assert read_file(path).records == []


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(FileNotThere):
        read_file(tmp_path / "nada.gpkg")
