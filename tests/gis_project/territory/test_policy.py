"""One place decides who may do what, and refuses what it does not know."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from gis_project.core.errors import NotAllowed, NotFound
from gis_project.territory.models import Membership, Organisation, Role
from gis_project.territory.policy import (
    CONSOLE,
    MfaRequired,
    PasswordChangeRequired,
    can,
    check_can,
    municipality_for,
    visible_municipalities,
)
from gis_project.territory.roles import capabilities, shipped_roles
from tests.people import CLARA, JULIO, ROSA
from tests.staff import account, appoint

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


def test_every_role_names_known_capabilities_only():
    for role in shipped_roles():
        assert set(role.capabilities) <= set(capabilities()), role.code


def test_every_capability_is_somebodys():
    held = {name for role in shipped_roles() for name in role.capabilities}
    assert held == set(capabilities())


def test_who_approves_emits_or_administers_needs_a_second_factor():
    grave = {"approve_operations", "approve_tax_roll", "emit_tax_roll", "manage_users"}
    for role in shipped_roles():
        assert role.requires_mfa or not grave & set(role.capabilities), role.code


def test_roles_are_in_the_database_after_migrate():
    assert Role.objects.filter(is_shipped=True).count() == len(shipped_roles())


def test_a_technician_edits_at_home_and_nowhere_else(mejia, celica):
    rosa = appoint(ROSA, "cadastre_technician", mejia)
    assert can(rosa, "edit_parcels", municipality=mejia, on=TODAY)
    assert not can(rosa, "edit_parcels", municipality=celica, on=TODAY)
    assert not can(rosa, "approve_operations", municipality=mejia, on=TODAY)


def test_an_appointment_ends(mejia):
    clara = account(CLARA)
    Membership.objects.create(
        user=clara,
        role=Role.objects.get(code="cashier"),
        municipality=mejia,
        valid=(date(2025, 1, 1), date(2026, 1, 1)),
    )
    assert can(clara, "collect_payments", municipality=mejia, on=date(2025, 12, 31))
    assert not can(clara, "collect_payments", municipality=mejia, on=date(2026, 1, 1))


@pytest.mark.parametrize("actor", [None, AnonymousUser()])
def test_nobody_may_nothing(actor, mejia):
    for capability in capabilities():
        assert not can(actor, capability, municipality=mejia, on=TODAY)
    assert not visible_municipalities(actor, on=TODAY)


def test_a_closed_account_may_nothing(mejia):
    rosa = appoint(ROSA, "cadastre_technician", mejia)
    rosa.is_active = False
    assert not can(rosa, "edit_parcels", municipality=mejia, on=TODAY)


def test_a_superuser_gets_nothing_from_being_one(mejia):
    rosa = account(ROSA)
    rosa.is_superuser = True
    assert not can(rosa, "view_register", municipality=mejia, on=TODAY)


def test_a_grave_role_waits_for_the_second_factor(mejia):
    user = appoint(ROSA, "revenue_officer", mejia)
    check_can(user, "emit_tax_roll", municipality=mejia, on=TODAY)
    user.authenticator_set.all().delete()
    with pytest.raises(MfaRequired):
        check_can(user, "emit_tax_roll", municipality=mejia, on=TODAY)


def test_a_temporary_password_is_changed_first(mejia):
    rosa = appoint(ROSA, "cadastre_technician", mejia)
    rosa.must_change_password = True
    with pytest.raises(PasswordChangeRequired):
        check_can(rosa, "edit_parcels", municipality=mejia, on=TODAY)


def test_an_unknown_capability_is_an_error_and_no_answer(mejia):
    with pytest.raises(LookupError):
        can(CONSOLE, "edit_parcel", municipality=mejia, on=TODAY)


def test_officers_of_an_organisation_act_in_it_and_where_it_acts(mejia, celica):
    board = Organisation.objects.create(name="JAAP El Chaupi", kind="WATER_BOARD")
    other = Organisation.objects.create(name="JAAP Aloasí", kind="WATER_BOARD")
    board.municipalities.add(mejia)
    other.municipalities.add(mejia)
    julio = appoint(JULIO, "water_board_president", organisation=board)
    assert can(julio, "manage_board", organisation=board, on=TODAY)
    assert not can(julio, "manage_board", organisation=other, on=TODAY)
    assert can(julio, "view_water", municipality=mejia, on=TODAY)
    assert not can(julio, "view_water", municipality=celica, on=TODAY)
    assert list(visible_municipalities(julio, on=TODAY)) == [mejia]


def test_another_municipality_is_as_if_it_did_not_exist(mejia, celica):
    rosa = appoint(ROSA, "cadastre_technician", mejia)
    assert municipality_for(rosa, "1703", on=TODAY) == mejia
    for name in ("celica", "1104", "no-such"):
        with pytest.raises(NotFound):
            municipality_for(rosa, name, on=TODAY)


def test_the_refusal_tells_what_was_missing(mejia):
    with pytest.raises(NotAllowed, match="cobrar") as refused:
        check_can(account(CLARA), "collect_payments", municipality=mejia, on=TODAY)
    assert refused.value.details == {"capability": "collect_payments"}
