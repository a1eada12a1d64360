"""The choices by which forms describe land: class, parish, use."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from gis_project.portal.vocabulary import CODE_WORDS
from gis_project.territory.models import Municipality, Parish

KINDS: list[tuple[str, Any]] = [("URBAN", _("Urbano")), ("RURAL", _("Rural"))]
_USES = (
    "RESIDENTIAL",
    "COMMERCE",
    "MIXED",
    "INDUSTRY",
    "INSTITUTIONAL",
    "EDUCATION",
    "HEALTH",
    "WORSHIP",
    "SPORT",
    "GREEN",
    "CEMETERY",
    "AGRICULTURE",
    "CROPS",
    "PASTURE",
    "FLORICULTURE",
    "FOREST",
    "VACANT",
)


def parish_choices(town: Municipality) -> list[tuple[str, Any]]:
    """The town's parishes by their DPA code, after none."""
    parishes = Parish.objects.filter(municipality=town).order_by("name")
    return [("", _("Sin determinar")), *parishes.values_list("dpa_code", "name")]


def land_use_choices(*, held: str = "") -> list[tuple[str, Any]]:
    """The uses by their code, after none; ``held`` is what the register says, perhaps another system's word."""
    known: dict[str, Any] = {code: CODE_WORDS[code] for code in _USES}
    if held and held not in known:
        known[held] = CODE_WORDS.get(held, held)
    return [("", _("Sin determinar")), *known.items()]
