"""The ordinance of excedentes y diferencias comes in by the same command as that of taxes."""

from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from cadastre.queries.area_tolerance import NoAreaTolerance, area_tolerance_in_force
from gis_project.territory.models import AuditEvent, Ordinance
from tests import register

pytestmark = pytest.mark.django_db
TEMPLATE = Path(__file__).parents[3] / "fixtures" / "ordinances" / "area_tolerance.toml"


@pytest.fixture
def town():
    return register.town()


@pytest.fixture
def load(tmp_path, capsys):
    def loaded(*changes, commit=True, **options):
        text = TEMPLATE.read_text()
        for old, new in (("PLANTILLA-ETAM", "021-2025"), *changes):
            assert old in text
            text = text.replace(old, new)
        path = tmp_path / "etam.toml"
        path.write_text(text)
        call_command("load_ordinance", str(path), municipality="mejia", commit=commit, **options)
        return capsys.readouterr().out

    return loaded


def test_a_rehearsal_tells_the_table_and_writes_nothing(town, load):
    told = load(commit=False)
    assert "urbano, títulos de 200,00 m² a menos de 1.000,00 m²: 6 %" in told
    assert "Ensayo" in told
    assert not Ordinance.objects.exists()


def test_committed_it_is_in_force(town, load):
    assert "Guardada y aprobada" in load()
    assert (
        area_tolerance_in_force(town, on=date(2026, 1, 1)).citation == "Ordenanza 021-2025, Art. 3"
    )
    with pytest.raises(NoAreaTolerance):
        area_tolerance_in_force(town, on=date(2025, 12, 31))
    assert AuditEvent.objects.filter(action="load_ordinance").count() == 1
    assert "no cambia nada" in load()


def test_a_reform_replaces_it_from_its_first_day(town, load):
    load()
    reform = (("021-2025", "005-2027"), ("valid_from = 2026-01-01", "valid_from = 2027-01-01"))
    with pytest.raises(CommandError, match="ya rige la ordenanza 021-2025"):
        load(*reform)
    assert "deja de regir el 2027-01-01" in load(*reform, replaces_from=date(2027, 1, 1))
    assert area_tolerance_in_force(town, on=date(2026, 12, 31)).citation.startswith("Ordenanza 021")
    assert area_tolerance_in_force(town, on=date(2027, 1, 1)).citation.startswith("Ordenanza 005")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (('"021-2025"', '"PLANTILLA-X"'), "sigue siendo el número de la plantilla"),
        (('to_m2 = "200"', 'to_m2 = "150"'), "entre 150 y 200 m² no hay ningún rango"),
        (('tolerance_pct = "8"', "tolerance_pct = 8"), "escriba el número entre comillas"),
        (('tolerance_pct = "8"', 'tolerancia = "8"'), "no es un miembro conocido"),
        (("[[rural]]", "[[otros]]"), "no es un miembro conocido"),
    ],
)
def test_what_cannot_rule_is_refused_with_its_place(town, load, change, told):
    with pytest.raises(CommandError, match=told):
        load(change)
    assert not Ordinance.objects.exists()


def test_it_has_no_map(town, load):
    with pytest.raises(CommandError, match="no lleva plano"):
        load(zones="plano.gpkg")
