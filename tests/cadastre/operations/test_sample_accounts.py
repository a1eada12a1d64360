"""Demonstration accounts get new passwords; nobody else does."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from cadastre.operations.sample_accounts import ensure_demo_accounts, reissue_demo_passwords
from gis_project.territory.appointments import has_second_factor
from gis_project.territory.models import AuditEvent, User
from tests.people import PASSWORD, ROSA
from tests.register import town
from tests.staff import account, give_second_factor

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo():
    return ensure_demo_accounts(municipalities=[town()], on=date(2026, 11, 22))


def test_the_old_password_goes_and_the_new_one_opens(demo):
    issued = {each.cedula: each.password for each in reissue_demo_passwords()}
    assert issued.keys() == {each.cedula for each in demo}
    for before in demo:
        user = User.objects.get(cedula=before.cedula)
        assert user.check_password(issued[before.cedula])
        assert not user.check_password(before.password)
    assert AuditEvent.objects.filter(action="reissue_demo_password").count() == len(demo)


def test_a_lost_second_factor_of_a_demonstration_goes_too(demo):
    user = User.objects.get(cedula=demo[1].cedula)
    give_second_factor(user)
    reissue_demo_passwords()
    assert not has_second_factor(user)


def test_other_accounts_stay_even_with_a_number_of_ours(demo):
    rosa = account(ROSA)
    User.objects.filter(cedula=demo[0].cedula).update(full_name="Persona de verdad")
    taken = User.objects.get(cedula=demo[0].cedula)
    reissue_demo_passwords()
    rosa.refresh_from_db()
    assert rosa.check_password(PASSWORD)
    assert User.objects.get(pk=taken.pk).check_password(demo[0].password)


def test_the_command_shows_them_once(demo):
    told = StringIO()
    call_command("reissue_demo_passwords", stdout=told)
    assert all(each.cedula in told.getvalue() for each in demo)
    User.objects.update(full_name="Otra persona")
    with pytest.raises(CommandError, match="load_samples"):
        call_command("reissue_demo_passwords")
