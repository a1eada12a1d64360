"""The console's way back for the sole administrator who lost the second factor."""

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from gis_project.territory.appointments import has_second_factor
from gis_project.territory.models import AuditEvent, RecoveryCode
from tests import people, register, staff

pytestmark = pytest.mark.django_db


def recover(capsys, **told) -> str:
    call_command("recover_account", municipality="mejia", cedula=people.ALMA.cedula, **told)
    return capsys.readouterr().out


@pytest.fixture
def alma():
    return staff.appoint(people.ALMA, "municipal_administrator", register.town())


def test_code_and_password_take_the_lost_factor_off(alma, capsys):
    code = recover(capsys, second_factor=True, commit=True).rsplit(" ", 1)[-1].strip()
    typed = {"login": people.ALMA.cedula, "code": code, "password": "otra"}
    path = "/account/recover/second-factor/"
    Client().post(path, typed)
    assert has_second_factor(alma)
    Client().post(path, typed | {"password": people.PASSWORD})
    assert not has_second_factor(alma)
    issued, dropped = AuditEvent.objects.filter(object_id=str(alma.pk)).order_by("seq")
    assert (issued.action, issued.actor) == ("issue_recovery_code", None)
    assert (dropped.action, dropped.actor) == ("drop_second_factor", alma)


def test_a_rehearsal_leaves_nothing(alma, capsys):
    assert "Ensayo" in recover(capsys, second_factor=True)
    assert not RecoveryCode.objects.exists()


def test_refusals_say_why(alma, capsys):
    staff_less = staff.account(people.TOMAS)
    with pytest.raises(CommandError, match="no tiene segundo factor"):
        call_command(
            "recover_account",
            municipality="mejia",
            cedula=staff_less.cedula,
            second_factor=True,
            commit=True,
        )
    with pytest.raises(CommandError, match="No hay una cuenta"):
        call_command("recover_account", municipality="mejia", cedula=people.INES.cedula)
