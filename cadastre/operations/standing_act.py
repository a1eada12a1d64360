"""What the acts share that tell the tax something of a predio or a person: their deed, and the end of old rows."""

from datetime import date, datetime

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange

from cadastre.models import AdministrativeSource, Operation
from cadastre.models.versioned import Versioned
from gis_project.territory.models import Municipality
from gis_project.territory.policy import Actor, person


def open_standing_act(
    verb: str,
    *,
    municipality: Municipality,
    by: Actor,
    document: str,
    on: date,
    reason: str,
    kind: AdministrativeSource.Kind = AdministrativeSource.Kind.RESOLUTION,
) -> Operation:
    """The operation with its document; in the caller's transaction."""
    source = AdministrativeSource.objects.create(
        municipality=municipality, kind=kind, number=document[:100], issued_on=on
    )
    return Operation.objects.create(
        municipality=municipality,
        verb=verb,
        source=source,
        made_by=person(by),
        valid_from=on,
        recorded_at=_now(),
        reason=reason,
    )


def end_row(row: Versioned, act: Operation, *, ends_before: date | None) -> None:
    """Close a known version; what it said until ``ends_before`` is known again as a version of its own."""
    row.recorded = DateTimeTZRange(row.recorded.lower, act.recorded_at)
    row.closed_by = act
    row.save(update_fields=["recorded", "closed_by"])
    starts = row.valid.lower
    if ends_before is None or (starts is not None and starts >= ends_before):
        return
    row.pk = None
    row._state.adding = True
    row.valid = DateRange(starts, ends_before)
    row.recorded = DateTimeTZRange(act.recorded_at, None)
    row.opened_by, row.closed_by = act, None
    row.save(force_insert=True)


def _now() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        now: datetime = cursor.fetchone()[0]
    return now
