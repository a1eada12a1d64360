"""The door out: everything leaves, anybody can load it, nobody is named unless asked."""

import csv
import hashlib
import json
import subprocess
from decimal import Decimal
from pathlib import Path

import psycopg
import pyogrio
import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection

from cadastre.models import AdministrativeSource, ParcelVersion, SourceFile
from gis_project.core.errors import NotAllowed
from gis_project.territory.exit_package import declared
from gis_project.territory.file_store import path_of, store_file
from gis_project.territory.models import AccessRecord, AuditEvent
from gis_project.territory.operations.export_everything import (
    ExitNeedsPerson,
    FolderTaken,
    export_everything,
)
from gis_project.territory.policy import CONSOLE, NamedAtConsole
from tests import databases, staff, walled_town
from tests.people import ALMA, ROSA


@pytest.fixture
def town(db):
    walled_town.build("celica", "1104", east=620_000)
    built = walled_town.build("mejia", "1703", east=770_000)
    deed = AdministrativeSource.objects.create(municipality=built, kind="DEED", number="17")
    SourceFile.objects.create(
        source=deed,
        file=store_file(b"escritura de MEJIA", media_type="application/pdf"),
        name="escritura.pdf",
    )
    return built


@pytest.fixture
def alma(town):
    return NamedAtConsole(staff.appoint(ALMA, "municipal_administrator", town))


def sheet(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / "tablas" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def content(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }


def test_no_table_is_forgotten(db):
    """A new table needs a line in its app's exported_tables.py: how its rows leave, or why they stay."""
    ours = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    ours |= set(connection.introspection.table_names())
    told = declared.tables().keys() | declared.left_out().keys()
    assert sorted(ours - told) == []
    assert sorted(told - ours) == []
    assert declared.tables().keys() & declared.left_out().keys() == set()


def test_names_and_documents_are_declared_personal():
    wanted = {"full_name", "search_name", "id_number", "cedula", "phone", "email", "birth_date"}
    open_columns = [
        (table.name, column.name)
        for table in declared.tables().values()
        for column in table.columns
        if column.name in wanted and not column.is_personal
    ]
    assert open_columns == []


def test_rows_and_sums_come_back(town, alma, tmp_path):
    made = export_everything(
        municipality=town, folder=tmp_path / "out", by=alma, with_personal_data=True
    )
    folder = tmp_path / "out"
    manifest = json.loads((folder / "manifiesto.json").read_bytes())
    for name in declared.tables():
        rows = sheet(folder, name)
        assert len(rows) == made.tables[name].rows == manifest["tables"][name]["rows"]
        for column, total in manifest["tables"][name]["sums"].items():
            assert sum(Decimal(row[column] or 0) for row in rows) == Decimal(total), column
    assert made.tables["cadastre_parcelversion"].rows == 1
    assert made.tables["cadastre_taxtitle"].rows >= 1
    assert sheet(folder, "cadastre_partyidentity")[0]["full_name"] == "TITULAR DE MEJIA"


def test_the_map_opens_in_gdal(town, alma, tmp_path):
    export_everything(municipality=town, folder=tmp_path / "out", by=alma)
    path = tmp_path / "out" / "mapas.gpkg"
    layers = {name for name, kind in pyogrio.list_layers(path) if kind}
    assert {table.name for table in declared.tables().values() if table.geometry} <= layers
    for layer in ("cadastre_parcelversion", "cadastre_parcelversion_vigente", "predios_vigentes"):
        info = pyogrio.read_info(path, layer=layer)
        assert (info["features"], info["crs"]) == (1, "EPSG:32717"), layer
        assert info["geometry_type"] == "MultiPolygon"
    version = ParcelVersion.objects.get(municipality=town)
    meta, _, shapes, values = pyogrio.raw.read(path, layer="predios_vigentes")
    got = dict(zip(meta["fields"], (column[0] for column in values), strict=True))
    assert got["clave"] == "170350010100100100000000"
    assert Decimal(repr(float(got["area_legal_m2"]))) == version.legal_area_m2.normalize()
    assert bytes(shapes[0]) == bytes(version.geom.wkb)
    bounds = pyogrio.read_info(path, layer="cadastre_parcelversion")["total_bounds"]
    assert tuple(bounds) == version.geom.extent


def test_nobody_is_named_unless_asked(town, alma, tmp_path):
    export_everything(municipality=town, folder=tmp_path / "out", by=CONSOLE)
    everything = b"".join(content(tmp_path / "out").values())
    for word in (b"TITULAR DE", b"escritura de", ROSA.cedula.encode(), ALMA.cedula.encode()):
        assert word not in everything
    assert not (tmp_path / "out" / "archivos").exists()
    assert len(sheet(tmp_path / "out", "cadastre_partyidentity")[0]["full_name"]) == 64
    assert not AccessRecord.objects.filter(action="export_everything").exists()


def test_another_town_stays_at_home(town, alma, tmp_path):
    export_everything(municipality=town, folder=tmp_path / "out", by=alma, with_personal_data=True)
    everything = b"".join(content(tmp_path / "out").values())
    assert b"TITULAR DE MEJIA" in everything
    for word in (b"CELICA", b"celica", b"1104500101"):
        assert word not in everything


def test_secrets_stay(town, alma, tmp_path):
    export_everything(municipality=town, folder=tmp_path / "out", by=alma, with_personal_data=True)
    users = sheet(tmp_path / "out", "territory_user")
    assert ALMA.cedula in {user["cedula"] for user in users}
    assert all("password" not in user for user in users)
    assert alma.user.password.encode() not in b"".join(content(tmp_path / "out").values())


def test_documents_are_copied_whole(town, alma, tmp_path):
    export_everything(municipality=town, folder=tmp_path / "out", by=alma, with_personal_data=True)
    digest = hashlib.sha256(b"escritura de MEJIA").hexdigest()
    kept = tmp_path / "out" / "archivos" / digest[:2] / digest
    assert kept.read_bytes() == b"escritura de MEJIA"


def test_a_lost_document_stops_it_and_leaves_nothing(town, alma, tmp_path):
    path = path_of(hashlib.sha256(b"escritura de MEJIA").hexdigest())
    path.unlink()
    with pytest.raises(Exception, match="respaldo"):
        export_everything(
            municipality=town, folder=tmp_path / "out", by=alma, with_personal_data=True
        )
    assert list(tmp_path.iterdir()) == []
    assert not AuditEvent.objects.filter(action="export_everything").exists()


def test_the_same_data_give_the_same_bytes(town, tmp_path):
    export_everything(municipality=town, folder=tmp_path / "one", by=CONSOLE)
    before = AuditEvent.objects.get(action="export_everything")
    connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")
    export_everything(municipality=town, folder=tmp_path / "two", by=CONSOLE)
    one, two = content(tmp_path / "one"), content(tmp_path / "two")
    told = {"tablas/territory_auditevent.csv", "diccionario/tablas.csv"}  # the first left a trace
    told |= {"manifiesto.json", "SHA256SUMS"}
    assert {name for name in one if one[name] != two[name]} == told
    assert before.body_hash


def test_hashes_are_those_of_the_files(town, tmp_path):
    export_everything(municipality=town, folder=tmp_path / "out", by=CONSOLE)
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"],
        cwd=tmp_path / "out",
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_rival_loads_it_into_postgresql(town, alma, tmp_path):
    """Every table, its types, its keys and its references, by the script inside the package."""
    made = export_everything(
        municipality=town, folder=tmp_path / "out", by=alma, with_personal_data=True
    )
    name = f"{databases.base_name()}_rival"
    databases.copy("lindero_template", name)
    url = databases.url_for("DATABASE_OWNER_URL", name)
    try:
        done = subprocess.run(
            ["psql", "-q", "-X", url, "-v", "ON_ERROR_STOP=1", "-f", "cargar.sql"],
            cwd=tmp_path / "out",
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        with psycopg.connect(url) as rival:
            for table, totals in made.tables.items():
                rows = rival.execute(f"SELECT count(*) FROM traspaso.{table}").fetchone()[0]
                assert rows == totals.rows, table
            version = ParcelVersion.objects.get(municipality=town)
            found = rival.execute(
                "SELECT legal_area_m2, recorded_from, recorded_to, block_code, ST_AsBinary(geom) "
                "FROM traspaso.cadastre_parcelversion"
            ).fetchone()
        assert found[:4] == (version.legal_area_m2, version.recorded.lower, None, "")
        assert bytes(found[4]) == bytes(version.geom.wkb)
    finally:
        databases.drop(name)


def test_who_may(town, alma, tmp_path):
    rosa = NamedAtConsole(staff.appoint(ROSA, "cadastre_chief", town))
    with pytest.raises(NotAllowed):
        export_everything(municipality=town, folder=tmp_path / "out", by=rosa)
    with pytest.raises(ExitNeedsPerson, match="--by"):
        export_everything(
            municipality=town, folder=tmp_path / "out", by=CONSOLE, with_personal_data=True
        )
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").touch()
    with pytest.raises(FolderTaken, match="carpeta nueva"):
        export_everything(municipality=town, folder=tmp_path / "full", by=alma)
    export_everything(municipality=town, folder=tmp_path / "out", by=alma, with_personal_data=True)
    assert AuditEvent.objects.get(action="export_everything").actor == alma.user
    assert AccessRecord.objects.get(action="export_everything").actor == alma.user
    assert (tmp_path / "out").stat().st_mode & 0o077 == 0


def test_the_command_tells_what_it_wrote(town, alma, tmp_path, capsys):
    call_command("export_everything", "--municipality", "mejia", "--out", tmp_path / "out")
    told = capsys.readouterr().out
    assert "seudónimos" in told
    assert str(tmp_path / "out") in told
    with pytest.raises(CommandError, match="carpeta nueva"):
        call_command("export_everything", "--municipality", "mejia", "--out", tmp_path / "out")
