"""Words for stored codes, so that pages never show a code in capitals; an unknown code is shown as it is."""

from django.utils.translation import gettext_lazy as _

CODE_WORDS = {
    # structures of buildings
    "REINFORCED_CONCRETE": _("Hormigón armado"),
    "CONCRETE": _("Hormigón armado"),
    "STEEL": _("Acero"),
    "BRICK": _("Ladrillo"),
    "BLOCK": _("Bloque"),
    "WOOD": _("Madera"),
    "ADOBE": _("Adobe"),
    "MIXED": _("Mixta"),
    # tenure
    "OWNERSHIP": _("Dominio"),
    "POSSESSION": _("Posesión"),
    "RIGHTS_AND_ACTIONS": _("Derechos y acciones"),
    "HEIRS": _("Herederos"),
    "COMMUNAL": _("Comunal"),
    "PUBLIC": _("Público"),
    "PENDING_AWARD": _("Adjudicación en trámite"),
    "USUFRUCT": _("Usufructo"),
    # ground
    "URBAN": _("urbano"),
    "RURAL": _("rural"),
}
