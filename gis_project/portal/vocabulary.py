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
    "GREENHOUSE": _("Invernadero"),
    "UNKNOWN": _("Sin determinar"),
    # uses of ground and buildings
    "HOUSING": _("Vivienda"),
    "ANNEX": _("Anexo"),
    "COMMERCE": _("Comercio"),
    "RESIDENTIAL": _("Residencial"),
    "VACANT": _("Sin construir"),
    "PASTURE": _("Pastos"),
    "CROPS": _("Cultivos"),
    "FOREST": _("Bosque"),
    "FLORICULTURE": _("Floricultura"),
    "INSTITUTIONAL": _("Institucional"),
    "EDUCATION": _("Educación"),
    "SCHOOL": _("Educación"),
    "HEALTH": _("Salud"),
    "MARKET": _("Mercado"),
    "PARK": _("Parque"),
    "GREEN": _("Área verde"),
    "CEMETERY": _("Cementerio"),
    "STADIUM": _("Estadio"),
    "SPORT": _("Deporte"),
    "PLAZA": _("Plaza"),
    "FAIR": _("Recinto ferial"),
    "COMMUNITY": _("Casa comunal"),
    "WORSHIP": _("Culto"),
    "INDUSTRY": _("Industria"),
    "AGRICULTURE": _("Agropecuario"),
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

# The lines of value and bill by their stable concept; the law's files hold the same words for exports.
CONCEPT_WORDS = {
    "LAND": _("Valor del suelo"),
    "BUILDING": _("Valor de la edificación"),
    "REPLACEMENT_COST": _("Costo de reposición"),
    "DEPRECIATION": _("Depreciación"),
    "MIGRATED_LAND": _("Avalúo migrado del suelo"),
    "MIGRATED_BUILDINGS": _("Avalúo migrado de las edificaciones"),
    "MIGRATED_OTHER": _("Otros componentes del avalúo migrado"),
    "PROPERTY_TAX_URBAN": _("Impuesto a los predios urbanos"),
    "PROPERTY_TAX_RURAL": _("Impuesto a los predios rurales"),
    "EMISSION_FEE": _("Servicio administrativo por emisión"),
    "FIRE_LEVY": _("Cuerpo de Bomberos"),
    "EARLY_PAYMENT_DISCOUNT": _("Descuento por pronto pago"),
    "LATE_PAYMENT_SURCHARGE": _("Recargo por pago tardío"),
}

# Refusals that a public page may show; the domain says them in Spanish.
REFUSALS = (
    _(
        "No hay un predio con esa clave o ese número en este municipio. "
        "Revise los dígitos o búsquelo por la dirección."
    ),
    _("No hay tal municipio entre los suyos."),
    _(
        "El catastro no conoce este predio en esa fecha. "
        "Pregunte sin «on», o por una fecha posterior."
    ),
    _("La fecha se escribe AAAA-MM-DD, por ejemplo 2026-03-02."),
)
