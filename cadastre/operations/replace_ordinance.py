"""Makes room for a new ordinance: the one in its way ends on the eve, or is withdrawn if never used."""

from datetime import date

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange

from cadastre.models import Operation, TaxRoll
from cadastre.operations.import_act import run_sql
from cadastre.operations.judge_ordinance import first_tax_year
from gis_project.core.errors import Conflict
from gis_project.territory.models import Ordinance

# The lock of emit_tax_roll: no roll may be emitted with an ordinance while it is being closed.
_LOCK_EMISSION = "SELECT pg_advisory_xact_lock(3, %s::int)"


class OrdinanceInTheWay(Conflict):
    """Another approved ordinance rules on some of those days: end it with --replaces-from, or correct the days."""

    code = "ordinance_in_the_way"


def ordinances_in_the_way(ordinance: Ordinance) -> list[Ordinance]:
    """The approved ordinances of the same subject whose validity overlaps, the oldest first."""
    return list(
        Ordinance.objects.filter(
            municipality=ordinance.municipality,
            subject=ordinance.subject,
            state=Ordinance.State.APPROVED,
            valid__overlap=ordinance.valid,
        )
        .exclude(pk=ordinance.pk)
        .order_by("valid")
    )


def make_room(new: Ordinance, *, replaces_from: date | None, operation: Operation) -> list[str]:
    """What was done (es) to let ``new`` rule; OrdinanceInTheWay says what stands against it."""
    in_the_way = ordinances_in_the_way(new)
    starts = new.valid.lower
    if not in_the_way:
        if replaces_from is not None:
            raise OrdinanceInTheWay(
                "No hay ninguna ordenanza que reemplazar en esos días: quite --replaces-from."
            )
        return []
    told = "; ".join(_described(old) for old in in_the_way)
    if replaces_from is None:
        raise OrdinanceInTheWay(
            f"En esos días ya rige {told}. Si esta la reemplaza, dé --replaces-from {starts}; si no, "
            "corrija valid_from y valid_until."
        )
    if replaces_from != starts:
        raise OrdinanceInTheWay(
            f"--replaces-from debe ser el primer día de la nueva, {starts}: así no queda ningún día sin "
            f"ordenanza. En el camino está {told}."
        )
    with connection.cursor() as cursor:
        cursor.execute(_LOCK_EMISSION, [new.municipality_id])
    return [_replaced(old, new, operation) for old in in_the_way]


def _replaced(old: Ordinance, new: Ordinance, operation: Operation) -> str:
    starts = new.valid.lower
    rolls = TaxRoll.objects.filter(ordinance=old, year__gte=first_tax_year(starts))
    if years := sorted(rolls.values_list("year", flat=True)):
        raise OrdinanceInTheWay(
            f"Con {_described(old)} ya se emitió el año {years[-1]}: no puede dejar de regir el {starts}. "
            f"Ponga en valid_from una fecha posterior al 1 de enero de {years[-1]}."
        )
    if old.valid.lower is not None and old.valid.lower > starts:
        raise OrdinanceInTheWay(
            f"{_described(old)} empieza después: ponga valid_until en la nueva, hasta la víspera."
        )
    is_withdrawn = old.valid.lower == starts
    if not is_withdrawn and old.number == new.number:
        raise OrdinanceInTheWay(
            f"{_described(old)} tiene el mismo número y otro contenido: un número no puede decir dos "
            "cosas. Dé a la reforma su propio número."
        )
    if is_withdrawn:
        withdraw(old, operation)
        return f"La ordenanza {old.number} queda retirada: nada se emitió con ella."
    old.valid = DateRange(old.valid.lower, starts)
    old.save(update_fields=["valid"])
    _end_zones(old, operation, ends_before=starts)
    return f"La ordenanza {old.number} deja de regir el {starts}."


def withdraw(old: Ordinance, operation: Operation) -> None:
    """Take a draft, or an approved one by which nothing was emitted, out of use; its content stays as it was."""
    old.state = Ordinance.State.WITHDRAWN
    old.save(update_fields=["state"])
    _end_zones(old, operation, ends_before=None)


def _end_zones(old: Ordinance, operation: Operation, *, ends_before: date | None) -> None:
    run_sql(
        "shorten_value_zones",
        ordinance=old.pk,
        operation=operation.pk,
        now=operation.recorded_at,
        ends_before=ends_before,
    )


def _described(ordinance: Ordinance) -> str:
    end = ordinance.valid.upper
    until = f" hasta antes del {end}" if end else " sin fecha final"
    return f"la ordenanza {ordinance.number} («{ordinance.title}»), desde {ordinance.valid.lower}{until}"
