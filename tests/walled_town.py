"""A municipality with one row in each table behind the wall (`row_security` modules); a new table needs one here."""

from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange
from shapely import box

from cadastre.models import (
    AdministrativeSource,
    ArrearsLine,
    ArrearsTitle,
    BankMessage,
    CashClosing,
    CashDesk,
    CashSession,
    HolderFact,
    HouseholdRecord,
    ImportBatch,
    InterestRate,
    LedgerEntry,
    LedgerPosting,
    MigratedValue,
    Observation,
    Party,
    PartyErasure,
    PartyLookUp,
    PartyMember,
    Payment,
    PaymentPlan,
    PaymentReversal,
    PersonKey,
    PlanTitle,
    ProcedureAmount,
    ProcedureNotice,
    PropertyUnit,
    Proposal,
    ProposalEvent,
    ProposalSource,
    ProposalUnit,
    RemissionCampaign,
    Responsibility,
    Restriction,
    RollDoubt,
    RollException,
    RollStep,
    Sale,
    SaleDecision,
    ServiceUse,
    SourceConfirmation,
    SourceFile,
    TaxGrant,
    TaxRoll,
    TaxTitle,
    TitleLine,
    TitleVoiding,
    TransferNotice,
)
from cadastre.operations.receive_procedure import Applicant, receive_procedure
from cadastre.operations.tick_requirement import tick_requirement
from gis_project.territory.file_store import store_file
from gis_project.territory.grants import walled_tables
from gis_project.territory.models import (
    Municipality,
    Ordinance,
    Paper,
    PaperFee,
    PaperSignature,
    PaperVoiding,
    StoredFile,
    User,
)
from gis_project.territory.operations.log_access import log_access
from gis_project.territory.policy import CONSOLE
from tests import field_packages, register
from tests.people import cedula


def build(slug: str, dpa_code: str, *, east: int) -> Municipality:
    """The town, whose one predio begins at that easting and whose holder's name ends in its slug."""
    town = register.town(slug, dpa_code)
    act = register.operation(town)
    ground = box(east, 9_943_000, east + 20, 9_943_030)
    unit = register.predio(act, ground, f"{dpa_code}50010100100100000000", number="1")
    right = register.holder(
        act, unit, f"TITULAR DE {slug.upper()}", cedula(int(dpa_code)), share=Fraction(1)
    )
    versions = {
        "municipality": town,
        "valid": register.EVER_SINCE,
        "recorded": DateTimeTZRange(act.recorded_at, None),
        "opened_by": act,
    }
    heirs = Party.objects.create(municipality=town, kind=Party.Kind.HEIRS)
    PartyMember.objects.create(group=heirs, member=right.party, **versions)
    Restriction.objects.create(unit=unit, kind="MORTGAGE", amount=Decimal(100), **versions)
    Responsibility.objects.create(unit=unit, kind="ENCLOSURE", **versions)
    HouseholdRecord.objects.create(unit=unit, answers={"people": 4}, **versions)
    MigratedValue.objects.create(
        municipality=town,
        unit=unit,
        year=2025,
        land_value=1,
        building_value=1,
        total_value=2,
        operation=act,
    )
    _emission(town, unit, right.party)
    _standing(unit, right.party, versions)
    batch = ImportBatch.objects.create(
        municipality=town, subject="transfers", read=1, admitted=1, observed=0, rejected=0
    )
    TransferNotice.objects.create(
        municipality=town, batch=batch, row_number=1, noticed_on=act.valid_from
    )
    sale = Sale.objects.create(
        municipality=town, batch=batch, row_number=1, fingerprint="0" * 64, unit=unit, price=1
    )
    SaleDecision.objects.create(sale=sale, reason="RELATIVES")
    Observation.objects.create(
        municipality=town, unit=unit, code="X", message="Revise el lindero.", operation=act
    )
    _procedure(town, unit, right.party)
    field_packages.with_everything(town, unit)
    PersonKey.objects.create(municipality=town, subject_hash="0" * 64, wrapped=b"x")
    PartyLookUp.objects.create(
        municipality=town, source="SRI", purpose="x", subject_hash="0" * 64, outcome="NOT_ASKED"
    )
    PartyErasure.objects.create(
        municipality=town, party=heirs, erased_at=act.recorded_at, reason="x", legal_basis="x"
    )
    _proposal(town, unit)
    _paper(town, unit)
    _collection(town, unit)
    log_access(
        municipality=town, actor=CONSOLE, action="x", query="x", found=0, purpose="una prueba"
    )
    register.settle()
    return town


def counts() -> dict[str, int]:
    """What a raw SELECT sees of each table behind the wall."""
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(walled_tables()):
            cursor.execute(f"SELECT count(*) FROM {table}")
            (found[table],) = cursor.fetchone()
    return found


def _emission(town: Municipality, unit: PropertyUnit, taxpayer: Party) -> None:
    act = register.operation(town, "emit_tax_roll")
    ordinance = Ordinance.objects.create(
        municipality=town, number="1", title="1", valid=DateRange(datetime.now(UTC).date(), None)
    )
    roll = TaxRoll.objects.create(
        municipality=town,
        year=2026,
        kind="URBAN",
        ordinance=ordinance,
        operation=act,
        titles_count=1,
        exceptions_count=1,
        total=Decimal("1.00"),
        control_totals={"by_concept": {}, "by_parish": {}, "total": "1.00"},
    )
    title = TaxTitle.objects.create(
        municipality=town,
        roll=roll,
        unit=unit,
        taxpayer=taxpayer,
        number="2026-U-000001",
        key_text="1",
        base=1,
        property_tax=1,
        fire_levy=0,
        others=0,
        total=1,
        explanation={},
    )
    TitleLine.objects.create(
        title=title, position=1, concept="property_tax_urban", base=1, amount=1
    )
    RollException.objects.create(roll=roll, unit=unit, code="ZONE", reason="sin zona")
    RollDoubt.objects.create(roll=roll, unit=unit, party=taxpayer, code="AGE")
    RollStep.objects.create(roll=roll, step="APPROVED")
    TitleVoiding.objects.create(title=title, reason="x", resolution="1")


def _standing(unit: PropertyUnit, party: Party, versions: dict[str, Any]) -> None:
    TaxGrant.objects.create(
        unit=unit,
        code="TEMPLE",
        from_year=2026,
        act="1",
        decided_on=register.EVER_SINCE.lower,
        **versions,
    )
    HolderFact.objects.create(
        party=party,
        kind="INCOME",
        amount=1,
        requested_on=register.EVER_SINCE.lower,
        document="x",
        **versions,
    )
    ServiceUse.objects.create(unit=unit, charge="REFUSE", quantity=1, **versions)


def _proposal(town: Municipality, unit: PropertyUnit) -> None:
    proposal = Proposal.objects.create(
        municipality=town, verb="correct_attributes", inputs={}, reason="Cambio de dirección"
    )
    source = AdministrativeSource.objects.create(municipality=town, kind="REQUEST")
    file = _file(f"solicitud de {town.slug}")
    SourceFile.objects.create(source=source, file=file, name="solicitud.pdf")
    SourceConfirmation.objects.create(source=source)
    ProposalUnit.objects.create(proposal=proposal, unit=unit, revision=1)
    ProposalSource.objects.create(proposal=proposal, source=source)
    ProposalEvent.objects.create(proposal=proposal, state=proposal.state)


def _paper(town: Municipality, unit: PropertyUnit) -> None:
    now = datetime.now(UTC)
    days = DateRange(now.date(), None)
    fee = PaperFee.objects.create(
        municipality=town, kind="APPRAISAL", amount=0, validity_days=60, article="1", valid=days
    )
    body = _file(f"certificado de {town.slug}")
    paper = Paper.objects.create(
        municipality=town,
        kind="APPRAISAL",
        year=now.year,
        serial=1,
        code=f"{town.slug[:3].upper()}AAAAAAAA",
        subject_type=Paper.Subject.UNIT,
        subject_id=str(unit.pk),
        facts={},
        body=body,
        office="x",
        roles=[],
        issued_at=now,
        issued_on=now.date(),
        valid_until=now.date(),
        fee=fee,
        amount_paid=0,
    )
    PaperSignature.objects.create(
        paper=paper,
        role="cadastre_chief",
        method="TEST_KEY",
        signed_at=now,
        certificate_subject="x",
        certificate_sha256="0" * 64,
        file=body,
    )
    PaperVoiding.objects.create(paper=paper, reason="x")


def _file(text: str) -> StoredFile:
    return store_file(text.encode(), media_type="application/pdf")


def _procedure(town: Municipality, unit: PropertyUnit, party: Party) -> None:
    asked = receive_procedure(
        "claim",
        municipality=town,
        by=CONSOLE,
        applicant=Applicant(party=party),
        units=[unit],
    )
    tick_requirement(asked, "identity", by=CONSOLE)
    ProcedureAmount.objects.create(procedure=asked, concept="alcabala", amount=0)
    ProcedureNotice.objects.create(
        procedure=asked,
        how="PRINTED",
        text="x",
        certification="x",
        notified_at=asked.received_at,
    )


def _collection(town: Municipality, unit: PropertyUnit) -> None:
    """An open desk with a payment and a former system's title."""
    clerk = User.objects.create_user(
        password="x",
        full_name="Cajera",
        cedula=cedula(700_000 + int(town.dpa_code)),
        phone=f"+59398000{town.dpa_code}",
        email=f"caja{town.dpa_code}@ejemplo.test",
    )
    desk = CashDesk.objects.create(municipality=town, code="C01", name="Ventanilla")
    today = datetime.now(UTC).date()
    session = CashSession.objects.create(
        desk=desk, cashier=clerk, day=today, shift=1, opening_float=0
    )
    CashClosing.objects.create(session=session, counted=0, expected=0)
    with transaction.atomic():
        entry = LedgerEntry.objects.create(
            municipality=town, kind="PAYMENT", booked_on=today, worked_on=today
        )
        LedgerPosting.objects.create(entry=entry, account="CASH", amount=1)
        LedgerPosting.objects.create(entry=entry, account="CREDIT", amount=-1, unit=unit)
    payment = Payment.objects.create(
        municipality=town,
        desk=desk,
        session=session,
        serial=1,
        entry=entry,
        unit=unit,
        paid_on=today,
        amount=1,
        means="CASH",
        told={"titles": [], "credit": "1.00"},
        idempotency_key="x",
        request_hash="0" * 64,
    )
    PaymentReversal.objects.create(payment=payment, reason="x", asked_by=clerk)
    batch = ImportBatch.objects.create(
        municipality=town, subject="arrears", read=1, admitted=1, observed=0, rejected=0
    )
    former = ArrearsTitle.objects.create(
        municipality=town, batch=batch, number="1", year=2020, kind="URBAN", state="ISSUED"
    )
    ArrearsLine.objects.create(title=former, concept="PREDIAL", part="TAX", issued=1, paid=0)
    BankMessage.objects.create(
        desk=desk, nonce="0" * 16, told_at=datetime.now(UTC), body_sha256="0" * 64, outcome="PAID"
    )
    plan = PaymentPlan.objects.create(
        municipality=town, resolution="1", granted_on=today, owed=1, instalments=[]
    )
    PlanTitle.objects.create(plan=plan, arrears=former)
    RemissionCampaign.objects.create(
        municipality=town, name="x", citation="x", parts=["INTEREST"], through_year=2020, windows=[]
    )
    InterestRate.objects.create(
        municipality=town, first_month=today.replace(day=1), percent=1, source="x"
    )
