"""The municipality that an address names, or the page that says there is none."""

from django.http import Http404
from django.utils.translation import gettext as _

from gis_project.territory.models import Municipality
from gis_project.territory.scope import enter


def municipality_or_404(slug_or_code: str) -> Municipality:
    """The municipality of a slug or four-digit DPA code, entered; ``Http404`` with a sentence for the reader."""
    found = Municipality.objects.named(slug_or_code).first()
    if found is None:
        raise Http404(_("No hay ningún municipio con ese nombre en esta instalación."))
    enter(found)
    return found
