"""Many papers at once: asked for on a page or by command, issued by the job, told with what was refused."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from cadastre.operations.issue_papers import TASK
from cadastre.tasks import issue_papers
from gis_project.territory.models import Job, Municipality, Paper
from gis_project.territory.queries.named_municipality import named_municipality
from tests.cadastre.operations.test_issue_certificate import prepare
from tests.people import BRUNO, CLARA, ROSA, VERA
from tests.register import town as another_town
from tests.staff import appoint

pytestmark = pytest.mark.django_db
BATCH = "/mejia/papers/batch/"
TYPED = {"kind": "APPRAISAL", "units": "1\n2\n5", "receipt": "lote 1", "amount": "2,00"}


@pytest.fixture
def town(settings, tmp_path) -> Municipality:
    settings.VAR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"
    return named_municipality(prepare().slug)


def client_of(person, role: str, place: Municipality) -> Client:
    client = Client()
    client.force_login(appoint(person, role, place))
    return client


@pytest.fixture
def rosa(town) -> Client:
    return client_of(ROSA, "cadastre_technician", town)


def test_the_job_issues_them_and_the_page_tells_how_far_it_is(rosa):
    answer = rosa.post(BATCH, TYPED)
    job = Job.objects.get()
    assert answer["Location"] == f"{BATCH}{job.pk}/"
    page = rosa.get(answer["Location"]).content.decode()
    assert "En cola" in page
    assert "<progress" in page
    issue_papers(job_id=str(job.pk), **job.arguments)
    page = rosa.get(answer["Location"]).content.decode()
    assert "Emitidos ahora: 2" in page
    assert "1 predio sin documento" in page  # the observed one, and why
    assert "<progress" not in page
    assert Paper.objects.count() == 2


def test_predios_that_are_not_there_are_named_and_nothing_is_issued(rosa):
    page = rosa.post(BATCH, TYPED | {"units": "1\nnada"}).content.decode()
    assert "No constan en este municipio: nada" in page
    assert "1\nnada</textarea>" in page
    assert not Job.objects.exists()


def test_only_who_issues_and_only_here(town):
    assert client_of(VERA, "auditor", town).get(BATCH).status_code == 403
    other = another_town("celica", "1104")
    asked = {"kind": "APPRAISAL", "units": []}
    job = Job.objects.create(municipality=town, task=TASK, arguments=asked)
    bruno = client_of(BRUNO, "cadastre_technician", other)
    assert bruno.get(f"{BATCH}{job.pk}/").status_code == 404
    assert bruno.get(f"/celica/papers/batch/{job.pk}/").status_code == 404
    refused = client_of(CLARA, "counter_clerk", town).post(
        BATCH, TYPED | {"kind": "PLANNING_REPORT"}
    )
    assert "emitir el informe de regulación" in refused.content.decode()


def test_the_command_rehearses_and_then_issues(town, tmp_path):
    listed = tmp_path / "claves.txt"
    listed.write_text("1\n2\n\n999\n", encoding="utf-8")
    told = [str(listed), "--municipality", "mejia", "--kind", "APPRAISAL"]
    told += ["--receipt", "lote 2", "--amount", "2.00"]
    out = StringIO()
    call_command("issue_papers", *told, stdout=out)
    assert "Ensayo: se emitirían 2" in out.getvalue()
    assert "999: no consta" in out.getvalue()
    assert not Paper.objects.exists()
    rosa = appoint(ROSA, "cadastre_technician", town)
    call_command("issue_papers", *told, "--by", rosa.cedula, "--commit", stdout=out)
    assert Paper.objects.count() == 2
