"""A sample municipality enters the register: one act, one transaction, once."""

from dataclasses import dataclass
from datetime import date

import shapely
from django.db import connection, transaction
from django.utils import timezone

from cadastre.models import AdministrativeSource, Operation
from cadastre.operations.sample_ground import load_area_tolerance, load_ground, load_ordinance
from cadastre.operations.sample_holders import load_holders
from cadastre.operations.sample_rows import SampleAct, stored_area
from cadastre.operations.sample_units import load_units
from fixtures.samples.records import SampleTown
from fixtures.samples.shape_kinds import as_area
from gis_project.core.errors import Conflict
from gis_project.territory.models import Municipality, Parish
from gis_project.territory.operations.record_audit_event import record_audit_event
from gis_project.territory.policy import Actor, check_can, person
from gis_project.territory.scope import across_municipalities, within

VERB = "load_samples"
SINCE = date(2024, 1, 1)


class MunicipalityIsReal(Conflict):
    """The municipality holds data of its own: samples are never mixed with them."""

    code = "municipality_is_real"


@dataclass(frozen=True, slots=True)
class LoadedSample:
    """What one municipality holds now. `is_new` is false when it had been loaded before."""

    municipality: Municipality
    is_new: bool
    parcels: int = 0
    units: int = 0
    overlaps: int = 0


def is_loaded(dpa_code: str) -> bool:
    """Whether this sample is in the register already."""
    with across_municipalities("whether a sample is loaded is asked before its town is entered"):
        return Operation.objects.filter(municipality__dpa_code=dpa_code, verb=VERB).exists()


@transaction.atomic
def load_sample_town(*, town: SampleTown, by: Actor) -> LoadedSample:
    """The town in the register. Loading again changes nothing; raises MunicipalityIsReal."""
    municipality = _municipality(town)
    check_can(by, "import_data", municipality=municipality, on=SINCE)
    if is_loaded(town.dpa_code):
        return LoadedSample(municipality, is_new=False)
    with within(municipality):
        return _load(town, municipality, by)


def _load(town: SampleTown, municipality: Municipality, by: Actor) -> LoadedSample:
    act = SampleAct(
        municipality=municipality,
        operation=_operation(municipality, town, by),
        parishes=_parishes(municipality, town),
        since=SINCE,
        recorded_at=timezone.now(),
    )
    load_ground(act, town)
    load_ordinance(act, town)
    load_area_tolerance(act, town)
    units = load_units(act, town)
    overlaps = _settled(act)
    load_holders(act, town, units)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    record_audit_event(
        municipality=municipality,
        actor=by,
        action=VERB,
        object_type="operation",
        object_id=act.operation.pk,
        body={"parcels": len(town.parcels), "units": len(units), "overlaps": overlaps},
    )
    return LoadedSample(municipality, True, len(town.parcels), len(units), overlaps)


def _municipality(town: SampleTown) -> Municipality:
    canton = shapely.unary_union([p.geometry for p in town.parishes], grid_size=0.001)
    municipality, is_new = Municipality.objects.get_or_create(
        dpa_code=town.dpa_code,
        defaults={
            "slug": town.slug,
            "name": town.name,
            "official_name": town.official_name,
            "cadastre_office": town.cadastre_office,
            "legal_srid": town.legal_srid,
            "is_sample": True,
            "geom": stored_area(as_area(canton)),
        },
    )
    if not is_new and not municipality.is_sample:
        raise MunicipalityIsReal(
            f"{municipality} ya está registrado con datos propios: la muestra no se carga encima.",
            details={"dpa_code": town.dpa_code},
        )
    return municipality


def _parishes(municipality: Municipality, town: SampleTown) -> dict[str, Parish]:
    for row in town.parishes:
        Parish.objects.update_or_create(
            dpa_code=row.code,
            defaults={
                "municipality": municipality,
                "name": row.name,
                "aliases": list(row.aliases),
                "kind": Parish.Kind.URBAN if row.code.endswith("50") else Parish.Kind.RURAL,
                "geom": stored_area(row.geometry),
                "origin": town.label,
            },
        )
    return {p.dpa_code: p for p in Parish.objects.filter(municipality=municipality)}


def _operation(municipality: Municipality, town: SampleTown, by: Actor) -> Operation:
    source = AdministrativeSource.objects.create(
        municipality=municipality,
        kind=AdministrativeSource.Kind.SAMPLE,
        description=town.label,
    )
    return Operation.objects.create(
        municipality=municipality,
        verb=VERB,
        source=source,
        made_by=person(by),
        valid_from=SINCE,
        recorded_at=timezone.now(),
        reason=town.label,
    )


def _settled(act: SampleAct) -> int:
    """The number of overlapping pairs that the database found and put on the tolerated list."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cadastre_settle_overlaps(%s)", [act.operation.pk])
        [(pairs,)] = cursor.fetchall()
    return int(pairs)
