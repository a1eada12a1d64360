"""Field packages as the office sees them: who holds what, what came back, what waits for a decision."""

from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from cadastre.models import FieldDelta, FieldPackage
from gis_project.core.errors import NotFound
from gis_project.territory.models import Municipality, User

_TO_DECIDE = Q(deltas__outcome=FieldDelta.Outcome.CONFLICT, deltas__decision__isnull=True)


class FieldPackageNotFound(NotFound):
    """There is no field package of that number here: it reads like 2026-000012."""

    code = "field_package_not_found"


def field_packages(
    municipality: Municipality, *, carrier: User | None = None, is_out: bool | None = None
) -> QuerySet[FieldPackage]:
    """Newest first, each with `conflicts`, its open ones; ``is_out`` those not closed, or those closed."""
    found = FieldPackage.objects.filter(municipality=municipality)
    if carrier is not None:
        found = found.filter(carrier=carrier)
    if is_out is not None:
        found = found.filter(closing__isnull=is_out)
    return (
        found.select_related("municipality", "carrier", "issued_by", "closing")
        .annotate(conflicts=Count("deltas", filter=_TO_DECIDE, distinct=True))
        .order_by("-year", "-serial")
    )


def find_field_package(municipality: Municipality, number: str) -> FieldPackage:
    """The package of that number, like ``2026-000012``; FieldPackageNotFound."""
    year, _, serial = number.partition("-")
    if year.isascii() and year.isdigit() and serial.isascii() and serial.isdigit():
        found = (
            field_packages(municipality).filter(year=int(year[:6]), serial=int(serial[:9])).first()
        )
        if found is not None:
            return found
    raise FieldPackageNotFound(
        "No hay tal paquete de campo: su número se escribe como 2026-000012."
    )


def changes_of(package: FieldPackage) -> QuerySet[FieldDelta]:
    """Everything that came back, in the order in which it came."""
    return package.deltas.select_related(
        "unit", "proposal", "arrival", "decision__by", "decision__proposal"
    ).order_by("pk")


def overdue(package: FieldPackage, *, on: date) -> bool:
    """Whether it should be back by now and is not."""
    return not hasattr(package, "closing") and package.expires_on < on


def outcome_counts(package: FieldPackage) -> dict[str, int]:
    """How many changes of each outcome; only those that there are."""
    rows = package.deltas.order_by().values_list("outcome").annotate(n=Count("pk"))
    told: dict[str, Any] = dict(rows)
    return {one.value: told[one.value] for one in FieldDelta.Outcome if one.value in told}
