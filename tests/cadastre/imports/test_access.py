"""Access files of old systems: the table asked for, with its types; hostile names do nothing."""

import os
from pathlib import Path
from typing import Any

import pytest

from cadastre.imports.limits import UPLOAD
from cadastre.imports.raw_layer import RawLayer
from cadastre.imports.reading import FileRefused, read_file

pytestmark = pytest.mark.programs
FILES = Path(__file__).parent / "access"
FIRST, SECOND, THIRD = "17035001020100100", "17035001020100200", "17035101010300700"
VALUES = [(12345.678, 8000.1, 20345.78), (1000, 0, 1000), (70001, 4500.25, 75000)]


def read(name: str, table: str | None = None, **options: Any) -> RawLayer:
    return read_file(FILES / name, layer=table, table={"has_geometry": False}, **options)


def test_a_table_comes_with_its_types() -> None:
    layer = read("sic_ame.mdb", "PREDIO")
    assert (layer.format, layer.layer) == ("ACCESS", "PREDIO")
    first, second, third = (record.attributes for record in layer.records)
    assert first == {
        "Pre_CodigoCatastral": FIRST,
        "Pre_Tipo": "Urbano",
        "Pre_NombrePredio": "Solar de la esquina",
        "Pre_AreaTotalTer": 1234.567,
        "Pre_AreaTotalConst": 80.25,
        "Pre_Observaciones": 'dos líneas\ny "comillas"',
        "Pre_Foto": None,
        "Pre_Activo": "1",
    }
    assert (second["Pre_AreaTotalTer"], second["Pre_NombrePredio"]) == (200, None)
    assert third["Pre_NombrePredio"] == "El Porvenir, ñandú"


def test_the_only_table_needs_no_name_and_may_be_zipped() -> None:
    layer = read("una_tabla.zip", limits=UPLOAD)
    assert layer.layer == "VALORES_PREDIO"
    assert [tuple(record.attributes.values())[1:] for record in layer.records] == VALUES


def test_several_tables_are_listed_with_their_rows() -> None:
    with pytest.raises(FileRefused, match=r"varias tablas: elija una con --table") as refusal:
        read("sic_ame.mdb")
    assert "VALORES_PREDIO (3 filas); TITULOS_PREDIO (3 filas)" in str(refusal.value)


@pytest.mark.parametrize(
    "name",
    ["no hay", "--help", "PREDIO;touch hostil", "$(touch hostil)", "--version; touch hostil #"],
)
def test_a_name_is_neither_an_option_nor_a_command(name: str, tmp_path: Path) -> None:
    before = os.listdir()
    with pytest.raises(FileRefused, match=r"Hay: PREDIO|empieza por un guion"):
        read("sic_ame.mdb", name)
    assert os.listdir() == before


@pytest.mark.parametrize("kept", [64, 5000, 120_000])
def test_a_damaged_file_is_refused_in_words(kept: int, tmp_path: Path) -> None:
    path = tmp_path / "-x.mdb"
    path.write_bytes((FILES / "sic_ame.mdb").read_bytes()[:kept])
    with pytest.raises(FileRefused, match="Access"):
        read_file(path, layer="TITULOS_PREDIO", table={"has_geometry": False})


def test_without_the_programs_the_remedy_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(FileRefused, match="apt-get install mdbtools"):
        read("sic_ame.mdb", "PREDIO")
