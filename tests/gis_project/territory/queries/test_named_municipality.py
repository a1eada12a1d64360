"""People name a municipality in several ways; a refusal tells each reader what he can do."""

import pytest

from gis_project.territory.models import Municipality
from gis_project.territory.queries.named_municipality import (
    MunicipalityNotFound,
    named_municipality,
)


@pytest.mark.parametrize("typed", ["mejia", "Mejía", " MEJIA ", "1703"])
def test_slug_code_and_name_find_it(mejia, celica, typed):
    assert named_municipality(typed) == mejia


def test_a_name_that_is_not_the_slug_finds_it(celica):
    Municipality.objects.filter(pk=celica.pk).update(name="San Felipe de Oña", slug="ona")
    assert named_municipality("san felipe  de ona").pk == celica.pk


def test_a_name_that_two_bear_finds_neither(mejia, celica):
    Municipality.objects.update(name="Olmedo")
    with pytest.raises(MunicipalityNotFound, match="1104 o 1703"):
        named_municipality("olmedo")


def test_the_console_hears_which_there_are(mejia, celica):
    with pytest.raises(MunicipalityNotFound, match=r"celica \(1104, Celica\), mejia .*add_mun"):
        named_municipality("quito", console=True)


def test_no_more_than_ten_are_told(db):
    for n in range(12):
        Municipality.objects.create(
            slug=f"m{n}", dpa_code=f"{n:04}", name=f"Lugar {n:02}", official_name="GAD"
        )
    with pytest.raises(MunicipalityNotFound) as refusal:
        named_municipality("quito", console=True)
    assert refusal.value.message.count("Lugar") == 10
    assert "…" in refusal.value.message


def test_web_users_hear_of_no_command(mejia):
    with pytest.raises(MunicipalityNotFound) as refusal:
        named_municipality("quito")
    assert "add_municipality" not in refusal.value.message
    assert "1703" not in refusal.value.message
