"""/api/<m>/field-packages: hand one out, fetch it, take its return, decide its conflicts, close it."""

import tempfile
from pathlib import Path
from typing import Any

import shapely
from django.http import HttpRequest, HttpResponse
from ninja import File, Form, Router, Status
from ninja.files import UploadedFile
from ninja.security import django_auth

from cadastre.acts.act_inputs import read_inputs
from cadastre.acts.ground_inputs import SurveyInputs
from cadastre.api.desk import Desk, desk_of
from cadastre.api.fieldwork_schema import (
    AreaIn,
    ClosingIn,
    CutOut,
    DecisionIn,
    FieldPackageIn,
    FieldPackageOut,
    FieldPackageWhole,
    ReturnIn,
    TakenOut,
    change_out,
    package_out,
    taken_out,
    whole_out,
)
from cadastre.models import FieldDelta, FieldPackage
from cadastre.operations.close_field_package import close_field_package
from cadastre.operations.decide_field_delta import decide_field_delta
from cadastre.operations.deed.door import stored, unit_named
from cadastre.operations.fetch_field_package import check_may_see, fetch_field_package
from cadastre.operations.make_field_package import MEDIA_TYPE, make_field_package
from cadastre.operations.take_field_package import take_field_package
from cadastre.queries.field_area import FieldArea
from cadastre.queries.field_carriers import carrier_identified
from cadastre.queries.field_packages import changes_of, field_packages, find_field_package
from gis_project.core.errors import BadRequest, NotFound
from gis_project.territory.policy import can

router = Router(tags=["trabajo de campo"], auth=django_auth)
_MANAGE, _CARRY = "manage_field_packages", "carry_field_packages"
_SHOWN = 200


class AreaUnread(BadRequest):
    """The area names one way only, and its polygon is WKT: correct it."""

    code = "area_unread"


@router.get(
    "/{municipality}/field-packages",
    response=list[FieldPackageOut],
    operation_id="field_packages",
    summary="Los paquetes de campo: quién tiene qué",
)
def packages(
    request: HttpRequest, municipality: str, is_out: bool | None = None
) -> list[dict[str, Any]]:
    """Todos para quien los entrega; los suyos para quien los lleva. `is_out=true`: los que no han vuelto."""
    desk = desk_of(request, municipality, _MANAGE, _CARRY)
    manages = can(desk.who, _MANAGE, municipality=desk.municipality, on=desk.today)
    found = field_packages(desk.municipality, carrier=None if manages else desk.who, is_out=is_out)
    return [package_out(package, on=desk.today) for package in found[:_SHOWN]]


@router.post(
    "/{municipality}/field-packages",
    response={200: CutOut, 201: CutOut},
    operation_id="make_field_package",
    summary="Entregar un paquete de campo",
)
def make(
    request: HttpRequest, municipality: str, told: FieldPackageIn, dry_run: bool = False
) -> Status[dict[str, Any]]:
    desk = desk_of(request, municipality, _MANAGE)
    cut = make_field_package(
        municipality=desk.municipality,
        area=_area(desk, told.area),
        carrier=carrier_identified(desk.municipality, told.carrier, on=desk.today),
        purpose=told.purpose,
        expires_on=told.expires_on,
        by=desk.who,
        with_holders=told.with_holders,
        commit=not dry_run,
    )
    package = cut.package
    body = {
        "is_dry_run": dry_run,
        "package": package.number if package else None,
        "sha256": package.file_id if package else None,
        "counts": cut.counts,
        "size_bytes": cut.size_bytes,
    }
    return Status(200 if dry_run else 201, body)


@router.get(
    "/{municipality}/field-packages/{number}",
    response=FieldPackageWhole,
    operation_id="field_package",
    summary="Un paquete: lo que volvió y sus conflictos, dato por dato",
)
def whole(request: HttpRequest, municipality: str, number: str) -> dict[str, Any]:
    desk, package = _package(request, municipality, number)
    return whole_out(package, list(changes_of(package)), on=desk.today)


@router.get(
    "/{municipality}/field-packages/{number}/file",
    operation_id="field_package_file",
    summary="El archivo del paquete",
)
def file(request: HttpRequest, municipality: str, number: str) -> HttpResponse:
    desk, package = _package(request, municipality, number)
    return HttpResponse(
        fetch_field_package(package, by=desk.who),
        content_type=MEDIA_TYPE,
        headers={"Content-Disposition": f'attachment; filename="paquete-{package.number}.zip"'},
    )


@router.post(
    "/{municipality}/field-packages/{number}/returns",
    response={200: TakenOut, 201: TakenOut},
    operation_id="take_field_package",
    summary="Recibir lo que volvió del campo",
)
def take(
    request: HttpRequest,
    municipality: str,
    number: str,
    file: File[UploadedFile],
    brought: Form[ReturnIn],
    dry_run: bool = False,
) -> Status[dict[str, Any]]:
    """El mismo archivo otra vez contesta 200 con lo mismo. `method` dice cómo se midieron los linderos."""
    desk = desk_of(request, municipality, _MANAGE)
    package = find_field_package(desk.municipality, number)
    told = {
        "method": brought.method,
        "accuracy_m": brought.accuracy_m or None,
        "surveyed_on": brought.surveyed_on,
    }
    survey = read_inputs(SurveyInputs, told) if brought.method else None
    with tempfile.NamedTemporaryFile(prefix="lindero-field-") as kept:
        for chunk in file.chunks():
            kept.write(chunk)
        kept.flush()
        taken = take_field_package(
            package,
            file=Path(kept.name),
            name=file.name or "",
            by=desk.who,
            survey=survey,
            is_last=brought.is_last,
            commit=not dry_run,
        )
    status = 200 if dry_run or taken.is_repeated else 201
    return Status(status, taken_out(taken, is_dry_run=dry_run))


@router.post(
    "/{municipality}/field-packages/{number}/changes/{change}",
    response=dict[str, Any],
    operation_id="decide_field_change",
    summary="Decidir un conflicto: qué datos siguen al campo",
)
def decide(
    request: HttpRequest, municipality: str, number: str, change: int, told: DecisionIn
) -> dict[str, Any]:
    desk = desk_of(request, municipality, _MANAGE)
    package = find_field_package(desk.municipality, number)
    delta = FieldDelta.objects.filter(package=package, pk=change).first()
    if delta is None:
        raise NotFound("No hay tal cambio en este paquete.")
    decide_field_delta(delta, take=told.take, by=desk.who, note=told.note)
    return change_out(changes_of(package).get(pk=change))


@router.post(
    "/{municipality}/field-packages/{number}/closing",
    response=FieldPackageOut,
    operation_id="close_field_package",
    summary="Cerrar un paquete: devuelto, sin usar o perdido",
)
def close(request: HttpRequest, municipality: str, number: str, told: ClosingIn) -> dict[str, Any]:
    desk = desk_of(request, municipality, _MANAGE)
    package = find_field_package(desk.municipality, number)
    close_field_package(package, how=told.how, by=desk.who, note=told.note)
    return package_out(find_field_package(desk.municipality, number), on=desk.today)


def _package(request: HttpRequest, municipality: str, number: str) -> tuple[Desk, FieldPackage]:
    """The package, for who hands them out and for who carries this one."""
    desk = desk_of(request, municipality, _MANAGE, _CARRY)
    package = find_field_package(desk.municipality, number)
    check_may_see(package, desk.who)
    return desk, package


def _area(desk: Desk, told: AreaIn) -> FieldArea:
    ways = [told.block, told.sector, told.polygon, told.predios]
    if sum(map(bool, ways)) != 1:
        raise AreaUnread("Diga la zona de una sola manera: block, sector, polygon o predios.")
    polygon = None
    if told.polygon:
        try:
            polygon = stored(shapely.from_wkt(told.polygon), told.srid)
        except shapely.errors.GEOSException as error:
            raise AreaUnread("El polígono se escribe en WKT.") from error
    units = tuple(unit_named(desk.municipality, name).pk for name in told.predios)
    return FieldArea(block=told.block, sector=told.sector, polygon=polygon, units=units)
