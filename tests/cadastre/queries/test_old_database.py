"""Tables of a restored dump are read as they are, written never, and no password comes along."""

from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from django.core.management import CommandError

from cadastre.imports.choose_layer import ChooseLayer
from cadastre.imports.limits import COMMAND
from cadastre.imports.raw_layer import TooMuchRead
from cadastre.models import MigratedValue
from cadastre.queries.old_database import OldDatabaseNotRead, read_old_table
from gis_project.territory.models import AuditEvent
from tests import databases
from tests.cadastre.management.test_import_commands import run
from tests.people import ROSA, cedula
from tests.register import town
from tests.staff import appoint

SECRET = "clave-secreta-4711"
RESTORED = f"""
    CREATE SCHEMA dbo;
    CREATE TABLE dbo."TITULOS_PREDIO" (
        "Pre_CodigoCatastral" char(18), "Titpr_RUC_CI" varchar(13), "TitPr_Nombres" text,
        "TitPr_ValTotalTerrPredio" money, "TitPr_ValTotalEdifPredio" numeric(14, 4),
        "TitPr_ValComerPredio" double precision, "TitPr_FechaEmision" timestamp, foto bytea);
    INSERT INTO dbo."TITULOS_PREDIO" VALUES
        ('17035001020100100', '{cedula(4_000_001)}', 'QUISHPE ROSA', 1234.567, 8000.1000, 9234.67, '2025-01-01',
            '\\x0102'),
        ('17035001020100200', '{cedula(4_000_002)}', 'NÚÑEZ TOMÁS', 1000, 0, 1000, NULL, NULL);
    CREATE VIEW dbo."una; DROP TABLE x --" AS SELECT 1 AS clave, 2 AS b;
"""


@pytest.fixture
def address(fresh_database: str) -> str:
    """The address of a database that holds an old system's tables, with a password in it."""
    plain = databases.url_for("DATABASE_OWNER_URL", fresh_database)
    with psycopg.connect(plain) as connection:
        connection.execute(RESTORED)
    return plain.replace("@", f":{SECRET}@", 1)


def test_rows_come_with_their_types(address: str) -> None:
    old = read_old_table(address, table="dbo.titulos_predio")
    first, second = (record.attributes for record in old.layer.records)
    assert old.layer.layer == "dbo.TITULOS_PREDIO"
    assert first == {
        "Pre_CodigoCatastral": "17035001020100100",
        "Titpr_RUC_CI": cedula(4_000_001),
        "TitPr_Nombres": "QUISHPE ROSA",
        "TitPr_ValTotalTerrPredio": 1234.57,
        "TitPr_ValTotalEdifPredio": 8000.1,
        "TitPr_ValComerPredio": 9234.67,
        "TitPr_FechaEmision": "2025-01-01",
        "foto": "0102",
    }
    assert (second["TitPr_ValTotalTerrPredio"], second["TitPr_Nombres"]) == (1000, "NÚÑEZ TOMÁS")
    assert read_old_table(address, table="dbo.una; DROP TABLE x --").layer.fields == ["clave", "b"]


def test_the_hash_does_not_depend_on_the_order_of_rows(address: str) -> None:
    before = read_old_table(address, table="dbo.TITULOS_PREDIO").sha256
    with psycopg.connect(address) as connection:
        connection.execute('UPDATE dbo."TITULOS_PREDIO" SET foto = foto WHERE foto IS NOT NULL')
    assert read_old_table(address, table="dbo.TITULOS_PREDIO").sha256 == before


def test_what_cannot_be_read_is_said_without_the_password(address: str) -> None:
    with pytest.raises(ChooseLayer, match=r"Hay: .*dbo\.TITULOS_PREDIO \(2 filas\)") as unknown:
        read_old_table(address, table="PREDIO")
    with pytest.raises(TooMuchRead):
        read_old_table(address, table="dbo.TITULOS_PREDIO", limits=replace(COMMAND, records=1))
    with psycopg.connect(address) as connection:
        connection.execute("CREATE SEQUENCE dbo.contador")
        connection.execute("CREATE VIEW dbo.escribe AS SELECT nextval('dbo.contador') AS a, 1 AS b")
    with pytest.raises(OldDatabaseNotRead, match="25006") as written:  # read-only transaction
        read_old_table(address, table="dbo.escribe")
    wrong = address.replace("/test", "/no_hay_test")
    with pytest.raises(OldDatabaseNotRead, match="revise servidor") as absent:
        read_old_table(wrong, table=None)
    with pytest.raises(OldDatabaseNotRead, match="no está bien escrita") as malformed:
        read_old_table(f"postgresql://u:{SECRET}@h:puerto/b?{SECRET}", table=None)
    for refusal in (unknown, written, absent, malformed):
        assert SECRET not in f"{refusal.value!r} {refusal.value} {refusal.value.__cause__!r}"


def test_the_command_keeps_the_password_out_of_everything(
    address: str, tmp_path: Path, settings, capfd: pytest.CaptureFixture[str]
) -> None:
    settings.VAR = tmp_path / "var"
    appoint(ROSA, "cadastre_technician", town())
    asked = [
        address,
        "--municipality",
        "mejia",
        "--map",
        "sic-ame",
        "--table",
        "dbo.TITULOS_PREDIO",
    ]
    told = run("import_register", *asked, "--year", "2025", "--commit", "--by", ROSA.cedula)
    assert "Guardado: 2 predios" in told
    assert sorted(str(v.total_value) for v in MigratedValue.objects.all()) == ["1000.00", "9234.67"]
    event = AuditEvent.objects.get(action="import_register")
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert any(path.name == "informe.txt" for path in files)
    everything = "".join(path.read_text(encoding="utf-8-sig") for path in files)
    everything += event.body + told + "".join(capfd.readouterr()) + "".join(map(str, files))
    assert "dbo.TITULOS_PREDIO" in everything
    assert SECRET not in everything
    assert "lindero_owner" not in everything


@pytest.mark.parametrize(
    "given",
    [
        "mssql://sa:Secreta1@servidor/AME",
        "jdbc:sqlserver://servidor;databaseName=AME",
        "Server=servidor;Database=AME;User Id=sa;Password=Secreta1",
    ],
)
def test_sql_server_is_answered_with_the_way_to_a_csv(given: str, db: None) -> None:
    town()
    with pytest.raises(CommandError, match="Tareas → Exportar datos") as refusal:
        run("import_register", given, "--municipality", "mejia")
    assert "Secreta1" not in str(refusal.value)
