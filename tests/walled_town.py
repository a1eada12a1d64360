"""A municipality with one row in each table behind the wall (`row_security` modules); a new table needs one here."""

from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange
from shapely import box

from cadastre.models import (
    HouseholdRecord,
    ImportBatch,
    MigratedValue,
    Party,
    PartyMember,
    ProcedureAmount,
    ProcedureNotice,
    PropertyUnit,
    Responsibility,
    Restriction,
    RollException,
    TaxRoll,
    TaxTitle,
    TitleLine,
    TransferNotice,
)
from cadastre.operations.receive_procedure import Applicant, receive_procedure
from cadastre.operations.tick_requirement import tick_requirement
from gis_project.territory.grants import walled_tables
from gis_project.territory.models import Municipality, Ordinance
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
    batch = ImportBatch.objects.create(
        municipality=town, subject="transfers", read=1, admitted=1, observed=0, rejected=0
    )
    TransferNotice.objects.create(
        municipality=town, batch=batch, row_number=1, noticed_on=act.valid_from
    )
    _procedure(town, unit, right.party)
    field_packages.with_everything(town, unit)
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
