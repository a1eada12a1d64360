"""The municipality a command or an address names, by slug or DPA code."""

from unicodedata import combining, normalize

from gis_project.core.errors import NotFound
from gis_project.territory.models import Municipality


class MunicipalityNotFound(NotFound):
    """No municipality bears that slug or code: `add_municipality` makes one."""

    code = "municipality_not_found"


def named_municipality(slug_or_code: str) -> Municipality:
    """The municipality with that slug (accents and case do not matter) or four-digit code."""
    plain = "".join(c for c in normalize("NFD", slug_or_code.strip().lower()) if not combining(c))
    towns = Municipality.objects.defer("geom")  # a canton's boundary is long, and few ask for it
    found = towns.filter(slug=plain).first() or towns.filter(dpa_code=plain).first()
    if found is None:
        raise MunicipalityNotFound(
            f"No hay un municipio «{slug_or_code}». Créelo con add_municipality o revise el nombre."
        )
    return found
