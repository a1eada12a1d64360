import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models

from gis_project.territory.models.municipality import Municipality


class Ordinance(models.Model):
    """Ordinance · LADM LA_AdministrativeSource · es: ordenanza. A municipality's own law, with its validity.

    `parameters` holds the scalar values (taxed area, rate tables, fees …) in the shape that
    cadastre.valuation.ordinance documents; zones and unit costs are rows of their own that point here.
    """

    class State(models.TextChoices):
        DRAFT = "DRAFT", "borrador"
        APPROVED = "APPROVED", "aprobada"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="ordinances"
    )
    subject = models.CharField("materia", max_length=40, default="PROPERTY_TAX")
    number = models.CharField("número", max_length=60)
    title = models.CharField("título", max_length=300)
    gazette = models.CharField("registro oficial", max_length=200, blank=True)
    valid = DateRangeField("vigencia")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    parameters = models.JSONField("parámetros", default=dict)
    is_sample = models.BooleanField("de muestra", default=False)

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
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} [{self.id}]"
