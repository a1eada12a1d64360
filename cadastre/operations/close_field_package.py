"""Cierre de un paquete de campo: whoever had it has it no more; a lost one is said to be lost."""

from django.db import transaction

from cadastre.models import FieldPackage, FieldPackageClosing
from cadastre.operations.field.lock import lock_field_package
from gis_project.core.errors import Conflict, InvalidInput
from gis_project.territory.clock import today_in
from gis_project.territory.operations.record_audit_event import record_audit_event
from gis_project.territory.policy import Actor, check_can, person


class FieldPackageClosed(Conflict):
    """The package was closed before: it receives nothing more."""

    code = "field_package_closed"


class ClosingUnexplained(InvalidInput):
    """A lost package needs an account of how: write it."""

    code = "closing_unexplained"


def close_field_package(
    package: FieldPackage, *, how: str, by: Actor, note: str = ""
) -> FieldPackageClosing:
    """The closing. Raises NotAllowed, FieldPackageClosed, ClosingUnexplained."""
    town = package.municipality
    check_can(by, "manage_field_packages", municipality=town, on=today_in(town))
    if how not in FieldPackageClosing.How.values:
        raise InvalidInput("Un paquete se cierra como RETURNED, UNUSED o LOST.")
    if how == FieldPackageClosing.How.LOST and not note.strip():
        raise ClosingUnexplained("Cuente cómo se perdió el paquete y qué se hizo.")
    with transaction.atomic():
        lock_field_package(package)
        if FieldPackageClosing.objects.filter(package=package).exists():
            raise FieldPackageClosed(f"El paquete {package.number} ya se cerró.")
        closing = FieldPackageClosing.objects.create(
            package=package, how=how, note=note.strip(), by=person(by)
        )
        record_audit_event(
            municipality=town,
            actor=by,
            action="close_field_package",
            object_type="cadastre.FieldPackage",
            object_id=package.pk,
            body={"number": package.number, "how": how},
        )
    return closing
