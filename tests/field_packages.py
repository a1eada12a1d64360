"""Field packages as rows, for tests that need one to stand there: their files hold nothing."""

from datetime import timedelta

from django.utils import timezone

from cadastre.models import (
    FieldDecision,
    FieldDelta,
    FieldPackage,
    FieldPackageClosing,
    FieldPackageUnit,
    FieldPicture,
    FieldReturn,
    PropertyUnit,
)
from gis_project.territory.clock import today_in
from gis_project.territory.file_store import store_file
from gis_project.territory.models import Municipality, User
from tests.people import VERA
from tests.staff import account

CHANGED = {
    "name": "topography",
    "label": "Topografía",
    "held": "FLAT",
    "brought": "ROLLING",
    "now": "SLOPE_UP",
    "verdict": "conflict",
    "message": "",
}


def with_conflict(town: Municipality, *, carrier: User) -> FieldDelta:
    """The town's first package, out for a month, and one change of it that waits for a decision."""
    on = today_in(town)
    package = FieldPackage.objects.create(
        municipality=town,
        year=on.year,
        serial=1,
        carrier=carrier,
        purpose="actualización",
        area={"by": "block", "code": "1"},
        srid=town.legal_srid,
        predios=1,
        issued_at=timezone.now(),
        issued_on=on,
        expires_on=on + timedelta(days=30),
        file=store_file(b"PK", media_type="application/zip"),
    )
    arrival = FieldReturn.objects.create(
        municipality=town,
        package=package,
        file=store_file(b"PK return", media_type="application/zip"),
        name="retorno.zip",
        kind="GPKG",
        report={"photographs_missing": [], "photographs_refused": []},
    )
    return FieldDelta.objects.create(
        package=package,
        arrival=arrival,
        fingerprint="0" * 64,
        layer="parcels",
        uuid="u",
        method="PATCH",
        subject="DATA",
        columns=[CHANGED],
        outcome="CONFLICT",
    )


def with_everything(town: Municipality, unit: PropertyUnit) -> None:
    """One row in each table of field work."""
    delta = with_conflict(town, carrier=account(VERA))
    FieldPackageUnit.objects.create(package=delta.package, unit=unit, revision=0)
    FieldPackageClosing.objects.create(package=delta.package, how="RETURNED")
    FieldPicture.objects.create(arrival=delta.arrival, file=delta.arrival.file, name="1.jpg")
    FieldDecision.objects.create(delta=delta)
