"""The history of one predio: its lineage, what was true and what was known, and every square metre's account."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cadastre.acts.act_law import acts
from cadastre.models import PropertyUnit
from cadastre.queries.fate import fate_of
from cadastre.queries.life_of_ground import LifeOfGround, life_of_ground
from cadastre.queries.lineage import Lineage, lineage_of
from cadastre.queries.lineage_acts import LineageAct, lineage_acts
from cadastre.queries.properties import find_property, property_facts
from gis_project.portal.audience import what_is_seen
from gis_project.portal.day_asked import day_asked
from gis_project.portal.lineage_drawing import draw_lineage
from gis_project.portal.lookups import asker_of, check_look_up
from gis_project.portal.municipality_of import municipality_or_404
from gis_project.territory.clock import today_in


@require_safe
def property_history(request: HttpRequest, municipality: str, key: str) -> HttpResponse:
    """Public and without JavaScript; who reads the register's history also sees the acts on holders, unnamed."""
    place = municipality_or_404(municipality)
    day, today = day_asked(request, place), today_in(place)
    sees = what_is_seen(request, municipality=place, on=today)
    if sees.is_public:
        check_look_up(asker_of(request), municipality=place, tells_money=False)
    unit = find_property(municipality=place, text=key, on=day)
    facts = property_facts(unit, on=day)
    found = (
        lineage_of(unit.parcel_id, municipality=place, on=day)
        if unit.parcel_id is not None
        else None
    )
    life = life_of_ground(unit, with_rights="history" in sees.parcel)
    fate = fate_of(unit, on=day)
    shown_key = facts.key or (fate.key if fate else key)
    page = reverse("property", args=[place.slug, shown_key])
    if fate is None and day != today:
        page += f"?on={day}"
    trail = [
        (_("Municipios"), reverse("start")),
        (place.name, reverse("municipality", args=[place.slug])),
        (_("Predio %s") % (facts.number or shown_key), page),
        (_("Historia"), None),
    ]
    context = {
        "municipality": place,
        "facts": facts,
        "fate": fate,
        "shown_key": shown_key,
        "day": day,
        "is_past": day < today,
        "trail": trail,
        "lineage": found,
        "drawing": draw_lineage(found) if found and found.edges else None,
        "life": life,
        "acts": _all_acts(unit, found, life),
        "one_day": timedelta(days=1),
    }
    return render(request, "portal/history.html", context)


def _all_acts(
    unit: PropertyUnit, found: Lineage | None, life: LifeOfGround
) -> tuple[LineageAct, ...]:
    """The acts of the lineage and of the ground's own life, in their order; loads and neighbours' acts left out."""
    wanted = {act.operation_id for act in found.acts} if found else set()
    wanted |= {act.operation_id for act in life.learnt if not act.is_of_neighbour}
    return tuple(act for act in lineage_acts(wanted, known=None) if act.verb in acts())
