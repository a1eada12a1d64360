import uuid

from django.db import models

from cadastre.models.party import Party
from cadastre.models.property_unit import PropertyUnit
from cadastre.models.versioned import Versioned


class Encumbrance(Versioned):
    """What binds a predio besides its holders' rights; `encumbrance_id` is the identity over its versions."""

    encumbrance_id = models.UUIDField("identificador permanente", default=uuid.uuid4, db_index=True)
    unit = models.ForeignKey(PropertyUnit, on_delete=models.PROTECT, related_name="%(class)ss")
    beneficiary = models.ForeignKey(
        Party, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    description = models.CharField("descripción", max_length=500, blank=True)

    class Meta:
        abstract = True


class Restriction(Encumbrance):
    """Restriction · LADM LA_Restriction, LA_Mortgage · es: gravamen, limitación del dominio."""

    class Kind(models.TextChoices):
        MORTGAGE = "MORTGAGE", "hipoteca"
        SEIZURE = "SEIZURE", "embargo"
        SALE_BAN = "SALE_BAN", "prohibición de enajenar"
        FAMILY_PATRIMONY = "FAMILY_PATRIMONY", "patrimonio familiar"
        EASEMENT = "EASEMENT", "servidumbre"
        PUBLIC_UTILITY = "PUBLIC_UTILITY", "declaratoria de utilidad pública"
        CLAIM = "CLAIM", "demanda inscrita"
        ROAD_WIDENING = "ROAD_WIDENING", "afectación vial"
        PROTECTION = "PROTECTION", "área de protección"

    kind = models.CharField("clase", max_length=20, choices=Kind.choices)
    amount = models.DecimalField(
        "monto (USD)", max_digits=14, decimal_places=2, null=True, blank=True
    )
    rank = models.PositiveSmallIntegerField("grado", null=True, blank=True)

    class Meta:
        verbose_name = "gravamen"
        verbose_name_plural = "gravámenes"
        constraints = [
            models.CheckConstraint(
                name="restriction_amount_positive",
                condition=models.Q(amount__isnull=True) | models.Q(amount__gt=0),
            ),
            models.CheckConstraint(
                name="restriction_rank_of_mortgage",
                condition=models.Q(rank__isnull=True) | models.Q(kind="MORTGAGE"),
            ),
        ]
        indexes = [
            models.Index(
                fields=["unit"],
                name="restriction_unit",
                condition=models.Q(recorded__upper_inf=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} [{self.pk}]"


class Responsibility(Encumbrance):
    """Responsibility · LADM LA_Responsibility · es: obligación (mantener, cerrar, reforestar, pagar una obra)."""

    class Kind(models.TextChoices):
        MAINTENANCE = "MAINTENANCE", "mantenimiento"
        ENCLOSURE = "ENCLOSURE", "cerramiento"
        REFORESTATION = "REFORESTATION", "reforestación o conservación"
        GREEN_AREA = "GREEN_AREA", "contribución de área verde o comunal"
        WORKS = "WORKS", "ejecución de obras"

    kind = models.CharField("clase", max_length=20, choices=Kind.choices)

    class Meta:
        verbose_name = "obligación"
        verbose_name_plural = "obligaciones"
        indexes = [
            models.Index(
                fields=["unit"],
                name="responsibility_unit",
                condition=models.Q(recorded__upper_inf=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} [{self.pk}]"
