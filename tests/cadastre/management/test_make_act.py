"""An act from a file: rehearsed unless told otherwise, made or proposed by somebody who answers for it."""

import json

import pytest
from django.core.management import CommandError, call_command

from cadastre.models import AdministrativeSource, Operation, Proposal
from tests import register, staff
from tests.cadastre.operations.ground_scenes import key
from tests.people import VERA
from tests.shapes import square

pytestmark = pytest.mark.django_db
REPORT = {"kind": "TECHNICAL_REPORT", "number": "12", "issued_on": "2026-03-02"}


@pytest.fixture
def run(tmp_path, capsys):
    town = register.town()
    register.predio(register.operation(town), square(0, 0), key(1), number="7")
    staff.appoint(VERA, "cadastre_technician", town)

    def make(verb, inputs, *options, **more):
        path = tmp_path / "acto.json"
        path.write_text(json.dumps({"reason": "prueba", "inputs": inputs} | more))
        call_command("make_act", verb, str(path), "--municipality", "mejia", *options)
        return capsys.readouterr().out

    return make


def test_a_rehearsal_tells_everything_and_leaves_nothing(run):
    told = run("change_key", {"unit": "7", "key": key(45)})
    assert f"después: {key(45)}" in told
    assert "falta: Falta el informe técnico" in told
    assert told.rstrip().endswith("Repita con --commit y --by.")
    assert not Operation.objects.filter(verb="change_key").exists()


def test_what_needs_a_second_person_is_proposed(run):
    told = {"unit": "7", "key": key(45)}
    with pytest.raises(CommandError, match="quién responde"):
        run("change_key", told, "--commit", sources=[REPORT])
    assert not AdministrativeSource.objects.exists()
    assert "otra persona la aprueba" in run(
        "change_key", told, "--commit", "--by", VERA.cedula, sources=[REPORT]
    )
    proposal = Proposal.objects.get()
    assert (proposal.state, proposal.sources.count()) == ("SUBMITTED", 1)


def test_what_needs_none_is_made(run):
    told = {"unit": "7", "answers": {"households": 1, "inhabitants": 3}}
    assert "realizado." in run("update_households", told, "--commit", "--by", VERA.cedula)
    assert Operation.objects.filter(verb="update_households").exists()


def test_a_file_that_is_no_act_is_refused(run):
    with pytest.raises(CommandError, match="sorces"):
        run("change_key", {}, sorces=[])
