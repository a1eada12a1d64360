"""The console's commands: dry runs until --commit, refusals in words."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from gis_project.territory.management.commands.appoint import Command
from gis_project.territory.models import AuditEvent, Membership, Municipality, User
from gis_project.territory.queries.integrity_laws import integrity_laws
from tests.people import ALMA

pytestmark = pytest.mark.django_db
DAYUMA = ["--slug=orellana", "--dpa=2201", "--name=Orellana", "--legal-srid=32718"]


def run(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def test_add_municipality_is_a_dry_run_until_commit():
    assert "Ensayo" in run("add_municipality", *DAYUMA)
    assert not Municipality.objects.exists()
    assert "EPSG:32718" in run("add_municipality", *DAYUMA, "--commit")
    assert Municipality.objects.get().legal_srid == 32718
    assert AuditEvent.objects.get().action == "add_municipality"


@pytest.mark.parametrize(
    "wrong",
    [
        ["--slug=orellana", "--dpa=22", "--name=x"],
        ["--slug=ogc", *DAYUMA[1:]],
        ["--slug=A b", *DAYUMA[1:]],
        [*DAYUMA, "--legal-srid=4326"],
        [*DAYUMA, "--time-zone=Quito"],
    ],
)
def test_what_is_not_admissible_is_refused(wrong):
    with pytest.raises(CommandError):
        run("add_municipality", *wrong, "--commit")
    assert not Municipality.objects.exists()


def test_a_municipality_is_added_once():
    run("add_municipality", *DAYUMA, "--commit")
    with pytest.raises(CommandError, match="Ya existe"):
        run("add_municipality", *DAYUMA, "--commit")


def test_appoint_makes_the_first_administrator(mejia):
    first = ["--municipality=1703", "--role=municipal_administrator", f"--cedula={ALMA.cedula}"]
    assert "Ensayo" in run("appoint", *first, f"--name={ALMA.full_name}")
    assert not User.objects.exists()
    told = run("appoint", *first, f"--name={ALMA.full_name}", "--commit")
    assert "/account/recover/" in told
    assert Membership.objects.get().user.cedula == ALMA.cedula


def test_add_municipality_tells_its_parishes():
    told = run("add_municipality", "--slug=mejia", "--dpa=1703", "--name=Mejía")
    assert "EPSG:32717" in told
    assert "170350 Machachi, urbana" in told
    assert "170351 Aloag, rural" in told


def test_appoint_tells_the_roles(mejia):
    with pytest.raises(CommandError, match=r"Hay: .*municipal_administrator"):
        run("appoint", "--municipality=mejia", "--role=jefe", f"--cedula={ALMA.cedula}", "--name=A")
    parser = Command().create_parser("manage.py", "appoint")
    assert "Administrador municipal" in parser.format_help()


def test_appoint_asks_for_the_name_of_a_new_person(mejia):
    with pytest.raises(CommandError, match="--name"):
        run("appoint", "--municipality=1703", "--role=valuer", f"--cedula={ALMA.cedula}")


def test_audit_finds_nothing_in_an_empty_register():
    told = run("audit")
    assert "0 filas rompen una ley" in told
    for law in integrity_laws():
        assert law.name in told


def test_audit_fails_when_a_law_is_broken(mejia):
    AuditEvent.objects.create(
        action="x", object_type="y", object_id="1", body="{}", body_hash="0" * 64
    )
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("audit", stdout=out)
    assert ended.value.code == 1
    assert "FALLA     l9_audit_bodies_match_their_hash" in out.getvalue()


def test_every_law_states_itself():
    laws = integrity_laws()
    assert len({law.name for law in laws}) == len(laws)
    for law in laws:
        assert law.sql.startswith("--"), law.name
        assert len(law.sentence) > 20, law.name


def test_the_audit_tells_every_law_in_spanish():
    english = {"the", "of", "every", "is", "are", "and", "that"}
    for law in integrity_laws():
        assert law.sentence.endswith("."), law.name
        assert not english & set(law.sentence.lower().split()), law.name
