"""The office's words for the concepts of a title and for what keeps a predio from one, and its accounts."""

from collections.abc import Mapping

CONCEPT_NAMES: dict[str, str] = {
    "PROPERTY_TAX_URBAN": "Impuesto predial urbano",
    "PROPERTY_TAX_RURAL": "Impuesto predial rural",
    "FIRE_LEVY": "Cuerpo de Bomberos",
    "EMISSION_FEE": "Servicio administrativo",
    "EARLY_PAYMENT_DISCOUNT": "Descuento por pronto pago",
    "LATE_PAYMENT_SURCHARGE": "Recargo",
    "UNBUILT_LAND": "Recargo a solar no edificado",
    "PROMOTION_ZONE": "Recargo en zona de promoción inmediata",
    "INTEREST": "Interés por mora",
    "REMISSION": "Remisión",
    "RURAL_INSTALMENT_DISCOUNT": "Descuento del dividendo rural",
    "TRANSFER_TAX": "Alcabala",
    "TRANSFER_GAIN_TAX": "Utilidad y plusvalía",
    "IMPROVEMENT_CONTRIBUTION": "Contribución especial de mejoras",
}

# Money of others: it has its own account and is handed over (practice: the fire brigade's levy).
COLLECTED_FOR: dict[str, str] = {
    "FIRE_LEVY": "Cuerpo de Bomberos",
    "TRANSFER_TAX_PROVINCE": "Gobierno provincial",
}


def account_of(concept: str, accounts: Mapping[str, str]) -> str:
    """The budget or third-party account of a concept; empty where the ordinance names none."""
    return accounts.get(concept, "")


MISSING_NAMES: dict[str, str] = {
    "GROUND": "sin terreno registrado",
    "HOLDER": "sin titular",
    "PORTFOLIO": "otro predio del titular no tiene avalúo",
    "QUALITY": "la revisión de calidad lo impide",
    "GRANT": "una exoneración concedida que no se puede aplicar",
    "AREA": "sin área",
    "ZONE": "fuera de toda zona de valor",
    "LAND_VALUE": "la zona no tiene valor en la ordenanza",
    "BUILDING_COST": "estructura sin costo en la ordenanza",
    "BUILT_IN": "edificación sin año",
    "BUILT_AFTER_CUTOFF": "edificación posterior al corte",
    "TRAIT": "falta un dato que usa la tabla de factores",
    "FACTOR_ROW": "un dato sin fila en la tabla de la ordenanza",
    "SOIL_CLASSES": "clases de suelo incompletas",
    "WORK_COST": "obra complementaria sin costo en la ordenanza",
}

DOUBT_NAMES: dict[str, str] = {
    "AGE": "no se conoce la fecha de nacimiento de un titular",
    "PATRIMONY": "no se conoce el patrimonio de una persona adulta mayor",
    "INCOME": "no se conoce el ingreso de una persona adulta mayor",
    "AMOUNT": "el acto que concede la deducción no dice el monto",
    "SERVICES": "no se conocen los servicios básicos del solar",
}
