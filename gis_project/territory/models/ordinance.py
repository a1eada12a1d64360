import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models

from gis_project.territory.models.municipality import Municipality
from gis_project.territory.models.user import User


class Ordinance(models.Model):
    """Ordinance · LADM LA_AdministrativeSource · es: ordenanza. A municipality's own law, with its validity.

    `parameters` holds the scalar values (taxed area, rate tables, fees …) in the shape that
    cadastre.valuation.ordinance documents; zones, prices and unit costs are rows of their own that point here.
    Once `content_hash` is set nothing of that changes, by the database's law; `locked_at` is its first emission.
    """

    class State(models.TextChoices):
        DRAFT = "DRAFT", "borrador"
        APPROVED = "APPROVED", "aprobada"
        WITHDRAWN = "WITHDRAWN", "retirada"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="ordinances"
    )
    subject = models.CharField("materia", max_length=40, default="PROPERTY_TAX")
    number = models.CharField("número", max_length=60)
    title = models.CharField("título", max_length=300)
    gazette = models.CharField("registro oficial", max_length=200, blank=True)
    valid = DateRangeField("vigencia")
    biennium = models.PositiveSmallIntegerField(
        "bienio: primer año", null=True, blank=True, help_text="Primer año que emite (COOTAD 496)."
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    parameters = models.JSONField("parámetros", default=dict)
    is_sample = models.BooleanField("de muestra", default=False)
    content_hash = models.CharField(
        "huella del contenido", max_length=64, blank=True, default="", db_default=""
    )
    drafted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField("aprobada el", null=True, blank=True)
    approval = models.CharField(
        "acto de aprobación", max_length=200, blank=True, default="", db_default=""
    )
    locked_at = models.DateTimeField("primera emisión", null=True, blank=True)

    class Meta:
        verbose_name = "ordenanza"
        verbose_name_plural = "ordenanzas"
        constraints = [
            ExclusionConstraint(
                name="ordinance_one_at_a_time",
                expressions=[
                    ("municipality", RangeOperators.EQUAL),
                    ("subject", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
                condition=models.Q(state="APPROVED"),
            ),
            models.CheckConstraint(
                name="ordinance_two_persons",
                condition=models.Q(drafted_by__isnull=True)
                | models.Q(approved_by__isnull=True)
                | ~models.Q(drafted_by=models.F("approved_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} [{self.id}]"
