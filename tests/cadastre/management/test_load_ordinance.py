"""What the command cannot read ends it with a sentence and exit code 1."""

import pytest
from django.core.management import CommandError, call_command

from gis_project.territory.models import Ordinance
from tests import people, register
from tests.cadastre.imports.ordinance_text import ordinance_text
from tests.cadastre.operations.value_map import value_map

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    register.town("prueba")
    (tmp_path / "ordenanza.toml").write_text(ordinance_text(), encoding="utf-8")
    value_map(tmp_path / "zonas.gpkg")
    return tmp_path


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (
            ("--zones", "no-hay.gpkg", "--code-field", "codigo"),
            "No existe el archivo «no-hay.gpkg»",
        ),
        (("--zones", "zonas.gpkg"), "Diga con --code-field"),
        (("--zones", "zonas.gpkg", "--code-field", "zona"), "no tiene la columna «zona»"),
        (("--zones", "zonas.gpkg", "--code-field", "codigo"), "dé --kind-field y --value-field"),
        (("--zones", "ordenanza.toml", "--code-field", "codigo"), "ordenanza|archivo"),
        (("--by", people.ROSA.cedula), "No hay una persona usuaria"),
        ((), "no hay zonas de valor"),
    ],
)
def test_options_that_do_not_fit(folder, options, told):
    with pytest.raises(CommandError, match=told):
        call_command(
            "load_ordinance", "ordenanza.toml", "--municipality", "prueba", "--commit", *options
        )
    assert not Ordinance.objects.exists()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b'title = "a\xf1o"', "no está en UTF-8"),
        (b"numero = 1\n", "línea 1, numero: no es un miembro"),
        (b"#" * (1024 * 1024 + 1), "pesa más de 1 MiB"),
        (None, "No existe el archivo «otra.toml»"),
    ],
)
def test_a_file_that_is_no_ordinance(folder, content, told):
    if content is not None:
        (folder / "otra.toml").write_bytes(content)
    with pytest.raises(CommandError, match=told):
        call_command("load_ordinance", "otra.toml", "--municipality", "prueba")
