"""Whose data a request is about: all municipalities', or one's below its own address."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest

from gis_project.core.errors import NotFound
from gis_project.territory.models import Municipality
from layers.features.conditions import Condition, of_municipality


class UnknownMunicipality(NotFound):
    """No municipality of this installation has that name or DPA code."""

    code = "unknown_municipality"


@dataclass(frozen=True, slots=True)
class Scope:
    """``root`` is the absolute address before ``/ogc`` and ``/tiles``, without a slash at its end."""

    municipality: Municipality | None
    root: str

    @property
    def slug(self) -> str | None:
        return self.municipality.slug if self.municipality else None

    @property
    def time_zone(self) -> str:
        return self.municipality.time_zone if self.municipality else settings.TIME_ZONE

    @property
    def conditions(self) -> tuple[Condition, ...]:
        return (of_municipality(self.slug),) if self.slug else ()

    def url(self, path: str, **query: str) -> str:
        """The absolute address of ``path`` (``/ogc/…``) here."""
        return f"{self.root}{path}?{urlencode(query)}" if query else f"{self.root}{path}"


def scope_of(request: HttpRequest, municipality: str | None) -> Scope:
    """The scope that the address names by slug or code."""
    site = request.build_absolute_uri("/").rstrip("/")
    if municipality is None:
        return Scope(None, site)
    found = Municipality.objects.named(municipality).defer("geom").first()
    if found is None:
        raise UnknownMunicipality("No hay ningún municipio con ese nombre en esta instalación.")
    return Scope(found, f"{site}/{found.slug}")
