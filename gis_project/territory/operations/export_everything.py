"""Hands a municipality all its data as a package that anybody can load: the door out."""

import shutil
import tempfile
from pathlib import Path

from django.db import connection, transaction

from gis_project.core.errors import Conflict, InvalidInput
from gis_project.territory.clock import today_in
from gis_project.territory.exit_package.write_package import Package, write_package
from gis_project.territory.models import Municipality
from gis_project.territory.operations.log_access import log_access
from gis_project.territory.operations.record_audit_event import record_audit_event
from gis_project.territory.policy import CONSOLE, Actor, check_can
from gis_project.territory.scope import within


class FolderTaken(Conflict):
    """The folder of the package already holds something: name a new one."""

    code = "folder_taken"


class ExitNeedsPerson(InvalidInput):
    """Personal data leave the municipality only with a person who answers for it."""

    code = "exit_needs_person"


def export_everything(
    *, municipality: Municipality, folder: Path, by: Actor, with_personal_data: bool = False
) -> Package:
    """The package in `folder`, new and readable by its owner only; the same data give the same bytes.

    Without `with_personal_data` people's data are keyed pseudonyms and scanned documents stay. The audit event
    and the folder appear together or not at all. Raises NotAllowed, ExitNeedsPerson, FolderTaken,
    StoredFileMissing, StoredFileDamaged.
    """
    check_can(by, "manage_municipality", municipality=municipality, on=today_in(municipality))
    if with_personal_data and by is CONSOLE:
        raise ExitNeedsPerson(
            "Para sacar datos personales diga quién responde: --by y su cédula, teléfono o correo."
        )
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderTaken(f"{folder} ya tiene contenido: indique una carpeta nueva.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        with within(municipality):
            with transaction.atomic():
                if not connection.savepoint_ids:
                    with connection.cursor() as cursor:
                        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                package = write_package(
                    municipality, unfinished, with_personal_data=with_personal_data
                )
            with transaction.atomic():
                _record(municipality, by, package, with_personal_data)
                if folder.exists():
                    folder.rmdir()
                unfinished.rename(folder)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    return package


def _record(
    municipality: Municipality, by: Actor, package: Package, with_personal_data: bool
) -> None:
    record_audit_event(
        municipality=municipality,
        actor=by,
        action="export_everything",
        object_type="municipality",
        object_id=municipality.pk,
        body={
            "manifest_sha256": package.manifest_sha256,
            "personal_data": with_personal_data,
            "rows": sum(table.rows for table in package.tables.values()),
            "stored_files": package.files,
        },
    )
    if with_personal_data:
        log_access(
            municipality=municipality,
            actor=by,
            action="export_everything",
            query=package.manifest_sha256,
            purpose="Paquete de salida con datos personales",
            found=sum(table.rows for table in package.tables.values()),
        )
