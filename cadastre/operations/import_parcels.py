"""Takes a town's parcels in, and loses none: every record ends admitted, observed or rejected.

One transaction, one operation: lock the municipality → compare with the register → write by COPY →
check all laws at once → batch and audit event. A dry run does all of it and rolls back.
"""

from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from cadastre.imports.ground_facts import Limits, Place, placed
from cadastre.imports.heaps import refuse_heaps
from cadastre.imports.parcel_decisions import (
    CHANGED,
    Decision,
    Register,
    Status,
    begun_earlier,
    decided,
    missing,
)
from cadastre.imports.parcel_map import ParcelMap, fitted, key_hint
from cadastre.imports.parcel_records import JudgingRules, judged
from cadastre.imports.parcel_report import ParcelReport
from cadastre.imports.raw_layer import RawLayer
from cadastre.operations.import_act import (
    Counts,
    ImportAct,
    SourceFile,
    close_act,
    lock_municipality,
    open_act,
)
from cadastre.operations.import_parcel_changes import carry_out, drawn
from cadastre.operations.import_parcel_report import Outcome, report_of
from cadastre.operations.import_parcel_rows import on_matrices, to_write
from cadastre.queries.import_known_units import (
    known_units,
    last_provisional_number,
    parcels_with_a_past,
)
from cadastre.queries.import_limits import limits_of
from gis_project.core.crs import import_transformer
from gis_project.core.errors import InvalidInput
from gis_project.core.progress import UNSEEN, Progress
from gis_project.territory.clock import today_in
from gis_project.territory.models import Municipality
from gis_project.territory.policy import Actor, check_can

VERB = "import_parcels"


class CrsMissing(InvalidInput):
    """The file does not say its CRS: give it (`--crs 32717`)."""

    code = "crs_missing"


class CrsContradicts(InvalidInput):
    """The file says one CRS and the request another: correct the file, or leave the option out."""

    code = "crs_contradicts"


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelImport:
    """What the technician asked for besides the file itself."""

    map: ParcelMap = field(default_factory=ParcelMap)
    srid: int | None = None
    accepts_psad56: bool = False
    kind: str = "AUTO"
    update: bool = False
    is_correction: bool = False
    valid_from: date | None = None


def import_parcels(
    *,
    layer: RawLayer,
    source: SourceFile,
    wanted: ParcelImport,
    municipality: Municipality,
    by: Actor,
    commit: bool,
    phase: Progress = UNSEEN,
) -> ParcelReport:
    """The report of the import; without ``commit`` nothing stays written.

    Raises CrsMissing, CrsContradicts, CrsNotAccepted, CrsNeedsConsent, NoSuchColumn, HeapOfParcels,
    NotAllowed.
    """
    today = today_in(municipality)
    check_can(by, "import_data", municipality=municipality, on=today)
    srid = source_srid(layer, wanted.srid, legal_srid=municipality.legal_srid)
    import_transformer(srid, has_consent=wanted.accepts_psad56)
    rules = JudgingRules(
        srid=srid,
        legal_srid=municipality.legal_srid,
        dpa_code=municipality.dpa_code,
        columns=fitted(wanted.map.columns, layer.fields),
        titled_area_unit=wanted.map.titled_area_unit,
        keep=wanted.map.keep,
    )
    phase("comprobar geometrías", len(layer.records))
    records, notices = judged(layer, rules, phase)
    refuse_heaps(records)
    valid_from = wanted.valid_from or today
    phase("ubicar predios")
    limits = limits_of(municipality, on=today)
    found = placed(records, limits, kind=wanted.kind)
    with transaction.atomic():
        phase("comparar con el registro")
        recorded_at = lock_municipality(municipality)
        register = Register(known_units(municipality))
        decisions = decided(found.records, register, with_id_field=bool(rules.columns.id))
        if wanted.update and wanted.is_correction and wanted.valid_from:
            past = parcels_with_a_past(municipality)
            decisions = begun_earlier(decisions, wanted.valid_from, past)
        chosen = [
            (decision, place)
            for decision, place in zip(decisions, found.places, strict=True)
            if _is_written(decision, update=wanted.update)
        ]
        result = Outcome()
        if chosen:
            phase("escribir y comprobar traslapes")
            act = open_act(
                VERB,
                municipality=municipality,
                actor=by,
                source=source,
                valid_from=valid_from,
                today=today,
                recorded_at=recorded_at,
                source_srid=srid,
                is_correction=wanted.is_correction,
            )
            result = _write(chosen, act, register, limits, wanted)
        phase("informar")
        report = report_of(
            layer=layer,
            source=source,
            with_update=wanted.update,
            municipality=municipality,
            srid=srid,
            commit=commit,
            decisions=decisions,
            result=result,
            written=len(chosen),
            notices=[
                *key_hint(rules.columns, layer.fields),
                *layer.notices,
                *notices,
                *found.notices,
            ],
            valid_from=valid_from,
            absent=missing(decisions, register),
        )
        if chosen:
            close_act(
                act,
                source=source,
                subject="parcels",
                by=by,
                counts=Counts(
                    read=report.read,
                    admitted=report.admitted,
                    observed=report.observed,
                    rejected=report.rejected,
                    unchanged=report.statuses[Status.UNCHANGED.value],
                ),
                told={"source_srid": report.srid, "written": report.written},
            )
        if not commit:
            transaction.set_rollback(True)
    return report


def source_srid(layer: RawLayer, asked: int | None, *, legal_srid: int) -> int:
    """The EPSG code that the file tells, else the one asked for; CrsMissing, CrsContradicts.

    ``legal_srid``: the municipality's, which is the likely one of a file that tells none.
    """
    if layer.srid is not None:
        if asked is not None and asked != layer.srid:
            raise CrsContradicts(
                f"El archivo dice EPSG:{layer.srid} y usted EPSG:{asked}: --crs solo vale para "
                "archivos sin sistema de coordenadas."
            )
        return layer.srid
    if layer.crs_text and asked is None:
        raise CrsMissing(
            f"No se reconoce el sistema de coordenadas del archivo ({layer.crs_text[:80]}…): indique el "
            f"código EPSG si está seguro, por ejemplo con --crs {legal_srid}, el del municipio."
        )
    if asked is None:
        raise CrsMissing(
            f"El archivo no dice su sistema de coordenadas: indíquelo con --crs {legal_srid} si es el "
            "del municipio."
        )
    return asked


def _is_written(decision: Decision, *, update: bool) -> bool:
    if decision.status in CHANGED:
        return update
    return decision.status in (Status.NEW, Status.NEW_MAP, Status.CONDOMINIUM)


def _write(
    chosen: list[tuple[Decision, Place]],
    act: ImportAct,
    register: Register,
    limits: Limits,
    wanted: ParcelImport,
) -> Outcome:
    rows = to_write(
        chosen,
        act,
        last_provisional=last_provisional_number(act.municipality),
        is_correction=wanted.is_correction,
    )
    grounds = {
        key: unit.parcel_id
        for key, unit in register.by_key.items()
        if unit.version_id is not None and unit.parcel_id is not None
    }
    rows = on_matrices(rows, grounds)
    parish_ids = {parish.dpa_code: parish.id for parish in limits.parishes}
    carried = carry_out(rows, act, parish_ids)
    keys = {unit.parcel_id: unit.principal_key for unit in register.all if unit.parcel_id}
    keys |= {row.parcel_id: row.key_text for row in rows if row.parcel_id and row.key_text}
    return Outcome(
        keys=keys,
        pairs=drawn(carried.pairs),
        operation=str(act.operation.pk),
        rows={row.record.position: row for row in rows},
    )
