"""Loads a council's ordinance of area tolerances (COOTAD 481.1), which rectify_area judges by."""

from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from cadastre.acts.area_tolerance import SUBJECT, AreaTolerance, area_tolerance
from cadastre.imports.tolerance_file import ToleranceFile
from cadastre.models import AdministrativeSource, Operation
from cadastre.operations.import_act import SourceFile, lock_municipality
from cadastre.operations.judge_ordinance import TEMPLATE_NUMBER, OrdinanceIncomplete
from cadastre.operations.load_ordinance import VERB, OrdinanceDiffers
from cadastre.operations.replace_ordinance import make_room
from gis_project.territory.clock import today_in
from gis_project.territory.models import Municipality, Ordinance
from gis_project.territory.operations.record_audit_event import record_audit_event
from gis_project.territory.policy import Actor, check_can, person


@dataclass(frozen=True, slots=True, kw_only=True)
class ToleranceReport:
    """What was, or would be, written, with the table as the acts will read it."""

    ordinance: Ordinance
    table: AreaTolerance
    is_new: bool
    replaced: list[str] = field(default_factory=list)


def load_area_tolerance(
    *,
    file: ToleranceFile,
    source: SourceFile,
    municipality: Municipality,
    by: Actor,
    commit: bool,
    replaces_from: date | None = None,
) -> ToleranceReport:
    """The report of the load; without ``commit`` nothing stays written.

    Raises InvalidAreaTolerance, OrdinanceIncomplete, OrdinanceDiffers, OrdinanceInTheWay, NotAllowed.
    """
    check_can(by, "approve_ordinance", municipality=municipality, on=today_in(municipality))
    table = area_tolerance(file.parameters, number=file.number)
    if file.number.upper().startswith(TEMPLATE_NUMBER) and commit:
        raise OrdinanceIncomplete(
            f"{file.place_of('number')}: sigue siendo el número de la plantilla. Ponga el número y los "
            "valores de su ordenanza."
        )
    with transaction.atomic():
        recorded_at = lock_municipality(municipality)
        known = _known(file, municipality)
        if known is not None and _is_same(known, file):
            return ToleranceReport(ordinance=known, table=table, is_new=False)
        if known is not None and replaces_from is None:
            raise OrdinanceDiffers(
                f"La ordenanza {file.number} ya está cargada con otro contenido. Una reforma lleva su "
                f"propio número; si fue un error de la carga, dé --replaces-from {known.valid.lower}."
            )
        document = AdministrativeSource.objects.create(
            municipality=municipality,
            kind=AdministrativeSource.Kind.RESOLUTION,
            number=file.number,
            description=file.title,
            file_sha256=source.sha256,
        )
        operation = Operation.objects.create(
            municipality=municipality,
            verb=VERB,
            source=document,
            made_by=person(by),
            valid_from=file.valid_from,
            recorded_at=recorded_at,
            reason=f"Carga de la ordenanza {file.number} del archivo {source.name}",
        )
        ordinance = Ordinance(
            municipality=municipality,
            subject=SUBJECT,
            number=file.number,
            title=file.title,
            gazette=file.gazette,
            valid=DateRange(file.valid_from, file.ends_before),
            state=Ordinance.State.APPROVED,
            parameters=file.parameters,
        )
        replaced = make_room(ordinance, replaces_from=replaces_from, operation=operation)
        ordinance.save(force_insert=True)
        record_audit_event(
            municipality=municipality,
            actor=by,
            action=VERB,
            object_type="territory.Ordinance",
            object_id=ordinance.pk,
            body={
                "operation": operation.pk,
                "subject": SUBJECT,
                "number": file.number,
                "valid_from": file.valid_from,
                "ends_before": file.ends_before,
                "parameters": file.parameters,
                "file": source.name,
                "file_sha256": source.sha256,
                "replaced": replaced,
            },
        )
        if not commit:
            transaction.set_rollback(True)
    return ToleranceReport(ordinance=ordinance, table=table, is_new=True, replaced=replaced)


def _known(file: ToleranceFile, municipality: Municipality) -> Ordinance | None:
    return Ordinance.objects.filter(
        municipality=municipality,
        subject=SUBJECT,
        number=file.number,
        state=Ordinance.State.APPROVED,
    ).first()


def _is_same(known: Ordinance, file: ToleranceFile) -> bool:
    """All but the end of its validity, which a later ordinance may set."""
    return (known.title, known.gazette, known.valid.lower, known.parameters) == (
        file.title,
        file.gazette,
        file.valid_from,
        file.parameters,
    )
