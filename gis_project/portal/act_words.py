"""The words of acts and proposals that pages show for stored codes."""

from django.utils.translation import gettext_lazy as _

STATE_WORDS = {
    "DRAFT": _("Borrador"),
    "SUBMITTED": _("Presentada"),
    "RETURNED": _("Devuelta"),
    "APPROVED": _("Aprobada"),
    "EFFECTIVE": _("Vigente"),
    "WITHDRAWN": _("Retirada"),
}
STATE_TAGS = {
    "RETURNED": "tag--warn",
    "APPROVED": "tag--good",
    "EFFECTIVE": "tag--good",
    "WITHDRAWN": "tag--bad",
}
LEDGER_WORDS = {
    "CLOSED": _("Terreno que se cierra"),
    "OPENED": _("Terreno que se abre"),
    "CHANGED": _("Terreno que sigue, con su cambio"),
    "ROUNDING": _("Redondeo al milímetro"),
    "MEASURED": _("Nueva medición"),
    "ENTERED": _("Ingresa al catastro"),
    "LEFT": _("Sale del catastro"),
}
DOCUMENT_WORDS = {
    "DEED": _("Escritura"),
    "RESOLUTION": _("Resolución o autorización"),
    "INSCRIPTION": _("Inscripción en el Registro de la Propiedad"),
    "COURT_ORDER": _("Orden judicial o sentencia"),
    "OWNERS_ACT": _("Acta o convenio de los propietarios"),
    "REQUEST": _("Solicitud"),
    "TECHNICAL_REPORT": _("Informe técnico"),
    "PLANNING_REPORT": _("Informe de regulación (IPRUS)"),
    "BUILDING_PERMIT": _("Permiso de construcción o demolición"),
    "CONDOMINIUM_STATEMENT": _("Declaratoria de propiedad horizontal"),
    "NO_DEBT_CERTIFICATE": _("Certificado de no adeudar al municipio"),
    "ENCUMBRANCE_CERTIFICATE": _("Certificado de gravámenes"),
    "DEATH_CERTIFICATE": _("Partida de defunción o posesión efectiva"),
    "SURVEY": _("Levantamiento planimétrico"),
}
BURDEN_WORDS = {
    "MORTGAGE": _("Hipoteca"),
    "SEIZURE": _("Embargo"),
    "SALE_BAN": _("Prohibición de enajenar"),
    "FAMILY_PATRIMONY": _("Patrimonio familiar"),
    "EASEMENT": _("Servidumbre"),
    "PUBLIC_UTILITY": _("Declaratoria de utilidad pública"),
    "CLAIM": _("Demanda inscrita"),
    "ROAD_WIDENING": _("Afectación vial"),
    "PROTECTION": _("Área de protección"),
    "MAINTENANCE": _("Mantenimiento"),
    "ENCLOSURE": _("Cerramiento"),
    "REFORESTATION": _("Reforestación o conservación"),
    "GREEN_AREA": _("Contribución de área verde o comunal"),
    "WORKS": _("Ejecución de obras"),
}
