from django.db import models

from cadastre.models.operation import Operation
from cadastre.models.property_unit import PropertyUnit
from gis_project.territory.models import Municipality, Ordinance


class BuildingCost(models.Model):
    """Unit cost of a structure · LADM VM_Building · es: valor de reposición por m² (tabla de la ordenanza)."""

    ordinance = models.ForeignKey(
        Ordinance, on_delete=models.PROTECT, related_name="building_costs"
    )
    structure = models.CharField("estructura", max_length=30)
    cost_per_m2 = models.DecimalField("USD por m²", max_digits=12, decimal_places=4)
    useful_life_years = models.PositiveSmallIntegerField("vida útil (años)")
    residual_pct = models.DecimalField(
        "valor residual (%)", max_digits=5, decimal_places=2, default=0
    )

    class Meta:
        verbose_name = "costo de construcción"
        verbose_name_plural = "costos de construcción"
        constraints = [
            models.UniqueConstraint(fields=["ordinance", "structure"], name="building_cost_once")
        ]

    def __str__(self) -> str:
        return f"{self.structure} [{self.pk}]"


class MigratedValue(models.Model):
    """Value taken over from the old system for one year · es: avalúo migrado."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(PropertyUnit, on_delete=models.PROTECT, related_name="migrated_values")
    year = models.PositiveSmallIntegerField("año")
    land_value = models.DecimalField("avalúo del suelo", max_digits=14, decimal_places=2)
    building_value = models.DecimalField(
        "avalúo de la construcción", max_digits=14, decimal_places=2
    )
    total_value = models.DecimalField("avalúo total", max_digits=14, decimal_places=2)
    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "avalúo migrado"
        verbose_name_plural = "avalúos migrados"
        constraints = [models.UniqueConstraint(fields=["unit", "year"], name="migrated_value_once")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.year}"
