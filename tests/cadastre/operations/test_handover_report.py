"""What a new mayor reads on the first day: open, pending, expiring, proved."""

import json
import subprocess
from datetime import UTC, date, datetime

import pytest
from django.core.management import CommandError, call_command
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import override_settings

from cadastre.models import (
    AdministrativeSource,
    Observation,
    ParcelVersion,
    Proposal,
    ProposalSource,
)
from cadastre.operations.handover_report import handover_report
from cadastre.queries.handover import sections
from cadastre.queries.handover.expiring import expiring_acts
from cadastre.queries.handover.section import Section
from gis_project.core.errors import NotAllowed
from gis_project.territory.models import AuditEvent, Job, Membership, Ordinance
from gis_project.territory.policy import CONSOLE, NamedAtConsole
from tests import register, staff, walled_town
from tests.people import ALMA, ROSA, VERA

NOW = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)
TODAY = date(2026, 11, 22)


@pytest.fixture
def town(db):
    walled_town.build("celica", "1104", east=620_000)
    built = walled_town.build("mejia", "1703", east=770_000)
    machachi = register.parish(built)
    version = ParcelVersion.objects.get(municipality=built)
    register.place_parcel(
        version.opened_by,
        register.Polygon([(770_100, 9_943_000), (770_120, 9_943_000), (770_120, 9_943_020)]),
        parish=machachi,
        is_observed=True,
    )
    Observation.objects.create(
        municipality=built,
        parcel=version.parcel,
        code="NO_KEY",
        message="x",
        operation=version.opened_by,
    )
    rosa = staff.appoint(ROSA, "cadastre_chief", built)
    Membership.objects.filter(user=rosa).update(valid=DateRange(date(2020, 1, 1), date(2027, 1, 1)))
    staff.appoint(ALMA, "municipal_administrator", built)
    Proposal.objects.create(
        municipality=built,
        verb="split_parcel",
        inputs={},
        state="APPROVED",
        reason="espera la inscripción",
        prepared_by=rosa,
    )
    Job.objects.create(municipality=built, task="cadastre.tasks.emit", state="FAILED")
    return built


@pytest.fixture
def told(town):
    found = {section.title: section for section in sections.handover_sections(town, on=TODAY)}
    return found


def test_proposals_and_jobs(told):
    proposals = told["Cambios del catastro en trámite"]
    assert proposals.told == (
        "2 propuestas abiertas: 1 aprobada, espera los documentos, 1 borrador."
    )
    assert [row[0] for row in proposals.rows] == [
        "Corrección de datos del predio",
        "Fraccionamiento o subdivisión",
    ]
    assert proposals.rows[1][4] == ROSA.full_name
    (job,) = told["Trabajos del sistema sin terminar"].rows
    assert job[:2] == ("cadastre.tasks.emit", "falló")


def test_observed_ground_by_parish(told):
    ground = told["Predios observados y traslapes tolerados"]
    assert ground.rows == (
        ("Machachi", "1", "1", "0", "0,00"),
        ("sin parroquia", "1", "0", "0", "0,00"),
    )
    assert "2 observaciones sin resolver" in ground.told


def test_documents_and_exemptions_that_end(town):
    proposal = Proposal.objects.filter(municipality=town, state="APPROVED").get()
    for number, until in (("R-1", date(2026, 11, 1)), ("R-2", date(2027, 2, 1)), ("R-3", None)):
        resolution = AdministrativeSource.objects.create(
            municipality=town, kind="RESOLUTION", number=number, valid_until=until
        )
        ProposalSource.objects.create(proposal=proposal, source=resolution)
    ending = expiring_acts(town, TODAY)
    assert [row[1::2] for row in ending.rows if row[0] == "resolución"] == [
        ("R-1", "01/11/2026 · vencido"),
        ("R-2", "01/02/2027"),
    ]
    assert ending.told.startswith("2 documentos")


def test_appointments_that_end_come_first(told):
    people = told["Quién puede qué"]
    assert people.rows[0] == (
        ROSA.full_name,
        "Director de Avalúos y Catastros",
        "01/01/2020",
        "31/12/2026",
    )
    assert people.rows[1][3] == "sin fin"
    assert "2 nombramientos vigentes; 1 terminan" in people.told


def test_an_ordinance_that_ends(town):
    Ordinance.objects.create(
        municipality=town,
        subject="PAPER_FEES",
        number="12-2025",
        title="Tasas 2026",
        state="APPROVED",
        valid=DateRange(date(2026, 1, 1), date(2027, 1, 1)),
    )
    found = {one.title: one for one in sections.handover_sections(town, on=TODAY)}
    law = found["Ordenanzas"]
    assert "La ordenanza 12-2025 rige hasta el 31/12/2026." in law.told
    assert ("12-2025", "Tasas 2026", "aprobada", "01/01/2026", "31/12/2026") in law.rows


def test_emissions_carry_their_totals(told):
    (roll,) = told["Emisiones"].rows
    assert roll[0] == "2026"
    assert roll[4].endswith(",00") or "," in roll[4]


def test_every_law_is_told_with_its_rows(told):
    laws = told["Leyes del registro"]
    assert len(laws.rows) > 10
    assert all(figure == "0" or "tolerado" in law for law, figure in laws.rows) == (
        "ninguna" in laws.told
    )


def test_the_backup_and_its_proof(town, tmp_path):
    def told() -> Section:
        found = sections.handover_sections(town, on=TODAY)
        return next(one for one in found if one.title == "Respaldo")

    with override_settings(VAR=tmp_path):
        assert "no tiene respaldo" in told().told
        kept = tmp_path / "juegos" / "a"
        (tmp_path / "last-backup").write_text(f"2026-11-20T02:15:00-05:00 {kept}\n")
        assert "el disco no está conectado" in told().told
        kept.mkdir(parents=True)
        assert "hace 2 días; no se ha probado" in told().told
        proof = {"proved_at": "2026-11-21T04:00:00", "result": "igual"}
        (kept / "proved.json").write_text(json.dumps(proof))
        assert "se probó el 2026-11-21: igual" in told().told


def test_pdf_and_page_say_the_same_and_only_of_this_town(town):
    alma = NamedAtConsole(staff.account(ALMA))
    pdf = handover_report(municipality=town, by=alma, at=NOW)
    page = handover_report(municipality=town, by=alma, at=NOW, as_pdf=False).decode()
    text = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True
    ).stdout.decode()
    for words in ("Informe de entrega del catastro", "Leyes del registro", ROSA.full_name):
        assert words in text
        assert words in page
    assert "22/11/2026, 10:00" in page
    assert "elica" not in page.replace("ELICA", "elica")
    assert AuditEvent.objects.filter(action="handover_report", actor=alma.user).count() == 2
    assert pdf == handover_report(municipality=town, by=alma, at=NOW)


def test_a_section_more_is_printed_too(town, monkeypatch):
    extra = Section(
        title="Trámites", told="2 trámites.", head=("n",), rows=(("1",),) * 140, widths=(1,)
    )
    monkeypatch.setattr(sections, "SECTIONS", (lambda municipality, on: extra,))
    page = handover_report(municipality=town, by=CONSOLE, at=NOW, as_pdf=False).decode()
    assert "Hay 40 filas más que no se imprimen." in page
    whole = Section(title="Trámites", told="", rows=(("1",),) * 140, is_whole=True)
    assert (len(whole.shown), whole.hidden) == (140, 0)


def test_only_who_runs_the_municipality(town):
    vera = NamedAtConsole(staff.appoint(VERA, "cadastre_technician", town))
    with pytest.raises(NotAllowed):
        handover_report(municipality=town, by=vera, at=NOW)


def test_the_command(town, tmp_path, capsys):
    call_command("handover_report", "--municipality", "mejia", "--out", tmp_path / "a.pdf")
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
    assert "a.pdf" in capsys.readouterr().out
    with pytest.raises(CommandError, match="html"):
        call_command("handover_report", "--municipality", "mejia", "--out", tmp_path / "a.doc")
