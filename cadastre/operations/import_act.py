"""What every row of one import shares, and the ways in which rows are written."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal

from django.db import connection

from cadastre.models import AdministrativeSource, ImportBatch, Operation
from gis_project.territory.models import Municipality
from gis_project.territory.operations.record_audit_event import record_audit_event
from gis_project.territory.policy import Actor, person

_SQL = Path(__file__).parent / "sql"
# The municipality's own lock in cadastre_lock_ground and cadastre_settle_overlaps.
_LOCK = "SELECT pg_advisory_xact_lock(1, %s::int)"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """The file that was read: its name without folders, and the SHA-256 of its bytes."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportAct:
    """One import that writes: everything it opens is known from ``recorded_at`` on."""

    municipality: Municipality
    operation: Operation
    valid_from: date
    recorded_at: datetime
    source_srid: int | None = None
    is_correction: bool = False

    @property
    def valid(self) -> str:
        """The validity of what is new, as PostgreSQL writes a range."""
        return f"[{self.valid_from},)"

    @property
    def recorded(self) -> str:
        """The knowledge period of what is opened, as PostgreSQL writes a range."""
        return f"[{self.recorded_at.isoformat()},)"


def lock_municipality(municipality: Municipality) -> datetime:
    """Wait until no other import or parcel writer is at work here; returns the database's time."""
    with connection.cursor() as cursor:
        # An import that comes before in the same transaction has left them immediate.
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute(_LOCK, [municipality.pk])
        cursor.execute("SELECT clock_timestamp()")
        now: datetime = cursor.fetchone()[0]
    return now


def open_act(
    verb: str,
    *,
    municipality: Municipality,
    actor: Actor,
    source: SourceFile,
    valid_from: date,
    today: date,
    recorded_at: datetime,
    source_srid: int | None = None,
    is_correction: bool = False,
) -> ImportAct:
    """The operation and its source document, written; in the caller's transaction."""
    document = AdministrativeSource.objects.create(
        municipality=municipality,
        kind=AdministrativeSource.Kind.MIGRATION,
        issued_on=today,
        description=f"Archivo {source.name}"[:300],
        file_sha256=source.sha256,
    )
    operation = Operation.objects.create(
        municipality=municipality,
        verb=verb,
        source=document,
        made_by=person(actor),
        valid_from=valid_from,
        recorded_at=recorded_at,
        reason=f"Carga del archivo {source.name}",
    )
    return ImportAct(
        municipality=municipality,
        operation=operation,
        valid_from=valid_from,
        recorded_at=recorded_at,
        source_srid=source_srid,
        is_correction=is_correction,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What became of the records of a file: read = admitted + observed + rejected; some changed nothing."""

    read: int
    admitted: int
    observed: int
    rejected: int
    unchanged: int


def close_act(
    act: ImportAct,
    *,
    source: SourceFile,
    subject: Literal["parcels", "register"],
    by: Actor,
    counts: Counts,
    told: Mapping[str, Any],
) -> ImportBatch:
    """The saved batch of an import that writes, and its audit event; ``told``: what only this kind tells."""
    numbers = asdict(counts)
    batch = ImportBatch.objects.create(
        municipality=act.municipality,
        operation=act.operation,
        subject=subject,
        file_name=source.name[:255],
        file_sha256=source.sha256,
        **numbers,
    )
    record_audit_event(
        municipality=act.municipality,
        actor=by,
        action=act.operation.verb,
        object_type="cadastre.ImportBatch",
        object_id=batch.pk,
        body={
            "operation": act.operation.pk,
            "file": source.name,
            "file_sha256": source.sha256,
            "valid_from": act.valid_from,
            **numbers,
            **told,
        },
    )
    return batch


def run_sql(name: str, **parameters: Any) -> list[tuple[Any, ...]]:
    """Run ``sql/<name>.sql``; the rows that it returns, if it returns any."""
    with connection.cursor() as cursor:
        cursor.execute((_SQL / f"{name}.sql").read_text(encoding="utf-8"), parameters)
        return cursor.fetchall() if cursor.description else []
