"""What the technician has in hand after a command: words, a GeoPackage for QGIS, the rejected rows."""

import hashlib
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pyogrio
import pytest
from django.core.management import CommandError, call_command

from cadastre.models import Parcel
from gis_project.territory.models import AuditEvent, Municipality
from tests.cadastre.imports.map_files import write_map
from tests.cadastre.imports.test_access import FILES
from tests.people import ROSA, TOMAS
from tests.register import town
from tests.shapes import bow_tie, square
from tests.staff import account, appoint

KEYS = ["A", "B", "C", "C"]
SAVED = ["--commit", "--by", ROSA.cedula]


def town_of_rosa() -> Municipality:
    """The town where Rosa is técnica de catastro."""
    there = town()
    appoint(ROSA, "cadastre_technician", there)
    return there


def run(command: str, *arguments: object, **options: object) -> str:
    out = StringIO()
    call_command(command, *map(str, arguments), stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


def test_import_parcels_leaves_report_and_findings(db: None, tmp_path: Path) -> None:
    town_of_rosa()
    shapes = [square(), square(10), bow_tie(50), square(90)]
    path = write_map(tmp_path / "l.gpkg", shapes, clave=KEYS, uso=["=1+1"] * 4)
    folder = tmp_path / "informe"
    arguments = [path, "--municipality", "1703", "--key-field", "clave", "--report", folder]
    told = run("import_parcels", *arguments)
    assert "ENSAYO" in told
    assert Parcel.objects.count() == 0
    told = run("import_parcels", *arguments, *SAVED)
    assert "Guardado: 3" in told
    data = json.loads((folder / "informe.json").read_text())
    assert (data["read"], data["admitted"], data["observed"], data["rejected"]) == (4, 0, 3, 1)
    found = {
        name: pyogrio.read_info(folder / "hallazgos.gpkg", layer=name)
        for name, _ in pyogrio.list_layers(folder / "hallazgos.gpkg")
    }
    assert {name: info["features"] for name, info in found.items()} == {
        "observados": 1,
        "traslapes": 1,
        "rechazados": 1,
        "puntos_invalidez": 1,
    }
    assert {info["crs"] for info in found.values()} == {"EPSG:32717"}
    sheet = (folder / "rechazados.csv").read_text(encoding="utf-8-sig")
    assert "clave repetida" in sheet
    assert "'=1+1" in sheet


def test_import_register_leaves_its_sheets(db: None, tmp_path: Path) -> None:
    town_of_rosa()
    path = tmp_path / "f.csv"
    path.write_text(
        f"clave;cédula;nombre;avalúo;año\nA;{ROSA.cedula};Rosa;1.000,00;2026\n;;X;1;2026\n"
    )
    folder = tmp_path / "informe"
    asked = ["import_register", path, "--municipality", "mejia", "--report", folder]
    assert "CONSTANCIA" not in run(*asked, "--by", ROSA.cedula)
    told = run(*asked, *SAVED)
    assert "Diferencia:" in told
    assert "$ 0,00" in told
    statement = (folder / "informe.txt").read_text().partition("CONSTANCIA DE MIGRACIÓN")[2]
    for part in (
        hashlib.sha256(path.read_bytes()).hexdigest(),
        "2 leídas = 0 admitidas + 1 observadas + 1 rechazadas",
        "Avalúos antes, en las filas admitidas y observadas: $ 1.000,00",
        "Avalúos después, en el registro:                    $ 1.000,00",
        f"Responsable: {ROSA.full_name}, Técnico de catastro",
        "Firma: ____",
    ):
        assert part in statement
    event = AuditEvent.objects.get(action="import_register")
    assert event.actor == account(ROSA)
    body = json.loads(event.body)
    assert (body["value_before"], body["value_after"]) == ("1000.00", "1000.00")
    assert body["office"] == "Técnico de catastro"
    assert (folder / "fichas_sin_mapa.csv").read_text(encoding="utf-8-sig").split() == [
        "clave",
        "A",
    ]
    assert "sin clave" in (folder / "rechazadas.csv").read_text(encoding="utf-8-sig")


@pytest.mark.programs
def test_the_report_of_an_access_file_says_which_table(
    db: None, tmp_path: Path, settings: Any
) -> None:
    settings.VAR = tmp_path / "var"
    town_of_rosa()
    asked = [
        "import_register",
        FILES / "sic_ame.mdb",
        "--municipality",
        "mejia",
        "--map",
        "sic-ame",
    ]
    with pytest.raises(CommandError, match=r"TITULOS_PREDIO \(3 filas\)"):
        run(*asked)
    told = run(*asked, "--table", "TITULOS_PREDIO", "--year", "2025", *SAVED)
    assert "Archivo: sic_ame.mdb/TITULOS_PREDIO" in told
    assert "Avalúos después, en el registro:                    $ 96.345,78" in told
    (folder,) = (tmp_path / "var" / "reports").iterdir()
    assert folder.name.startswith("sic_ame.mdb_TITULOS_PREDIO-")
    told = run(*asked, "--table", "PREDIO", *SAVED)
    assert 'dos líneas y "comillas"' in told  # a text of the file adds no line to what is signed
    assert "Diferencia:                                         $ 0,00" in told


def test_every_run_has_its_own_folder_and_says_what_to_do_next(
    db: None, tmp_path: Path, settings: Any
) -> None:
    settings.VAR = tmp_path / "var"
    town_of_rosa()
    path = write_map(tmp_path / "l.gpkg", [square(), square(30)], clave_cata=["A", "B"])
    asked = [path, "--municipality", "1703"]
    dry = run("import_parcels", *asked, "--valid-from", "2026-05-01")
    assert "Hay una columna «clave_cata»: ¿es la clave? Use --key-field clave_cata." in dry
    assert "rigen desde 2026-05-01; podrá emitir desde el año 2027" in dry
    assert "sin clave: 2 — asigne" in dry
    assert "Guardado: 2 registros" in run("import_parcels", *asked, *SAVED)
    again = run("import_parcels", *asked, *SAVED)
    assert "siguen abiertas" in again
    assert "sin clave: 2" in again
    changed = write_map(tmp_path / "l.gpkg", [square(), square(30)], clave_cata=["A", "C"])
    told = run("import_parcels", changed, "--municipality", "1703", *SAVED)
    assert "1 registro cambiado espera --update" in told
    assert "ya dice lo mismo" not in told
    folders = sorted((tmp_path / "var" / "reports").iterdir())
    assert len(folders) == 4
    assert {folder.stat().st_mode & 0o777 for folder in folders} == {0o700}
    assert any((folder / "observaciones_abiertas.csv").is_file() for folder in folders)


def test_a_wrong_crs_is_asked_about_before_anything_else(
    db: None, tmp_path: Path, settings: Any
) -> None:
    settings.VAR = tmp_path / "var"
    town_of_rosa()
    path = tmp_path / "l.csv"
    path.write_text("clave;wkt\nA;POLYGON((0 0, 0 20, 20 20, 20 0, 0 0))\n")
    asked = ["import_parcels", path, "--municipality", "1703", "--key-field", "clave"]
    with pytest.raises(CommandError, match="indíquelo con --crs 32717"):
        run(*asked)
    told = run(*asked, "--crs", "32717")
    assert told.startswith("¿Es otro el sistema de coordenadas?")
    assert "Repita con --commit" not in told


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nada.gpkg", "--municipality", "1703"], "No existe"),
        (["l.gpkg", "--municipality", "9999"], "add_municipality"),
        (["l.gpkg", "--municipality", "1703", "--key-field", "llave"], "Columnas: clave"),
        (["l.gpkg", "--municipality", "1703", "--crs", "32718"], "--crs solo vale"),
        (["l.gpkg", "--municipality", "1703", "--layer", "otra"], "Hay: predios"),
        (["l.gpkg", "--municipality", "1703", "--commit"], "diga quién responde: --by"),
        (["l.gpkg", "--municipality", "1703", "--by", TOMAS.cedula], "no permite importar"),
        (["l.gpkg", "--municipality", "1703", "--by", "nadie@ejemplo.test"], "persona usuaria"),
    ],
)
def test_what_is_wrong_is_said_with_what_to_do(
    arguments: list[str], message: str, db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    town_of_rosa()
    account(TOMAS)
    monkeypatch.chdir(tmp_path)
    write_map(tmp_path / "l.gpkg", [square()], clave=["A"])
    with pytest.raises(CommandError, match=message):
        run("import_parcels", *arguments)
