"""The command studies any sheet of sales, whole or by stratum, as text, JSON and pictures."""

import csv
import gzip
import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "ventas.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, delimiter=";")
        rows.writerow(["precio", "avaluo", "zona", "nota"])
        for n in range(24):
            rows.writerow([50_000 + 1_000 * n, 45_000 + 890 * n, "U1" if n % 2 else "U2", ""])
        rows.writerow([60_000, 20_000, "U1", "entre familiares"])
        rows.writerow(["mucho", 20_000, "U1", ""])
    return path


def told(path: Path, **options) -> str:
    out = StringIO()
    call_command("ratio_study", str(path), draws=50, stdout=out, **options)
    return out.getvalue()


def test_every_row_is_used_left_out_or_rejected(sheet):
    text = told(sheet, stratum="zona", excluded="nota")
    assert "26 ventas: 24 se usan, 1 se excluyen." in text
    assert "entre familiares: 1" in text
    assert "fila 26: El precio «mucho» no es un número." in text
    assert "U1: 12 ventas" in text


def test_json_and_pictures(sheet, tmp_path):
    found = json.loads(told(sheet, json=True, excluded="nota", charts=tmp_path / "charts"))
    assert (found["read"], found["rejected"]) == (26, 1)
    assert found["left_out"] == {"RELATIVES": 1}
    assert found["whole"]["count"] == 24
    assert {path.name for path in (tmp_path / "charts").iterdir()} == {
        "razones.svg",
        "razon_precio.svg",
    }


def test_a_compressed_sheet_is_the_same(sheet, tmp_path):
    packed = tmp_path / "ventas.csv.gz"
    packed.write_bytes(gzip.compress(sheet.read_bytes()))
    assert told(packed) == told(sheet)


def test_a_column_that_is_missing_is_told(sheet):
    with pytest.raises(CommandError, match="no tiene la columna «cuanto»"):
        told(sheet, price="cuanto")
