"""A municipality begins to use this installation."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.exceptions import ValidationError
from django.db import transaction

from gis_project.core.crs import STORAGE_SRID, check_legal_srid
from gis_project.core.errors import Conflict, InvalidInput
from gis_project.territory.code_list import ORIGIN, ListedCanton, listed_cantons, parishes_of
from gis_project.territory.models import Municipality, Parish
from gis_project.territory.operations.record_audit_event import record_audit_event
from gis_project.territory.plain_name import plain_name
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

# Provinces that lie, whole or in part, east of 78° W, where UTM zone 18 begins: Carchi and the
# Amazon. Which zone a municipality there measures in is its own decision.
EASTERN_PROVINCES = frozenset(("04", "14", "15", "16", "19", "21", "22"))
GALAPAGOS = "20"
NOT_DELIMITED = "90"


class MunicipalityExists(Conflict):
    """The slug or the DPA code is already in use: choose another slug, or use the existing one."""

    code = "municipality_exists"


class MunicipalityNotAdmissible(InvalidInput):
    """Slug, DPA code, name or time zone are not well formed or do not agree with the official list: see the details."""

    code = "municipality_not_admissible"


@transaction.atomic
def add_municipality(
    *,
    slug: str,
    dpa_code: str,
    name: str,
    by: Actor,
    legal_srid: int | None = None,
    official_name: str = "",
    cadastre_office: str = "",
    time_zone: str = "America/Guayaquil",
    is_sample: bool = False,
) -> Municipality:
    """The saved municipality, with the parishes of the official list, still without limits.

    `legal_srid` is where its areas and plans are computed; without it EPSG:32717, except in the
    provinces that reach into zone 18, where it has to be given.
    """
    _check_words(slug, time_zone)
    if Municipality.objects.filter(slug=slug).exists() or (
        Municipality.objects.filter(dpa_code=dpa_code).exists()
    ):
        raise MunicipalityExists(f"Ya existe un municipio «{slug}» o con código {dpa_code}.")
    canton = _checked_canton(dpa_code, name)
    legal_srid = _checked_srid(legal_srid, canton)
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
    parishes = Parish.objects.bulk_create(
        Parish(
            municipality=municipality,
            dpa_code=parish.dpa_code,
            name=parish.name,
            kind=Parish.Kind.URBAN if parish.is_urban else Parish.Kind.RURAL,
            origin=ORIGIN,
        )
        for parish in parishes_of(dpa_code)
    )
    record_audit_event(
        municipality=municipality,
        actor=by,
        action="add_municipality",
        object_type="municipality",
        object_id=municipality.pk,
        body={
            "slug": slug,
            "dpa_code": dpa_code,
            "name": name,
            "legal_srid": legal_srid,
            "parishes": [parish.dpa_code for parish in parishes],
        },
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


def _checked_canton(dpa_code: str, name: str) -> ListedCanton:
    canton = listed_cantons().get(dpa_code)
    if canton is None or canton.province_code == NOT_DELIMITED:
        same = _codes_of(name)
        hint = f" {name} es {' o '.join(same)}." if same else ""
        raise MunicipalityNotAdmissible(
            f"Ningún cantón tiene el código DPA «{dpa_code}»: revise sus cuatro dígitos.{hint}"
        )
    # An office may say more than the list («San Felipe de Oña»), but not name another canton.
    same = _codes_of(name)
    says_more = set(plain_name(canton.name).split()) <= set(plain_name(name).split())
    if dpa_code not in same and (same or not says_more):
        hint = f"{name} es {' o '.join(same)}. " if same else ""
        raise MunicipalityNotAdmissible(
            f"{dpa_code} es {canton.name} ({canton.province}); el nombre dado es «{name}». {hint}"
            "Corrija el código o el nombre."
        )
    return canton


def _codes_of(name: str) -> list[str]:
    wanted = plain_name(name)
    cantons = listed_cantons().values()
    return [canton.dpa_code for canton in cantons if plain_name(canton.name) == wanted]


def _checked_srid(legal_srid: int | None, canton: ListedCanton) -> int:
    if canton.province_code == GALAPAGOS:
        raise MunicipalityNotAdmissible(
            f"{canton.name} está en Galápagos: Lindero mide en las zonas UTM 17 y 18, que son las "
            "del Ecuador continental."
        )
    if legal_srid is None:
        if canton.province_code in EASTERN_PROVINCES:
            raise MunicipalityNotAdmissible(
                f"La provincia de {canton.province} está, entera o en parte, al este de 78° O, "
                "donde empieza la zona UTM 18. Indique con --legal-srid el sistema en que el "
                "municipio mide áreas y linderos: 32717 (zona 17 sur) o 32718 (zona 18 sur)."
            )
        legal_srid = STORAGE_SRID
    check_legal_srid(legal_srid)
    return legal_srid
