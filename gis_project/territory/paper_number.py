"""What a paper is called: its kind's letters, the year and a number without gaps."""

from datetime import date

from django.db import connection
from django.db.models import Max

from gis_project.territory.models import Municipality, Paper, PaperKind

PREFIX = {
    PaperKind.APPRAISAL: "CAV",
    PaperKind.HOLDINGS: "CPB",
    PaperKind.NO_DEBT: "CNA",
    PaperKind.PLANNING_REPORT: "IPRUS",
    PaperKind.BOUNDARIES: "DLI",
    PaperKind.PLAN: "PLA",
}
_LOCK_SPACE = 7


def next_serial(*, municipality: Municipality, kind: str, year: int) -> int:
    """The number that follows; the lock until the end of the transaction keeps it from others."""
    place = f"{municipality.pk} {kind} {year}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [_LOCK_SPACE, place])
    last = Paper.objects.filter(municipality=municipality, kind=kind, year=year).aggregate(
        last=Max("serial")
    )["last"]
    return (last or 0) + 1


def paper_number(kind: str, *, on: date, serial: int) -> str:
    """``CAV-2026-000123``."""
    return f"{PREFIX[PaperKind(kind)]}-{on.year}-{serial:06}"


def number_of(paper: Paper) -> str:
    """The printed number of a paper."""
    return paper_number(paper.kind, on=paper.issued_on, serial=paper.serial)
