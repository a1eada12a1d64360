"""The package's file for who carries it or hands it out, while it is good; each look is recorded."""

from django.db import transaction

from cadastre.models import FieldPackage, FieldPackageClosing
from gis_project.core.errors import Conflict
from gis_project.territory.clock import today_in
from gis_project.territory.file_store import read_file
from gis_project.territory.operations.log_access import log_access
from gis_project.territory.operations.record_audit_event import record_audit_event
from gis_project.territory.policy import Actor, can, check_can, person


class FieldPackageOver(Conflict):
    """The package expired or was closed: ask for a new one, with today's data."""

    code = "field_package_over"


def check_may_see(package: FieldPackage, by: Actor) -> None:
    """Raise NotAllowed unless the person hands out packages there, or is the one who carries this one."""
    town = package.municipality
    on = today_in(town)
    if person(by) == package.carrier and can(by, "carry_field_packages", municipality=town, on=on):
        return
    check_can(by, "manage_field_packages", municipality=town, on=on)


def fetch_field_package(package: FieldPackage, *, by: Actor) -> bytes:
    """The zip as it was issued. NotAllowed, FieldPackageOver."""
    town = package.municipality
    on = today_in(town)
    check_may_see(package, by)
    if package.expires_on < on or FieldPackageClosing.objects.filter(package=package).exists():
        raise FieldPackageOver(
            f"El paquete {package.number} venció o se cerró: pida otro, con los datos de hoy."
        )
    content = read_file(package.file_id)
    with transaction.atomic():
        if package.with_holders:
            log_access(
                municipality=town,
                actor=by,
                action="field_package",
                query=package.number,
                found=package.predios,
                purpose=package.purpose,
            )
        record_audit_event(
            municipality=town,
            actor=by,
            action="fetch_field_package",
            object_type="cadastre.FieldPackage",
            object_id=package.pk,
            body={"number": package.number, "sha256": package.file_id},
        )
    return content
