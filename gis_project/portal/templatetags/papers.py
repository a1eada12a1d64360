"""Words for the facts, states and kinds of papers."""

from decimal import Decimal
from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gis_project.portal.templatetags.lindero import pretty_key, square_metres, usd

register = template.Library()

FACTS = {
    "key": gettext_lazy("Clave catastral"),
    "state": gettext_lazy("Estado del predio"),
    "legal_area_m2": gettext_lazy("Área catastral"),
    "value": gettext_lazy("Avalúo catastral"),
    "value_year": gettext_lazy("Año del avalúo"),
    "owes_nothing": gettext_lazy("No adeuda por el predio"),
    "boundary": gettext_lazy("Huella de los linderos"),
    "land_use": gettext_lazy("Polígono de uso del suelo"),
    "minimum_lot_m2": gettext_lazy("Lote mínimo"),
    "risks": gettext_lazy("Riesgos"),
    "ravine_edge": gettext_lazy("Borde de quebrada"),
    "predios": gettext_lazy("Predios a su nombre en el cantón"),
}
STATES = {
    "ACTIVE": gettext_lazy("activo"),
    "OBSERVED": gettext_lazy("observado"),
    "RETIRED": gettext_lazy("dado de baja"),
}
KINDS = {
    "APPRAISAL": gettext_lazy("Certificado de avalúos y catastro"),
    "HOLDINGS": gettext_lazy("Certificado de poseer o no poseer bienes inmuebles"),
    "NO_DEBT": gettext_lazy("Certificado de no adeudar"),
    "PLANNING_REPORT": gettext_lazy("Informe predial de regulación y uso del suelo (IPRUS)"),
    "BOUNDARIES": gettext_lazy("Descripción de linderos"),
    "PLAN": gettext_lazy("Plano del predio"),
}
JOB_STATES = {
    "QUEUED": gettext_lazy("En cola"),
    "RUNNING": gettext_lazy("En curso"),
    "DONE": gettext_lazy("Terminado"),
    "FAILED": gettext_lazy("Falló"),
}
METHODS = {
    "TEST_KEY": gettext_lazy("firma de prueba, sin valor legal"),
    "UPLOAD": gettext_lazy("firma electrónica del funcionario"),
    "BATCH_KEY": gettext_lazy("llave institucional"),
}


@register.filter
def paper_kind(kind: str) -> str:
    return str(KINDS[kind])


@register.filter
def job_state(state: str) -> str:
    return str(JOB_STATES[state])


@register.filter
def signing_method(method: str) -> str:
    return str(METHODS[method])


@register.filter
def fact_name(name: str) -> str:
    return str(FACTS[name])


@register.filter
def fact_value(value: Any, name: str) -> str:
    """The fact in the reader's words and figures; a dash for none."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("sí") if value else _("no")
    if name == "state":
        return str(STATES[value])
    if name == "key":
        return pretty_key(value)
    if name == "legal_area_m2":
        return square_metres(Decimal(value))
    if name == "value":
        return usd(Decimal(value))
    return str(value)
