"""Retorno de un paquete de campo: what was done out there becomes proposals; the register stays as it is.

The file is kept as it came. It is compared with what the package held, not with today's register; where the
register moved on meanwhile, a person decides. The same file, and the same change in another file, count once.
"""

import hashlib
import zipfile
from collections.abc import Collection, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction

from cadastre.acts.ground_inputs import SurveyInputs
from cadastre.fieldwork import field_layer as names
from cadastre.fieldwork.compare import Change, changes
from cadastre.fieldwork.field_layer import FieldLayer
from cadastre.fieldwork.open_return import WEB_RETURN, OpenedReturn, Picture, opened_return
from cadastre.fieldwork.pictures import with_pictures
from cadastre.fieldwork.records import Stray, records_of
from cadastre.imports.limits import ReadingLimits
from cadastre.models import (
    FieldDelta,
    FieldPackage,
    FieldPackageClosing,
    FieldPicture,
    FieldReturn,
)
from cadastre.operations.close_field_package import FieldPackageClosed, close_field_package
from cadastre.operations.field.arrival import Arrival
from cadastre.operations.field.buildings import building_deltas
from cadastre.operations.field.data import data_deltas, stray_deltas
from cadastre.operations.field.ground import ground_deltas, needs_survey, point_deltas
from cadastre.operations.field.lock import lock_field_package
from cadastre.operations.field.put_back import last_words, place_of, put_back
from cadastre.queries.field_content import field_content, field_layers
from gis_project.core.errors import InvalidInput
from gis_project.territory.clock import today_in
from gis_project.territory.file_store import path_of, store_file
from gis_project.territory.operations.record_audit_event import record_audit_event
from gis_project.territory.policy import Actor, check_can, person
from gis_project.territory.scope import within

_MOST_TOLD = 200
_MEDIA_TYPES = {"GPKG": "application/geopackage+sqlite3", "DELTA": "application/json"}


class NotThisPackage(InvalidInput):
    """The file belongs to another package: upload it on that one's page."""

    code = "not_this_package"


class FieldSurveyMissing(InvalidInput):
    """Ground was drawn in the field: say with which method it was measured."""

    code = "field_survey_missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """``deltas`` are the changes that this file brought first; ``known`` how many had come before."""

    arrival: FieldReturn
    deltas: tuple[FieldDelta, ...]
    known: int
    is_repeated: bool = False


def take_field_package(
    package: FieldPackage,
    *,
    file: Path,
    name: str,
    by: Actor,
    survey: SurveyInputs | None = None,
    is_last: bool = False,
    commit: bool = True,
    limits: ReadingLimits = WEB_RETURN,
) -> Taken:
    """The return; without ``commit`` nothing stays. ``is_last`` closes the package.

    ``survey`` says how ground was measured. Raises NotAllowed, FileRefused, NotThisPackage, FieldPackageClosed,
    FieldSurveyMissing.
    """
    town = package.municipality
    check_can(by, "manage_field_packages", municipality=town, on=today_in(town))
    with within(town), ExitStack() as stack:
        with file.open("rb") as opened:
            digest = hashlib.file_digest(opened, "sha256").hexdigest()
        if (before := _same_file(package, digest)) is not None:
            return before
        layers = field_layers(town, with_holders=package.with_holders)
        came = stack.enter_context(
            opened_return(
                file,
                issued=path_of(package.file_id),
                tables=[layer.name for layer in layers],
                earlier=_earlier_deltas(package),
                limits=limits,
            )
        )
        _check_package(package, came)
        stack.enter_context(transaction.atomic())
        lock_field_package(package)
        if (before := _same_file(package, digest)) is not None:
            return before
        if FieldPackageClosing.objects.filter(package=package).exists():
            raise FieldPackageClosed(f"El paquete {package.number} ya se cerró: no recibe más.")
        taken = _take(package, file, name, by, survey, layers, came)
        if is_last:
            close_field_package(package, how="RETURNED", by=by)
        if not commit:
            transaction.set_rollback(True)
    return taken


def _same_file(package: FieldPackage, digest: str) -> Taken | None:
    found = FieldReturn.objects.filter(package=package, file_id=digest).first()
    if found is None:
        return None
    deltas = tuple(found.deltas.select_related("proposal"))
    return Taken(arrival=found, deltas=deltas, known=len(deltas), is_repeated=True)


def _earlier_deltas(package: FieldPackage) -> list[Path]:
    files = package.returns.filter(kind=FieldReturn.Kind.DELTA).order_by("received_at")
    return [path_of(digest) for digest in files.values_list("file_id", flat=True)]


def _check_package(package: FieldPackage, came: OpenedReturn) -> None:
    told = [row.get("package") for row in came.brought.get(names.PACKAGE, ())]
    if told != [str(package.pk)]:
        raise NotThisPackage(
            f"El archivo no es del paquete {package.number}: súbalo en la página del suyo."
        )


def _take(
    package: FieldPackage,
    file: Path,
    name: str,
    by: Actor,
    survey: SurveyInputs | None,
    layers: Sequence[FieldLayer],
    came: OpenedReturn,
) -> Taken:
    town = package.municipality
    tables, missing = with_pictures(came.brought, came.pictures)
    held, _ = records_of(layers, came.held)
    brought, strays = records_of(layers, tables)
    found = changes(held, brought)
    if survey is None and needs_survey(found):
        raise FieldSurveyMissing(
            "En el campo se dibujaron linderos: diga con qué método se midieron y vuelva a subir el archivo."
        )
    media_type = "application/zip" if zipfile.is_zipfile(file) else _MEDIA_TYPES[came.kind]
    stored = store_file(file, media_type=media_type)
    arrival = FieldReturn(
        municipality=town,
        package=package,
        file=stored,
        name=name[-255:],
        kind=came.kind,
        survey=_plain_survey(survey, stored.pk),
        received_by=person(by),
    )
    units = list(package.units.values_list("unit_id", "geom_hash"))
    content = field_content(town, [unit for unit, _ in units], layers=layers, on=today_in(town))
    now, _ = records_of(layers, content.tables)
    work = Arrival(
        package=package,
        arrival=arrival,
        by=by,
        layers={layer.name: layer for layer in layers},
        held=held,
        now=now,
        held_hashes={str(unit): geom_hash for unit, geom_hash in units},
        now_hashes={str(one.unit): one.geom_hash for one in content.units},
    )
    deltas, known = _deltas(work, found, strays)
    pictures = [picture for picture in came.pictures if picture.media_type]
    refused = [picture.name for picture in came.pictures if not picture.media_type]
    arrival.report = {
        "changes": len(found) + len(strays),
        "known": known,
        "deltas": list(came.deltas),
        "photographs": len(pictures),
        "photographs_missing": missing[:_MOST_TOLD],
        "photographs_refused": refused[:_MOST_TOLD],
    }
    arrival.save(force_insert=True)
    FieldDelta.objects.bulk_create(deltas)
    _keep(arrival, pictures)
    _audit(work, deltas)
    return Taken(arrival=arrival, deltas=tuple(deltas), known=known)


def _deltas(
    work: Arrival, found: Sequence[Change], strays: Sequence[Stray]
) -> tuple[list[FieldDelta], int]:
    """The changes that are not the last word of their place already, judged, and how many are."""
    last = last_words(work.package)
    returned = put_back(work, last, found)
    again = {last[place].proposal_id for place in returned}
    rows = FieldDelta.objects.filter(package=work.package, subject=FieldDelta.Subject.ROW)
    seen = set(rows.values_list("fingerprint", flat=True))
    new = [change for change in found if not _is_known(change, last.get(place_of(change)), again)]
    loose = [stray for stray in strays if stray.fingerprint() not in seen]
    deltas = [
        *returned.values(),
        *data_deltas(work, new),
        *ground_deltas(work, new),
        *building_deltas(work, new),
        *point_deltas(work, new),
        *stray_deltas(work, loose),
    ]
    return deltas, len(found) + len(strays) - len(new) - len(loose)


def _is_known(change: Change, last: FieldDelta | None, again: Collection[UUID | None]) -> bool:
    """Whether the last that came of the place says the same, and its proposal was not taken back with another's."""
    return (
        last is not None
        and last.fingerprint == change.fingerprint()
        and (last.proposal_id is None or last.proposal_id not in again)
    )


def _plain_survey(survey: SurveyInputs | None, sha256: str) -> dict[str, Any]:
    if survey is None:
        return {}
    told = survey.model_dump(mode="json", exclude_defaults=True)
    return {**told, "file_sha256": sha256}


def _keep(arrival: FieldReturn, pictures: Sequence[Picture]) -> None:
    FieldPicture.objects.bulk_create(
        FieldPicture(
            arrival=arrival,
            file=store_file(picture.path, media_type=picture.media_type),
            name=picture.name[-255:],
        )
        for picture in pictures
    )


def _audit(work: Arrival, deltas: Sequence[FieldDelta]) -> None:
    outcomes = [delta.outcome for delta in deltas]
    record_audit_event(
        municipality=work.town,
        actor=work.by,
        action="take_field_package",
        object_type="cadastre.FieldPackage",
        object_id=work.package.pk,
        body={
            "return": work.arrival.pk,
            "sha256": work.arrival.file_id,
            "outcomes": {one.value: outcomes.count(one.value) for one in FieldDelta.Outcome},
        },
    )
