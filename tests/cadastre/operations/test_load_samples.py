"""A sample municipality in the register: whole, once, and never over real data."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from cadastre.models import (
    KeyAlias,
    Observation,
    ParcelVersion,
    PropertyUnit,
    Right,
    TaxRoll,
    ToleratedOverlap,
)
from fixtures.samples.generate import generate_town
from fixtures.samples.towns import TOWNS
from gis_project.territory.models import Membership, Municipality, User

pytestmark = [pytest.mark.django_db, pytest.mark.long]


def load(*options: str) -> str:
    out = StringIO()
    call_command("load_samples", "--municipalities", "oña", *options, stdout=out)
    return out.getvalue()


def counts() -> list[int]:
    tables = (PropertyUnit, ParcelVersion, KeyAlias, Right, Observation, TaxRoll, User, Membership)
    return [table.objects.count() for table in tables]


def test_the_register_holds_what_the_generator_made_and_again_changes_nothing():
    town = generate_town(TOWNS["ona"])
    told = load()
    municipality = Municipality.objects.get(slug="ona")
    assert municipality.is_sample
    assert ParcelVersion.objects.filter(geom__isnull=False).count() == len(town.parcels)
    assert PropertyUnit.objects.count() == sum(
        map(len, (town.parcels, town.condominium_units, town.mapless_units))
    )
    assert Right.objects.count() == len(town.rights)
    assert ToleratedOverlap.objects.count() == 2
    assert KeyAlias.objects.filter(scheme="PROVISIONAL").count() == 5
    assert Observation.objects.filter(code="OVERLAP").count() == 4
    assert TaxRoll.objects.count() == 2
    assert "datos de muestra, inventados" in told
    before = counts()
    again = load()
    assert counts() == before
    assert "contraseña" not in again


def test_a_demo_account_signs_in_with_the_password_that_was_printed():
    lines = [line.split() for line in load("--no-roll").splitlines() if line.startswith("  ")]
    assert len(lines) == Membership.objects.count()
    for cedula, password, *_ in lines[:2]:
        assert User.objects.get(cedula=cedula).check_password(password)


def test_a_municipality_with_its_own_data_refuses_the_sample():
    Municipality.objects.create(slug="ona", dpa_code="0110", name="Oña", official_name="GAD Oña")
    with pytest.raises(CommandError, match="datos propios"):
        load()
    assert PropertyUnit.objects.count() == 0


def test_an_unknown_sample_is_told_with_the_known_ones():
    with pytest.raises(CommandError, match="mejia, celica, ona"):
        call_command("load_samples", "--municipalities", "quito")
