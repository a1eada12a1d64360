"""A municipality begins to use this installation."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.exceptions import ValidationError
from django.db import transaction

from gis_project.core.crs import check_legal_srid
from gis_project.core.errors import Conflict, InvalidInput
from gis_project.territory.models import Municipality
from gis_project.territory.operations.record_audit_event import record_audit_event
from gis_project.territory.policy import Actor

# First parts of addresses that are doors of the house.
RESERVED_SLUGS = frozenset(
    (
        "account",
        "api",
        "catalog",
        "csw",
        "data",
        "design",
        "healthz",
        "language",
        "media",
        "metrics",
        "oapif",
        "ogc",
        "open-data",
        "readyz",
        "search",
        "static",
        "tiles",
        "verify",
        "wfs",
        "wms",
        "wmts",
    )
)


class MunicipalityExists(Conflict):
    """The slug or the DPA code is already in use: choose another slug, or use the existing one."""

    code = "municipality_exists"


class MunicipalityNotAdmissible(InvalidInput):
    """Slug, DPA code, name or time zone are not well formed: see the details."""

    code = "municipality_not_admissible"


@transaction.atomic
def add_municipality(
    *,
    slug: str,
    dpa_code: str,
    name: str,
    legal_srid: int,
    by: Actor,
    official_name: str = "",
    cadastre_office: str = "",
    time_zone: str = "America/Guayaquil",
    is_sample: bool = False,
) -> Municipality:
    """The saved municipality. `legal_srid` is where its areas and plans are computed."""
    check_legal_srid(legal_srid)
    _check_words(slug, time_zone)
    if Municipality.objects.filter(slug=slug).exists() or (
        Municipality.objects.filter(dpa_code=dpa_code).exists()
    ):
        raise MunicipalityExists(f"Ya existe un municipio «{slug}» o con código {dpa_code}.")
    municipality = Municipality(
        slug=slug,
        dpa_code=dpa_code,
        name=name,
        official_name=official_name or f"GAD Municipal de {name}",
        legal_srid=legal_srid,
        time_zone=time_zone,
        is_sample=is_sample,
    )
    if cadastre_office:
        municipality.cadastre_office = cadastre_office
    try:
        municipality.full_clean()
    except ValidationError as error:
        raise MunicipalityNotAdmissible(
            "Revise los datos del municipio.", details={"fields": sorted(error.message_dict)}
        ) from error
    municipality.save()
    record_audit_event(
        municipality=municipality,
        actor=by,
        action="add_municipality",
        object_type="municipality",
        object_id=municipality.pk,
        body={"slug": slug, "dpa_code": dpa_code, "name": name, "legal_srid": legal_srid},
    )
    return municipality


def _check_words(slug: str, time_zone: str) -> None:
    if slug in RESERVED_SLUGS or slug != slug.lower():
        raise MunicipalityNotAdmissible(
            f"«{slug}» no sirve como dirección: elija otra, en minúsculas."
        )
    try:
        ZoneInfo(time_zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise MunicipalityNotAdmissible(f"No existe la zona horaria «{time_zone}».") from error
