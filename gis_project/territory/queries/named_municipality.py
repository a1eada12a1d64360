"""The municipality a command or an address names: by slug, DPA code or name."""

from gis_project.core.errors import NotFound
from gis_project.territory.models import Municipality
from gis_project.territory.plain_name import plain_name
from gis_project.territory.scope import enter

LISTED = 10


class MunicipalityNotFound(NotFound):
    """No municipality bears that slug or code: `add_municipality` makes one."""

    code = "municipality_not_found"


def named_municipality(typed: str, *, console: bool = False) -> Municipality:
    """The municipality with that slug, four-digit code or name, entered; accents and case do not matter.

    A name that two municipalities bear finds neither: their codes tell them apart. With `console`
    the refusal lists those that exist and the command that adds one, which no web user can run.
    """
    wanted = plain_name(typed)
    towns = Municipality.objects.defer("geom")  # a canton's boundary is long, and few ask for it
    found = towns.filter(slug=wanted).first() or towns.filter(dpa_code=wanted).first()
    if found is None:
        named = [town for town in towns.order_by("dpa_code") if plain_name(town.name) == wanted]
        if len(named) > 1:
            codes = " o ".join(town.dpa_code for town in named)
            raise MunicipalityNotFound(f"Más de un municipio se llama «{typed}»: use {codes}.")
        found = named[0] if named else None
    if found is None:
        raise MunicipalityNotFound(_refusal(typed, console=console))
    enter(found)
    return found


def _refusal(typed: str, *, console: bool) -> str:
    if not console:
        return f"No hay un municipio «{typed}»: revise el nombre o el código."
    known = list(Municipality.objects.values_list("slug", "dpa_code", "name")[: LISTED + 1])
    if not known:
        return f"No hay un municipio «{typed}», ni otro alguno: agréguelo con add_municipality."
    told = ", ".join(f"{slug} ({code}, {name})" for slug, code, name in known[:LISTED])
    more = ", …" if len(known) > LISTED else ""
    return f"No hay un municipio «{typed}». Hay: {told}{more}. Otro se agrega con add_municipality."
