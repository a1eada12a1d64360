"""Entrega de un paquete de campo: cut from the register, numbered, given to one person for a purpose and a time."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np
import shapely
from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone
from pyproj import CRS

from cadastre.fieldwork import field_layer as names
from cadastre.fieldwork.field_layer import FieldLayer
from cadastre.fieldwork.package_zip import package_zip
from cadastre.fieldwork.project_file import DATA_FILE, ProjectHead, project_file
from cadastre.fieldwork.readme_page import ReadmeFacts, readme_page
from cadastre.fieldwork.write_geopackage import write_geopackage
from cadastre.models import FieldPackage, FieldPackageUnit
from cadastre.operations.field.visibility import check_layers
from cadastre.queries.field_area import FieldArea, area_words, units_in
from cadastre.queries.field_background import add_background
from cadastre.queries.field_content import FieldContent, field_content, field_layers
from gis_project.core.errors import InvalidInput
from gis_project.core.periods import civil_date
from gis_project.territory.file_store import store_file
from gis_project.territory.models import Municipality, User
from gis_project.territory.operations.log_access import log_access
from gis_project.territory.operations.record_audit_event import record_audit_event
from gis_project.territory.policy import Actor, NamedAtConsole, check_can, person
from gis_project.territory.scope import within

LONGEST_DAYS = 90
MEDIA_TYPE = "application/zip"
_MARGIN_M = 20
_LOCK = "SELECT pg_advisory_xact_lock(3, hashtext(%s))"


class FieldPackageUnfit(InvalidInput):
    """A package has a purpose and expires within ninety days: write both."""

    code = "field_package_unfit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """What a package holds, counted by layer, before and after it is issued; ``package`` None in a rehearsal."""

    counts: dict[str, int]
    size_bytes: int
    package: FieldPackage | None


def make_field_package(
    *,
    municipality: Municipality,
    area: FieldArea,
    carrier: User,
    purpose: str,
    expires_on: date,
    by: Actor,
    with_holders: bool = False,
    commit: bool = True,
) -> Cut:
    """The issued package; without ``commit`` everything is cut and nothing stays.

    Raises NotAllowed (also when the carrier may carry none), FieldPackageUnfit, FieldAreaEmpty, FieldAreaTooLarge,
    HoldersNotForCarrier.
    """
    at = timezone.now().replace(microsecond=0)
    on = civil_date(at, time_zone=municipality.time_zone)
    check_can(by, "manage_field_packages", municipality=municipality, on=on)
    check_can(NamedAtConsole(carrier), "carry_field_packages", municipality=municipality, on=on)
    _check_asked(purpose, expires_on, on)
    with within(municipality), transaction.atomic():
        layers = field_layers(municipality, with_holders=with_holders)
        check_layers(layers, carrier=carrier, municipality=municipality, on=on)
        units = units_in(area, municipality=municipality, on=on)
        content = field_content(municipality, units, layers=layers, on=on)
        add_background(content, municipality, on=on)
        package = FieldPackage(
            municipality=municipality,
            year=on.year,
            serial=_next_serial(municipality, on.year),
            carrier=carrier,
            issued_by=person(by),
            purpose=purpose.strip(),
            area=area.plain(),
            srid=content.srid,
            with_holders=with_holders,
            predios=len(content.units),
            issued_at=at,
            issued_on=on,
            expires_on=expires_on,
        )
        size = _write(package, layers, content, commit=commit)
        if commit:
            _save(package, content, by)
    counts = {layer.name: len(content.tables.get(layer.name, ())) for layer in layers}
    return Cut(counts=counts, size_bytes=size, package=package if commit else None)


def _check_asked(purpose: str, expires_on: date, on: date) -> None:
    if not purpose.strip():
        raise FieldPackageUnfit("Escriba para qué se entrega el paquete.")
    if not on <= expires_on <= on + timedelta(days=LONGEST_DAYS):
        raise FieldPackageUnfit(f"El paquete vence desde hoy hasta en {LONGEST_DAYS} días.")


def _next_serial(municipality: Municipality, year: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [f"field {municipality.pk} {year}"])
    told = FieldPackage.objects.filter(municipality=municipality, year=year)
    return int(told.aggregate(last=Max("serial"))["last"] or 0) + 1


def _write(
    package: FieldPackage, layers: Sequence[FieldLayer], content: FieldContent, *, commit: bool
) -> int:
    """Write the zip; to be kept, it goes into the store as the package's file. Its size in bytes."""
    content.tables[names.PACKAGE] = [_told(package)]
    with tempfile.TemporaryDirectory(prefix="lindero-field-") as folder:
        data, target = Path(folder) / DATA_FILE, Path(folder) / "package.zip"
        write_geopackage(data, layers=layers, rows=content.tables, srid=content.srid)
        package_zip(
            target,
            folder=f"lindero-{package.municipality.slug}-{package.number}",
            data=data,
            project=project_file(_head(package, content), layers),
            readme=readme_page(_facts(package)),
        )
        if commit:
            package.file = store_file(target, media_type=MEDIA_TYPE)
        return target.stat().st_size


def _told(package: FieldPackage) -> dict[str, Any]:
    return {
        "package": str(package.pk),
        "number": package.number,
        "municipality": package.municipality.official_name,
        "carrier": package.carrier.full_name,
        "purpose": package.purpose,
        "expires_on": package.expires_on.isoformat(),
    }


def _head(package: FieldPackage, content: FieldContent) -> ProjectHead:
    crs = CRS.from_epsg(package.srid)
    drawn = [row["geom"] for row in content.tables[names.PARCELS] if row.get("geom")]
    shapes = shapely.from_wkb(drawn) if drawn else [shapely.Point(500_000, 9_900_000)]
    xmin, ymin, xmax, ymax = shapely.total_bounds(np.asarray(shapes)).tolist()
    return ProjectHead(
        title=f"Paquete de campo {package.number}",
        srid=package.srid,
        crs_name=crs.name,
        crs_wkt=crs.to_wkt(),
        extent=(xmin - _MARGIN_M, ymin - _MARGIN_M, xmax + _MARGIN_M, ymax + _MARGIN_M),
    )


def _facts(package: FieldPackage) -> ReadmeFacts:
    return ReadmeFacts(
        number=package.number,
        municipality=package.municipality.official_name,
        carrier=package.carrier.full_name,
        purpose=package.purpose,
        area=area_words(package.area),
        issued_on=package.issued_on,
        expires_on=package.expires_on,
        predios=package.predios,
        srid=package.srid,
        has_holders=package.with_holders,
        is_sample=package.municipality.is_sample,
    )


def _save(package: FieldPackage, content: FieldContent, by: Actor) -> None:
    package.save(force_insert=True)
    FieldPackageUnit.objects.bulk_create(
        FieldPackageUnit(
            package=package,
            unit_id=held.unit,
            revision=held.revision,
            version_id=held.version,
            geom_hash=held.geom_hash,
        )
        for held in content.units
    )
    if package.with_holders:
        log_access(
            municipality=package.municipality,
            actor=by,
            action="field_package",
            query=package.number,
            found=package.predios,
            purpose=package.purpose,
        )
    record_audit_event(
        municipality=package.municipality,
        actor=by,
        action="make_field_package",
        object_type="cadastre.FieldPackage",
        object_id=package.pk,
        body={
            "number": package.number,
            "carrier": package.carrier_id,
            "area": package.area["by"],
            "predios": package.predios,
            "with_holders": package.with_holders,
            "expires_on": package.expires_on,
            "sha256": package.file_id,
        },
    )


def carried_units(package: FieldPackage) -> list[UUID]:
    """The predios that the package was cut from."""
    return list(package.units.order_by("unit_id").values_list("unit_id", flat=True))
