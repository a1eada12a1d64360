"""An ordinance written out and loaded again is the same ordinance; a sheet with flaws tells each row."""

from io import StringIO
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from django.core.management import CommandError, call_command
from pyogrio import raw
from shapely import LineString, to_wkb

from cadastre.models import LandPrice
from gis_project.territory.models import Ordinance
from tests import register
from tests.cadastre.imports.ordinance_text import ordinance_text
from tests.cadastre.operations.value_map import value_map

pytestmark = pytest.mark.django_db

PRICES = """
[[land_price]]
kind = "URBAN"
level = "AXIS"
code = "AV-1"
value = "150"
[[land_price]]
kind = "URBAN"
level = "BLOCK"
code = "023"
value = "85"
typical = { typical_front_m = "12" }
"""
METHOD = (
    '[parameters.valuation.urban_land]\norder = ["AXIS", "BLOCK", "ZONE"]\naxis_reach_m = "15"\n'
)


def run(*arguments: object) -> str:
    out = StringIO()
    call_command(*map(str, arguments), stdout=out, stderr=out)
    return out.getvalue()


@pytest.fixture
def loaded(tmp_path: Path) -> Ordinance:
    """With zones, a price by axis with its line, and one by block."""
    register.town("prueba")
    text = ordinance_text() + PRICES
    place = text.index("[parameters.urban_rates]")
    (tmp_path / "o.toml").write_text(text[:place] + METHOD + text[place:], encoding="utf-8")
    line = LineString([(770_000.0, 9_943_000.0), (770_100.0, 9_943_050.0)])
    raw.write(
        tmp_path / "ejes.gpkg",
        np.array([to_wkb(line)], dtype=object),
        [np.array(["AV-1"], dtype=object), np.array(["URBAN"], dtype=object)],
        ["codigo", "clase"],
        layer="ejes",
        driver="GPKG",
        geometry_type="LineString",
        crs="EPSG:32717",
    )
    zones = value_map(tmp_path / "zonas.gpkg")
    fields = ("--code-field", "codigo", "--value-field", "valor", "--kind-field", "clase")
    run("load_ordinance", tmp_path / "o.toml", "--municipality=prueba", "--zones", zones, *fields,
        "--axes", tmp_path / "ejes.gpkg", "--commit")  # fmt: skip
    return Ordinance.objects.get()


def test_a_geopackage_brings_all_of_it_back(loaded: Ordinance, tmp_path: Path) -> None:
    assert LandPrice.objects.filter(level="AXIS", geom__isnull=False).count() == 1
    book = tmp_path / "ordenanza.gpkg"
    assert "3 zonas, 1 ejes" in run(
        "export_ordinance", book, "--municipality=prueba", f"--number={loaded.number}"
    )
    told = run("load_ordinance", book, "--municipality=prueba", "--commit")
    assert loaded.content_hash in told
    assert "Ya estaba como borrador con este mismo contenido" in told


def test_a_sheet_with_flaws_is_refused_whole_and_tells_its_rows(tmp_path: Path) -> None:
    register.town("prueba")
    book = tmp_path / "plantilla.xlsx"
    run("export_ordinance", book, "--template")
    sheet = openpyxl.load_workbook(book)
    sheet["costos"].append(["STEEL", "mil", "50", "10"])
    sheet["costos"].append(["STEEL", "", "50", "10"])
    sheet.save(book)
    report = tmp_path / "informe"
    with pytest.raises(CommandError, match="2 filas no entran, y por eso nada"):
        run("load_ordinance", book, "--municipality=prueba", f"--report={report}")
    told = (report / "rechazados.csv").read_text(encoding="utf-8")
    assert "costos;4;" in told
    assert "«costo_m2» es un número sin miles, y dice «mil»" in told
    assert not Ordinance.objects.exists()
