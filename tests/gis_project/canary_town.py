"""The town of the pages with a secret in every private field, and a second municipality beside it."""

import hashlib
import tempfile
from datetime import date
from fractions import Fraction
from pathlib import Path

import psycopg
from django.db import transaction
from django.utils import timezone
from shapely import box

from cadastre.keys.plain_text import plain
from cadastre.models import (
    AdministrativeSource,
    ArrearsLine,
    ArrearsTitle,
    CashDesk,
    ImportBatch,
    LedgerEntry,
    LedgerPosting,
    Observation,
    ParcelVersion,
    Party,
    PartyIdentity,
    Payment,
    Procedure,
    ProcedureNotice,
    PropertyUnit,
    Proposal,
    QualityFinding,
    QualityRuleResult,
    QualityRun,
    TaxTitle,
)
from cadastre.operations.bring_document import BroughtFile, bring_document
from cadastre.operations.bring_procedure_document import bring_procedure_document
from cadastre.operations.issue_papers import TASK
from cadastre.operations.receive_procedure import Applicant, receive_procedure
from cadastre.queries.properties import find_property
from gis_project.territory.models import Job, Municipality, Ordinance
from gis_project.territory.policy import CONSOLE
from tests import field_packages, register
from tests.browser import town
from tests.cadastre.operations.small_town import PARAMETERS
from tests.papers import paper_on
from tests.people import ALMA, JULIO, TOMAS, VERA, cedula
from tests.staff import account, appoint
from tests.water_basins.water_town import terrain_in

MEJIA_KEY = town.KEY
CELICA_KEY = "110450010100100100000000"
MEJIA_CODE = "MEJMEJMEJM7"
CELICA_CODE = "CECACECACEX"
TRACKING = {"mejia": "MEJMEJMEJM7", "celica": "CECACECACEX"}  # of a procedure; papers may share one
JOBS = {
    "mejia": "5b1d7c0e-3a2f-4e6d-9c8b-1a2b3c4d5e6f",
    "celica": "5b1d7c0e-3a2f-4e6d-9c8b-1a2b3c4d5e70",
}  # of papers
NOTICES = {"mejia": 900_001, "celica": 900_002}  # of that procedure
DEBTOR = "CANARIODEUDOR"  # of a former system's title
OBSERVED = "CANARIOOBSERVACION"  # who told it, which no page shows
SCAN = b"%PDF-1.7 resolution"
SCAN_SHA256 = hashlib.sha256(SCAN).hexdigest()
PROPOSALS = {
    "mejia": "3f0c2d7e-9a1b-4c3d-8e6f-7a0b1c2d3e4f",
    "celica": "3f0c2d7e-9a1b-4c3d-8e6f-7a0b1c2d3e50",
}
ORDINANCES = {
    "mejia": "0d8f1c52-6b7e-4d0a-9c31-5e2f7a8b9c0d",
    "celica": "0d8f1c52-6b7e-4d0a-9c31-5e2f7a8b9c0e",
}  # drafts
QUALITY_RUNS = {"mejia": 900_001, "celica": 900_002}
QUALITY_FINDINGS = {"mejia": 900_001, "celica": 900_002}  # of those runs


def build() -> None:
    town.build()
    mejia = Municipality.objects.get(slug="mejia")
    celica = Municipality.objects.get(slug="celica")
    act = register.operation(celica)
    unit = register.predio(
        act,
        box(620_000, 9_546_000, 620_020, 9_546_020),
        CELICA_KEY,
        number="50001",
        parish=register.parish(celica, "110450", "Celica"),
    )
    register.holder(act, unit, "x", cedula(7_654_321, province=11), share=Fraction(1))
    register.settle()
    for number, identity in enumerate(PartyIdentity.objects.order_by("id_number"), start=1):
        identity.full_name = f"Titular CANARIO{number}NOMBRE"
        identity.search_name = plain(identity.full_name)
        identity.phone = f"CANARIO{number}TEL"
        identity.email = f"canario{number}correo@ejemplo.test"
        identity.postal_address = f"CANARIO{number}DOMICILIO"
        identity.save()
    for place in (mejia, celica):
        proposal = Proposal.objects.create(
            id=PROPOSALS[place.slug],
            municipality=place,
            verb="correct_attributes",
            inputs={},
            state=Proposal.State.SUBMITTED,
            reason="Cambio de dirección",
        )
        bring_document(
            proposal,
            document=_report("4"),
            by=CONSOLE,
            file=BroughtFile("informe.pdf", SCAN),
        )
        field_packages.with_conflict(place, carrier=account(VERA))
        Job.objects.create(
            id=JOBS[place.slug],
            municipality=place,
            task=TASK,
            arguments={"kind": "APPRAISAL", "units": []},
        )
        _procedure(
            place, unit if place == celica else find_property(municipality=mejia, text=MEJIA_KEY)
        )
    for place in (mejia, celica):
        Ordinance.objects.create(
            id=ORDINANCES[place.slug],
            municipality=place,
            number="Borrador",
            title="Borrador",
            valid=(date(2026, 1, 1), None),
            parameters=PARAMETERS,
        )
    for place, key in ((mejia, MEJIA_KEY), (celica, CELICA_KEY)):
        _collection(place, find_property(municipality=place, text=key))
        _quality(place, find_property(municipality=place, text=key))
    papers = ((mejia, town.CONCAVE_KEY, MEJIA_CODE), (celica, CELICA_KEY, CELICA_CODE))
    for place, key, code in papers:
        paper_on(find_property(municipality=place, text=key), code)
    with tempfile.TemporaryDirectory() as folder:
        for place in (mejia, celica):
            terrain_in(place, Path(folder))
    appoint(ALMA, "municipal_administrator", mejia)
    appoint(VERA, "auditor", mejia)
    appoint(JULIO, "gis_reader", mejia)
    account(TOMAS)
    assert ParcelVersion.objects.filter(municipality=celica).exists()
    Observation.objects.create(
        municipality=celica,
        unit=unit,
        parcel=unit.parcel,
        code="CANARY",
        message="Revise el lindero.",
        detail={"told_by": OBSERVED},
        operation=act,
    )


def _procedure(place: Municipality, unit: PropertyUnit) -> None:
    """A claim by the predio's first holder, told by nobody's name but in the applicant's protected row."""
    holder = Party.objects.filter(rights__unit=unit).order_by("pk").first()
    asked = receive_procedure(
        "claim",
        municipality=place,
        by=CONSOLE,
        applicant=Applicant(party=holder),
        units=[unit],
        note="Reclama el avalúo",
    )
    Procedure.objects.filter(pk=asked.pk).update(code=TRACKING[place.slug])
    bring_procedure_document(
        asked,
        document=_report("5"),
        by=CONSOLE,
        file=BroughtFile("pruebas.pdf", SCAN),
    )
    ProcedureNotice.objects.create(
        id=NOTICES[place.slug],
        procedure=asked,
        how="PRINTED",
        text="Acérquese a ventanilla.",
        certification="RAZÓN: notificado.",
        notified_at=timezone.now(),
    )


def _collection(place: Municipality, unit: PropertyUnit) -> None:
    """A receipt, and a former system's title whose debtor nobody is told of."""
    day = date(2026, 1, 5)
    desk = CashDesk.objects.create(municipality=place, code="C01", name="Ventanilla")
    with transaction.atomic():
        entry = LedgerEntry.objects.create(
            municipality=place, kind="PAYMENT", booked_on=day, worked_on=day
        )
        LedgerPosting.objects.create(entry=entry, account="CASH", amount=1)
        LedgerPosting.objects.create(entry=entry, account="CREDIT", amount=-1, unit=unit)
    Payment.objects.create(
        municipality=place,
        desk=desk,
        serial=1,
        entry=entry,
        unit=unit,
        paid_on=day,
        amount=1,
        means="CASH",
        told={"titles": [], "credit": "1.00"},
        idempotency_key="canary",
        request_hash="0" * 64,
    )
    batch = ImportBatch.objects.create(
        municipality=place, subject="arrears", read=1, admitted=1, observed=0, rejected=0
    )
    former = ArrearsTitle.objects.create(
        municipality=place,
        batch=batch,
        number="A-1",
        year=2024,
        kind="URBAN",
        state="ISSUED",
        debtor_name=DEBTOR,
        debtor_document=DEBTOR,
    )
    ArrearsLine.objects.create(title=former, concept="PREDIAL", part="TAX", issued=1, paid=0)


def _quality(place: Municipality, unit: PropertyUnit) -> None:
    """A run of one rule that found one predio, upon its ground."""
    run = QualityRun.objects.create(
        pk=QUALITY_RUNS[place.slug],
        municipality=place,
        day=date(2026, 1, 5),
        rules=["holder_missing"],
        state=QualityRun.State.DONE,
    )
    QualityRuleResult.objects.create(
        run=run, code="holder_missing", state="DONE", findings=1, took_ms=1
    )
    ground = ParcelVersion.objects.known().filter(parcel=unit.parcel_id).first()
    QualityFinding.objects.create(
        pk=QUALITY_FINDINGS[place.slug],
        run=run,
        code="holder_missing",
        severity="CRITICAL",
        unit=unit,
        parcel_id=unit.parcel_id,
        geom=ground.geom if ground else None,
    )


def _report(number: str) -> AdministrativeSource:
    return AdministrativeSource(
        kind="TECHNICAL_REPORT",
        number=number,
        issued_on=date(2026, 1, 5),
        issuer="Jefatura de Avalúos y Catastros",
    )


def mark_portfolios(owner_url: str) -> None:
    """A secret holding in every bill's portfolio. Bills only grow, so their owner lifts the guard."""
    with psycopg.connect(owner_url) as connection:
        connection.execute("ALTER TABLE cadastre_taxtitle DISABLE TRIGGER USER")
        connection.execute(
            """UPDATE cadastre_taxtitle SET portfolio = jsonb_insert(
                portfolio, '{holdings,-1}', jsonb_build_object(
                    'unit_id', 'CANARIO' || number || 'CARTERA',
                    'key', 'CANARIO' || number || 'CARTERA',
                    'appraised_value', '1.00', 'taxable_value', '1.00'), true)"""
        )
        connection.execute("ALTER TABLE cadastre_taxtitle ENABLE TRIGGER USER")


def secrets() -> list[str]:
    """Every private value of the town, as it would appear anywhere."""
    return [*names(), *personal_data(), *portfolios(), OBSERVED, DEBTOR]


def names() -> list[str]:
    """The holders' names, which officials see in their own municipality."""
    return [
        name
        for identity in PartyIdentity.objects.all()
        for name in (identity.full_name, identity.search_name)
    ]


def personal_data() -> list[str]:
    """What nobody sees of a person without `view_personal_data`."""
    return [
        value
        for identity in PartyIdentity.objects.all()
        for value in (
            identity.id_number,
            identity.phone,
            identity.email,
            identity.postal_address,
        )
    ]


def portfolios() -> list[str]:
    """The marks in the bills' portfolios, which only those who view taxes see."""
    return [title.portfolio["holdings"][-1]["unit_id"] for title in TaxTitle.objects.all()]
