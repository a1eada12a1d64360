"""A municipality is one of the official list, with its parishes and a chosen place to measure."""

import pytest

from gis_project.core.crs import CrsNotAccepted
from gis_project.territory.code_list import listed_cantons
from gis_project.territory.models import Municipality, Parish
from gis_project.territory.operations.add_municipality import (
    MunicipalityNotAdmissible,
    add_municipality,
)
from gis_project.territory.policy import CONSOLE

pytestmark = pytest.mark.django_db


def add(dpa_code: str, name: str, legal_srid: int | None = None) -> Municipality:
    return add_municipality(
        slug="aqui", dpa_code=dpa_code, name=name, legal_srid=legal_srid, by=CONSOLE
    )


@pytest.mark.parametrize(
    ("dpa_code", "name", "told"),
    [
        ("2202", "La Joya de los Sachas", r"^2202 es Aguarico.*La Joya de los Sachas es 2203"),
        ("9999", "Mejía", r"código DPA «9999».*Mejía es 1703"),
        ("22", "Orellana", "cuatro dígitos"),
        ("9001", "Las Golondrinas", "Ningún cantón"),
        ("1703", "Rumiñahui", "1705"),
        ("1707", "San Miguel", "es San Miguel de los Bancos"),
        ("1703", "Prueba", "1703 es Mejia"),
        ("2003", "Santa Cruz", "Galápagos"),
    ],
)
def test_what_the_list_does_not_say_is_refused(dpa_code, name, told):
    with pytest.raises(MunicipalityNotAdmissible, match=told):
        add(dpa_code, name, 32717)
    assert not Municipality.objects.exists()


@pytest.mark.parametrize(
    ("dpa_code", "name"),
    [("1703", "MEJIA"), ("1705", "Rumiñahui"), ("0110", "San Felipe de Oña")],
)
def test_accents_and_fuller_names_do_not_matter(dpa_code, name):
    assert add(dpa_code, name).name == name


def test_parishes_come_with_it():
    town = add("1705", "Rumiñahui")
    rows = Parish.objects.filter(municipality=town).values_list("dpa_code", "name", "kind")
    assert list(rows) == [
        ("170550", "Sangolqui", "URBAN"),
        ("170551", "Cotogchoa", "RURAL"),
        ("170552", "Rumipamba", "RURAL"),
    ]
    first = town.parishes.first()
    assert first.geom is None
    assert "MIT" in first.origin


@pytest.mark.parametrize("dpa_code", ["0401", "1401", "1501", "1601", "1901", "2101", "2201"])
def test_east_of_78_degrees_the_zone_is_not_guessed(dpa_code):
    name = listed_cantons()[dpa_code].name
    with pytest.raises(MunicipalityNotAdmissible, match=r"78° O.*32717.*32718"):
        add(dpa_code, name)
    assert add(dpa_code, name, 32718).legal_srid == 32718


def test_elsewhere_it_is_zone_17():
    assert add("1703", "Mejía").legal_srid == 32717


def test_degrees_are_no_place_to_measure():
    with pytest.raises(CrsNotAccepted):
        add("1703", "Mejía", 4326)
