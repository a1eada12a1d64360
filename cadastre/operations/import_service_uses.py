"""Takes in how much predios use of the services that are charged by use; what does not fit is told with its reason."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange

from cadastre.models import AdministrativeSource, PropertyUnit, ServiceUse
from cadastre.operations.import_act import SourceFile
from cadastre.operations.standing_act import end_row, open_standing_act
from cadastre.queries.properties import find_property
from gis_project.core.errors import DomainError, InvalidInput
from gis_project.core.money import parse_decimal
from gis_project.territory.clock import today_in
from gis_project.territory.models import Municipality
from gis_project.territory.operations.record_audit_event import record_audit_event
from gis_project.territory.policy import Actor, check_can

COLUMNS = ("clave", "tasa", "cantidad")
VERB = "import_service_uses"
_STEP = Decimal("0.0001")
_LARGEST = Decimal(10) ** 8


@dataclass(slots=True)
class ServiceUseReport:
    """Rows read, written, found as they were, and refused (row number, its cells, why)."""

    read: int = 0
    written: int = 0
    unchanged: int = 0
    refused: list[tuple[int, dict[str, Any], str]] = field(default_factory=list)


def import_service_uses(
    rows: Sequence[dict[str, Any]],
    *,
    municipality: Municipality,
    source: SourceFile,
    since: date,
    by: Actor,
    commit: bool,
) -> ServiceUseReport:
    """The report; without ``commit`` nothing stays written. One predio and charge has one row. NotAllowed."""
    check_can(by, "edit_ordinance", municipality=municipality, on=today_in(municipality))
    report = ServiceUseReport(read=len(rows))
    with transaction.atomic():
        deed = open_standing_act(
            VERB,
            municipality=municipality,
            by=by,
            document=source.name,
            on=since,
            reason=f"Usos de servicios del archivo {source.name}",
            kind=AdministrativeSource.Kind.TECHNICAL_REPORT,
        )
        seen: set[tuple[object, str]] = set()
        for number, row in enumerate(rows, start=1):
            try:
                unit, charge, quantity = _read(row, municipality, seen)
            except DomainError as refusal:
                report.refused.append((number, row, refusal.message))
                continue
            known = ServiceUse.objects.known().filter(
                unit=unit, charge=charge, valid__overlap=DateRange(since, None)
            )
            if [(use.quantity, use.valid.upper) for use in known] == [(quantity, None)]:
                report.unchanged += 1
                continue
            for former in known:
                end_row(former, deed, ends_before=since)
            ServiceUse.objects.create(
                municipality=municipality,
                unit=unit,
                charge=charge,
                quantity=quantity,
                valid=DateRange(since, None),
                recorded=DateTimeTZRange(deed.recorded_at, None),
                opened_by=deed,
            )
            report.written += 1
        record_audit_event(
            municipality=municipality,
            actor=by,
            action=VERB,
            object_type="cadastre.Operation",
            object_id=deed.pk,
            body={
                "file": source.name,
                "file_sha256": source.sha256,
                "read": report.read,
                "written": report.written,
                "refused": len(report.refused),
            },
        )
        if not commit:
            transaction.set_rollback(True)
    return report


def _read(
    row: dict[str, Any], municipality: Municipality, seen: set[tuple[object, str]]
) -> tuple[PropertyUnit, str, Decimal]:
    key, charge, told = (str(row.get(name) or "").strip() for name in COLUMNS)
    unit = find_property(municipality=municipality, text=key)
    if not charge or len(charge) > 40:
        raise InvalidInput("La tasa es el código de la ordenanza, de hasta 40 signos.")
    quantity = parse_decimal(told)
    if not 0 <= quantity < _LARGEST or quantity != quantity.quantize(_STEP):
        raise InvalidInput(
            f"La cantidad «{told}» no puede ser negativa ni tener más de 4 decimales."
        )
    if (unit.pk, charge) in seen:
        raise InvalidInput("El predio y la tasa ya están en otra fila.")
    seen.add((unit.pk, charge))
    return unit, charge, quantity
