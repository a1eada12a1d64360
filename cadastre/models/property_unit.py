import uuid

from django.db import models

from cadastre.models.parcel import Parcel
from gis_project.territory.models import Municipality


class PropertyUnit(models.Model):
    """Property unit · LADM LA_BAUnit · es: predio. The legal unit that carries rights, value and tax.

    A plain predio has one parcel; each unit of a condominium shares the parcel and has an aliquot.
    `number` is the *número de predio* people know from their receipts.
    """

    class Kind(models.TextChoices):
        WHOLE = "WHOLE", "predio"
        CONDOMINIUM = "CONDOMINIUM", "unidad en propiedad horizontal"

    class State(models.TextChoices):
        ACTIVE = "ACTIVE", "activo"
        OBSERVED = "OBSERVED", "observado"
        RETIRED = "RETIRED", "dado de baja"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="property_units"
    )
    parcel = models.ForeignKey(
        Parcel, on_delete=models.PROTECT, related_name="property_units", null=True, blank=True
    )
    kind = models.CharField("clase", max_length=12, choices=Kind.choices, default=Kind.WHOLE)
    state = models.CharField("estado", max_length=10, choices=State.choices, default=State.ACTIVE)
    number = models.CharField("número de predio", max_length=30, null=True, blank=True)  # noqa: DJ001 -- unique and optional needs NULL
    aliquot = models.DecimalField(
        "alícuota", max_digits=12, decimal_places=10, null=True, blank=True
    )
    is_taxable = models.BooleanField(
        "se emite título",
        default=True,
        help_text="Falso en la matriz de una propiedad horizontal, cuyas unidades tributan.",
    )
    revision = models.PositiveIntegerField(
        "revisión",
        default=0,
        db_default=0,
        help_text="Crece con cada acto: quien edita dice sobre cuál trabajó.",
    )
    opened_by = models.ForeignKey("cadastre.Operation", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField("creado", auto_now_add=True)

    class Meta:
        verbose_name = "predio"
        verbose_name_plural = "predios"
        indexes = [
            models.Index(
                fields=["parcel"],
                name="property_unit_of_ground",
                condition=models.Q(kind="WHOLE"),
                include=["id"],
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "number"], name="property_unit_number_once"
            ),
            models.CheckConstraint(
                name="property_unit_aliquot",
                condition=models.Q(kind="WHOLE", aliquot__isnull=True)
                | models.Q(kind="CONDOMINIUM", aliquot__gt=0, aliquot__lte=1),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number or '–'} [{self.id}]"
