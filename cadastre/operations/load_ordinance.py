"""Loads a council's ordinance: parameters, unit costs and the plan of land values, in one act.

It is a draft, sealed by the hash of its content, until another person approves exactly that content.
Everything that an emission would refuse is refused here, while the file is still at hand: the shape,
the national limits of the rates, zones that give one ground two values. A dry run does all and rolls back.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import cast

from django.contrib.gis.geos import MultiLineString, MultiPolygon
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange
from django.db.models import QuerySet

from cadastre.imports.ordinance_file import LandPriceRow, OrdinanceFile
from cadastre.models import AdministrativeSource, BuildingCost, LandPrice, LandValueZone, Operation
from cadastre.models.geometry_edge import to_geos
from cadastre.operations.approve_ordinance import approve_now, check_other_person
from cadastre.operations.import_act import SourceFile, lock_municipality
from cadastre.operations.judge_ordinance import (
    AxesAsked,
    JudgedOrdinance,
    OrdinanceIncomplete,
    ZonesAsked,
    judged_ordinance,
)
from cadastre.operations.replace_ordinance import withdraw
from cadastre.queries.ordinance_content import stored_content_hash
from cadastre.queries.ordinance_coverage import Coverage, ordinance_coverage
from cadastre.queries.zone_conflicts import ZoneOverlap, parcels_between_zones, zone_overlaps
from gis_project.core.errors import Conflict, InvalidInput
from gis_project.core.units import format_m2
from gis_project.territory.clock import today_in
from gis_project.territory.models import Municipality, Ordinance
from gis_project.territory.operations.record_audit_event import record_audit_event
from gis_project.territory.policy import Actor, check_can, person

VERB = "load_ordinance"
MOST_TOLD = 20


class OrdinanceDiffers(Conflict):
    """An approved ordinance of that number says something else: give the change its own number."""

    code = "ordinance_differs"


class ZonesOverlap(InvalidInput):
    """Zones of different value share ground, so a predio would have two values: correct the map."""

    code = "zones_overlap"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrdinanceReport:
    """What was, or would be, written. ``coverage`` only when it is new."""

    ordinance: Ordinance
    content_hash: str
    is_new: bool
    judged: JudgedOrdinance
    is_approved: bool = False
    replaced: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    coverage: Coverage | None = None


def load_ordinance(
    *,
    file: OrdinanceFile,
    source: SourceFile,
    zones: ZonesAsked | None,
    municipality: Municipality,
    by: Actor,
    commit: bool,
    replaces_from: date | None = None,
    approved_by: Actor = None,
    approval: str = "",
    axes: AxesAsked | None = None,
) -> OrdinanceReport:
    """The report of the load; without ``commit`` nothing stays written.

    ``approved_by``, another person, approves it in the same act; without, it stays a draft.

    Raises InvalidOrdinance, InvalidZones, OrdinanceIncomplete, RateOutsideLaw, ZonesOverlap,
    OrdinanceDiffers, OrdinanceInTheWay, SamePerson, what the file's CRS is refused with, NotAllowed.
    """
    today = today_in(municipality)
    if approved_by is not None:
        check_can(approved_by, "approve_ordinance", municipality=municipality, on=today)
    check_can(by, "edit_ordinance", municipality=municipality, on=today)
    judged = judged_ordinance(file, zones, municipality=municipality, axes=axes)
    if judged.is_template and commit:
        raise OrdinanceIncomplete(
            f"{file.place_of('number')}: sigue siendo el número de la plantilla. Ponga el número y los "
            "valores de su ordenanza."
        )
    with transaction.atomic():
        recorded_at = lock_municipality(municipality)
        known = _known(file, municipality)
        if known is not None and stored_content_hash(known) == judged.content_hash:
            return OrdinanceReport(
                ordinance=known,
                content_hash=judged.content_hash,
                is_new=False,
                judged=judged,
                is_approved=True,
            )
        drafts = _drafts(file, municipality)
        if approved_by is None and (same := drafts.filter(content_hash=judged.content_hash)):
            return OrdinanceReport(
                ordinance=same[0], content_hash=judged.content_hash, is_new=False, judged=judged
            )
        if known is not None and replaces_from is None:
            raise OrdinanceDiffers(
                f"La ordenanza {file.number} ya está cargada con otro contenido. Una reforma lleva su "
                "propio número; si fue un error de la carga y nada se emitió con ella, dé "
                f"--replaces-from {known.valid.lower}."
            )
        operation = _operation(judged, source, municipality, by, recorded_at)
        ordinance = Ordinance(
            municipality=municipality,
            number=file.number,
            title=file.title,
            gazette=file.gazette,
            valid=DateRange(file.valid_from, file.ends_before),
            biennium=judged.facts.year,
            state=Ordinance.State.DRAFT,
            parameters=file.parameters,
            drafted_by=person(by),
        )
        for draft in drafts:
            withdraw(draft, operation)
        ordinance.save(force_insert=True)
        _write_tables(ordinance, judged, operation, zones)
        ordinance.content_hash = judged.content_hash
        ordinance.save(update_fields=["content_hash"])
        replaced = []
        if approved_by is not None:
            check_other_person(ordinance, approved_by)
            replaced = approve_now(
                ordinance,
                operation,
                by=approved_by,
                approval=approval,
                replaces_from=replaces_from,
            )
        notices = [*_overlap_notices(ordinance), *_other_notices(ordinance, judged, day=today)]
        coverage = ordinance_coverage(ordinance, judged.facts, year=today.year + 1)
        if coverage.unpriced and "BUILDING_COST" in coverage.unvalued:
            told = first_of(list(coverage.unpriced))
            notices.append(f"Estructuras del catastro sin fila [[building_cost]]: {told}.")
        report = OrdinanceReport(
            ordinance=ordinance,
            content_hash=judged.content_hash,
            is_new=True,
            judged=judged,
            is_approved=approved_by is not None,
            replaced=replaced,
            notices=notices,
            coverage=coverage,
        )
        _sign(report, operation, source=source, zones=zones, by=by)
        if not commit:
            transaction.set_rollback(True)
    return report


def _known(file: OrdinanceFile, municipality: Municipality) -> Ordinance | None:
    return Ordinance.objects.filter(
        municipality=municipality,
        subject="PROPERTY_TAX",
        number=file.number,
        state=Ordinance.State.APPROVED,
    ).first()


def _drafts(file: OrdinanceFile, municipality: Municipality) -> QuerySet[Ordinance]:
    return Ordinance.objects.filter(
        municipality=municipality,
        subject="PROPERTY_TAX",
        number=file.number,
        state=Ordinance.State.DRAFT,
    )


def _operation(
    judged: JudgedOrdinance,
    source: SourceFile,
    municipality: Municipality,
    by: Actor,
    recorded_at: datetime,
) -> Operation:
    document = AdministrativeSource.objects.create(
        municipality=municipality,
        kind=AdministrativeSource.Kind.RESOLUTION,
        number=judged.file.number,
        description=judged.file.title,
        file_sha256=source.sha256,
    )
    return Operation.objects.create(
        municipality=municipality,
        verb=VERB,
        source=document,
        made_by=person(by),
        valid_from=judged.file.valid_from,
        recorded_at=recorded_at,
        reason=f"Carga de la ordenanza {judged.file.number} del archivo {source.name}",
    )


def _write_tables(
    ordinance: Ordinance,
    judged: JudgedOrdinance,
    operation: Operation,
    zones: ZonesAsked | None,
) -> None:
    BuildingCost.objects.bulk_create(
        BuildingCost(
            ordinance=ordinance,
            structure=row.structure,
            cost_per_m2=row.cost_per_m2,
            useful_life_years=row.useful_life_years,
            residual_pct=row.residual_pct,
        )
        for row in judged.file.building_costs
    )
    LandPrice.objects.bulk_create(
        (
            LandPrice(
                ordinance=ordinance,
                kind=row.kind,
                level=row.level,
                code=row.code,
                value=row.value,
                typical=row.typical,
                reason=row.reason,
                geom=_axis(judged, row),
            )
            for row in judged.file.land_prices
        ),
        batch_size=500,
    )
    LandValueZone.objects.bulk_create(
        (
            LandValueZone(
                municipality=ordinance.municipality,
                ordinance=ordinance,
                code=zone.code,
                origin=f"Ordenanza {ordinance.number}, {zones.source.name if zones else ''}"[:200],
                kind=zone.kind,
                value=zone.value,
                geom=cast(MultiPolygon, to_geos(zone.geom)),
                valid=ordinance.valid,
                recorded=DateTimeTZRange(operation.recorded_at, None),
                opened_by=operation,
            )
            for zone in judged.zones
        ),
        batch_size=500,
    )


def _axis(judged: JudgedOrdinance, row: LandPriceRow) -> MultiLineString | None:
    line = judged.axes.get((row.kind, row.code)) if row.level == "AXIS" else None
    return None if line is None else cast(MultiLineString, to_geos(line))


def _overlap_notices(ordinance: Ordinance) -> list[str]:
    """Overlaps of equal value, told; ZonesOverlap where the values differ."""
    overlaps = zone_overlaps(ordinance)
    refused = [pair for pair in overlaps if not pair.is_equal]
    if refused:
        raise ZonesOverlap(
            f"{len(refused)} pares de zonas de distinto valor se traslapan; corrija el mapa:\n  "
            + "\n  ".join(_pair(pair) for pair in refused[:MOST_TOLD])
            + (f"\n  … y {len(refused) - MOST_TOLD} más." if len(refused) > MOST_TOLD else ""),
            details={"pairs": len(refused)},
        )
    return [f"Se traslapan zonas de igual valor: {_pair(pair)}" for pair in overlaps[:MOST_TOLD]]


def _pair(pair: ZoneOverlap) -> str:
    return (
        f"{pair.first} y {pair.second}: {format_m2(pair.area_m2)}, en X={pair.x:.2f}, Y={pair.y:.2f} "
        "(EPSG:32717)."
    )


def _other_notices(ordinance: Ordinance, judged: JudgedOrdinance, *, day: date) -> list[str]:
    notices = []
    if judged.is_template:
        notices.append("El número es todavía el de la plantilla: con --commit no se acepta.")
    drawn = {zone.code for zone in judged.zones}
    unused = [row.code for row in judged.file.land_values if row.code not in drawn]
    if unused:
        notices.append(f"Filas [[land_value]] sin polígono en el mapa: {first_of(unused)}.")
    between = parcels_between_zones(ordinance, day=day)
    if between:
        notices.append(
            f"{len(between)} predios tienen su punto interior en la línea entre dos valores y toman el de "
            f"la zona de código menor: {first_of(between)}."
        )
    return notices


def first_of(names: list[str]) -> str:
    """The first 20 names, and how many more there are."""
    more = len(names) - MOST_TOLD
    return ", ".join(names[:MOST_TOLD]) + (f" … y {more} más" if more > 0 else "")


def _sign(
    report: OrdinanceReport,
    operation: Operation,
    *,
    source: SourceFile,
    zones: ZonesAsked | None,
    by: Actor,
) -> None:
    file = report.judged.file
    record_audit_event(
        municipality=operation.municipality,
        actor=by,
        action=VERB,
        object_type="territory.Ordinance",
        object_id=report.ordinance.pk,
        body={
            "operation": operation.pk,
            "number": file.number,
            "valid_from": file.valid_from,
            "ends_before": file.ends_before,
            "content_hash": report.content_hash,
            "file": source.name,
            "file_sha256": source.sha256,
            "zones_file": zones.source.name if zones else None,
            "zones_file_sha256": zones.source.sha256 if zones else None,
            "zones": len(report.judged.zones),
            "building_costs": len(file.building_costs),
            "land_prices": len(file.land_prices),
            "is_approved": report.is_approved,
            "replaced": report.replaced,
        },
    )
