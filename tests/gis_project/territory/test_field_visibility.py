"""Public by allow-list, everything else closed (Ley SINARDAP; LOPDP)."""

import pytest

from gis_project.territory.field_visibility import (
    Visibility,
    audiences,
    audiences_of,
    field_visibility,
    fields_for,
    matrix,
    visible_fields,
)
from gis_project.territory.models import Municipality
from tests.people import ROSA, TOMAS
from tests.staff import account, appoint

PERSONAL = ["cedula", "address", "phone", "email", "birth_date", "disability", "full_name"]


@pytest.mark.parametrize("audience", ["bulk", "lookup"])
def test_the_public_sees_nothing_of_a_person(audience):
    assert visible_fields(audience, "party") == frozenset()
    assert visible_fields(audience, "right") == frozenset()
    for field in PERSONAL:
        assert field_visibility(audience, "party", field) is Visibility.ABSENT


def test_layers_and_downloads_never_show_value_or_debt():
    town = Municipality(shows_value=True, shows_debt=True)
    for resource in ("value", "tax"):
        assert visible_fields("bulk", resource, municipality=town) <= {"zone_value_m2"}


def test_a_municipality_switches_its_single_look_ups():
    on = Municipality(shows_value=True, shows_debt=True)
    off = Municipality(shows_value=False, shows_debt=False)
    for resource, field in (("value", "assessed_value"), ("tax", "amount_due")):
        assert field in visible_fields("lookup", resource, municipality=on)
        assert field not in visible_fields("lookup", resource, municipality=off)
        assert field not in visible_fields("lookup", resource)
        assert field in visible_fields("owner", resource, municipality=off)


@pytest.mark.parametrize(
    ("audience", "resource", "field"),
    [("stranger", "parcel", "geometry"), ("bulk", "mystery", "x"), ("owner", "party", "mystery")],
)
def test_what_is_unknown_is_absent(audience, resource, field):
    assert field_visibility(audience, resource, field) is Visibility.ABSENT
    assert field not in visible_fields(audience, resource)


def test_the_file_names_known_audiences_and_switches():
    for fields in matrix().values():
        for entry in fields.values():
            assert set(entry) <= {"visible", "masked", "switch", "switched"}
            named = {*entry.get("visible", ()), *entry.get("masked", ())}
            assert named <= audiences()
            assert set(entry.get("switched", ())) <= named
            if "switch" in entry:
                assert hasattr(Municipality(), entry["switch"])


def test_an_official_sees_by_his_capabilities(mejia, celica):
    from datetime import date

    today = date(2026, 11, 22)
    rosa = appoint(ROSA, "cadastre_technician", mejia)
    here = audiences_of(rosa, municipality=mejia, on=today)
    there = audiences_of(rosa, municipality=celica, on=today)
    assert here == {"bulk", "lookup", "official", "personal", "households", "field"}
    assert there == {"bulk", "lookup"}
    assert "cedula" in fields_for(here, "party")
    assert fields_for(there, "party") == frozenset()


def test_an_owner_sees_his_own(mejia):
    from datetime import date

    mine = audiences_of(account(TOMAS), municipality=mejia, on=date(2026, 1, 1), is_owner=True)
    assert "cedula" in fields_for(mine, "party")
    assert "former_holders" in fields_for(mine, "right")
