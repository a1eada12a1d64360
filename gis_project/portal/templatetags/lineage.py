"""Words for acts, ledger lines and documents, and short figures for the drawing of a lineage."""

from decimal import Decimal
from typing import Any

from django import template
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from gis_project.portal.act_words import DOCUMENT_WORDS, LEDGER_WORDS
from gis_project.portal.templatetags.lindero import number, pretty_key

register = template.Library()

ACTS = {
    "register_parcel": _("Incorporación de un predio al catastro"),
    "map_parcel": _("Primera geometría de un predio sin mapa"),
    "split_parcel": _("Fraccionamiento o subdivisión"),
    "merge_parcels": _("Integración o unificación de lotes"),
    "adjust_boundary": _("Ajuste del lindero común"),
    "rectify_area": _("Regularización de excedentes y diferencias"),
    "correct_attributes": _("Corrección de datos del predio"),
    "transfer_rights": _("Transferencia de dominio"),
    "correct_rights": _("Corrección de la tenencia de un predio"),
    "correct_party": _("Corrección de los datos de un titular"),
    "end_right": _("Fin de un usufructo o una posesión"),
    "change_key": _("Cambio de clave catastral"),
    "constitute_condominium": _("Declaratoria de propiedad horizontal"),
    "add_building": _("Incorporación de una edificación"),
    "correct_building": _("Corrección de una edificación"),
    "demolish_building": _("Baja de una edificación"),
    "add_complementary_work": _("Incorporación de una obra complementaria"),
    "correct_complementary_work": _("Corrección de una obra complementaria"),
    "remove_complementary_work": _("Baja de una obra complementaria"),
    "register_encumbrance": _("Inscripción de un gravamen o una obligación"),
    "lift_encumbrance": _("Cancelación de un gravamen o una obligación"),
    "retire_parcel": _("Baja de un predio"),
    "import_parcels": _("Carga del mapa predial"),
    "import_register": _("Carga de titulares y avalúos"),
    "load_samples": _("Carga de datos de muestra"),
}
SHORT_ACTS = {
    "split_parcel": _("Fraccionamiento"),
    "merge_parcels": _("Unificación"),
    "constitute_condominium": _("Propiedad horizontal"),
}
# The office's own documents of an import stand in a history too; no counter brings them.
_DOCUMENTS = DOCUMENT_WORDS | {
    "MIGRATION": _("Migración del sistema anterior"),
    "SAMPLE": _("Datos de muestra"),
}
STATES = {
    "ACTIVE": pgettext_lazy("predio", "vigente"),
    "OBSERVED": pgettext_lazy("predio", "vigente, observado"),
    "RETIRED": pgettext_lazy("predio", "dado de baja"),
}
LONGEST_KEY = 23


@register.filter
def act_word(act: Any) -> str:
    """What an act is called in the reader's language; in Spanish with its cause, as the law says it."""
    if get_language() == "es":
        return str(act.title)
    return str(ACTS.get(act.verb, act.title))


@register.filter
def act_short(verb: str) -> str:
    """An act in as few words as fit under its dot."""
    return str(SHORT_ACTS.get(verb) or ACTS.get(verb) or _("Acto catastral"))


@register.filter
def ledger_word(kind: str) -> str:
    """The kind of a line of the area ledger."""
    return str(LEDGER_WORDS.get(kind, kind))


@register.filter
def document_word(kind: str) -> str:
    """The kind of a document, also of an import's."""
    return str(_DOCUMENTS.get(kind, kind))


@register.filter
def node_state(state: str) -> str:
    return str(STATES.get(state, state))


@register.filter
def short_key(key: str | None) -> str:
    """A key as the box has room for it."""
    if not key:
        return "–"
    told = pretty_key(key)
    return told if len(told) <= LONGEST_KEY else f"{told[: LONGEST_KEY - 1]}…"


@register.filter
def short_area(area_m2: Decimal | None) -> str:
    """m² below a hectare, hectares above; a dash without map."""
    if area_m2 is None:
        return "–"
    if area_m2 < 10_000:
        return f"{number(area_m2, 2)}\u00a0m²"
    return f"{number(area_m2 / 10_000, 4)}\u00a0ha"


@register.filter
def signed_area(area_m2: Decimal) -> str:
    """An exact area of the ledger with its sign: ``−400,0000000 m²``."""
    sign = "−" if area_m2 < 0 else "+" if area_m2 > 0 else ""
    return f"{sign}{number(abs(area_m2), 7)}\u00a0m²"
