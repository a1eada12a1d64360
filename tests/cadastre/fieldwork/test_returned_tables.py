"""A GeoPackage that comes back may be anybody's: it is read as plain rows or not at all."""

import sqlite3
import zipfile
from contextlib import closing

import pytest
import shapely

from cadastre.fieldwork.delta_file import DeltaFileRefused, laid_upon, read_deltas
from cadastre.fieldwork.field_layer import PARCELS
from cadastre.fieldwork.layout import layout
from cadastre.fieldwork.open_return import opened_return
from cadastre.fieldwork.returned_tables import returned_tables
from cadastre.fieldwork.write_geopackage import write_geopackage
from cadastre.imports.geopackage_guard import HostileGeopackage
from cadastre.imports.reading import FileRefused
from tests.shapes import square


@pytest.fixture(scope="module")
def issued(tmp_path_factory):
    path = tmp_path_factory.mktemp("issued") / "datos.gpkg"
    rows = {PARCELS: [{"uuid": "u1", "geom": shapely.to_wkb(square())}]}
    layers = [one for one in layout(structures={}, with_holders=False) if one.name == PARCELS]
    write_geopackage(path, layers=layers, rows=rows, srid=32717)
    return path


def file(path, *statements):
    with closing(sqlite3.connect(path)) as database, database:
        for statement in statements:
            database.execute(statement)
    return path


def test_views_virtual_and_computed_tables_are_not_read(tmp_path):
    path = file(
        tmp_path / "v.gpkg",
        "CREATE TABLE secret (a)",
        "CREATE VIEW parcels AS SELECT * FROM secret",
        "CREATE VIRTUAL TABLE crops USING fts5(a)",
        "CREATE TABLE floors (a, b AS (a || a) VIRTUAL)",
    )
    assert returned_tables(path, ["parcels", "crops"], most_rows=9) == {}
    with pytest.raises(HostileGeopackage, match="calculadas"):
        returned_tables(path, ["floors"], most_rows=9)


def test_too_many_rows_and_damage_are_refused(tmp_path):
    path = file(
        tmp_path / "m.gpkg", "CREATE TABLE parcels (a)", "INSERT INTO parcels VALUES (1), (2)"
    )
    with pytest.raises(HostileGeopackage, match="pasa de 1"):
        returned_tables(path, ["parcels"], most_rows=1)
    path.write_bytes(path.read_bytes()[:5000] + b"\xff" * 4000)
    with pytest.raises(HostileGeopackage):
        returned_tables(path, ["parcels"], most_rows=9)


def test_blobs_that_are_no_geometry_are_nothing(tmp_path):
    path = file(
        tmp_path / "b.gpkg",
        "CREATE TABLE parcels (geom, n)",
        "INSERT INTO parcels VALUES (x'00', 9e999), (x'4750000f', 1)",
    )
    assert returned_tables(path, ["parcels"], most_rows=9) == {
        "parcels": [{"geom": "", "n": None}, {"geom": "", "n": 1}]
    }


def test_a_zip_with_two_geopackages_or_a_bomb_is_refused(tmp_path, issued):
    two, bomb = tmp_path / "two.zip", tmp_path / "bomb.zip"
    with zipfile.ZipFile(two, "w") as archive:
        archive.writestr("a.gpkg", b"x")
        archive.writestr("b.gpkg", b"x")
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(issued, "../../datos.gpkg")
        archive.writestr("DCIM/x.jpg", b"\0" * 30_000_000)
    for path in (two, bomb):
        with pytest.raises(FileRefused), opened_return(path, issued=issued, tables=[PARCELS]):
            pass


def test_a_geopackage_copied_while_open_comes_with_its_log_or_not_at_all(tmp_path, issued):
    """QGIS writes ahead: the last changes are in the log beside the file."""
    path = tmp_path / "datos.gpkg"
    path.write_bytes(issued.read_bytes())
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("CREATE TABLE crops AS SELECT 'papas' AS crop").connection.commit()
        with zipfile.ZipFile(tmp_path / "folder.zip", "w") as archive:
            archive.write(path, "p/datos.gpkg")
            archive.write(f"{path}-wal", "p/datos.gpkg-wal")
        alone = tmp_path / "alone.gpkg"
        alone.write_bytes(path.read_bytes())
    asked = {"issued": issued, "tables": ["crops"]}
    with opened_return(tmp_path / "folder.zip", **asked) as came:
        assert came.brought["crops"] == [{"crop": "papas"}]
    with pytest.raises(FileRefused, match="proyecto abierto"), opened_return(alone, **asked):
        pass


def test_deltas_are_laid_upon_the_package():
    held = {"parcels": [{"fid": 1, "uuid": "u1", "address": "a"}]}
    layer = {"sourceLayerId": "parcels_field"}
    new = {"attributes": {"uuid": "u2"}, "geometry": "POINT (1 2)"}
    deltas = [
        {**layer, "uuid": "1", "method": "patch", "sourcePk": "1", "new": {"attributes": {"address": "b"}}},
        {**layer, "uuid": "2", "method": "create", "localPk": "7", "new": new},
        {**layer, "uuid": "3", "method": "patch", "localPk": "7", "new": {"attributes": {"address": "c"}}},
        {**layer, "uuid": "3", "method": "delete", "localPk": "7"},
    ]  # fmt: skip
    one, two = laid_upon(held, deltas)["parcels"]
    assert (one["address"], two["address"], two["uuid"]) == ("b", "c", "u2")
    assert held["parcels"][0]["address"] == "a"
    with pytest.raises(DeltaFileRefused, match="no tiene"):
        laid_upon(held, [{"uuid": "4", "method": "delete", "sourceLayerId": "x_field"}])


@pytest.mark.parametrize("text", ["[", "[]", '{"deltas": [{}]}', "[" * 100_000, "\ud800"])
def test_a_delta_file_that_is_none(tmp_path, text):
    path = tmp_path / "d.json"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(DeltaFileRefused):
        read_deltas(path)
