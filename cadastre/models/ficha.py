from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models

from cadastre.models.property_unit import PropertyUnit
from cadastre.models.versioned import Versioned


class Ficha(Versioned):
    """Ficha predial · LADM ExtLandUse, ExtPhysicalBuildingUnit · es: ficha predial.

    `answers` holds the variables of cadastre/ficha/variables by their code; what they may be is data
    there, and operations check it. Nothing personal: people stand in Right, households apart.
    """

    unit = models.ForeignKey(PropertyUnit, on_delete=models.PROTECT, related_name="fichas")
    answers = models.JSONField("variables", default=dict)

    class Meta:
        verbose_name = "ficha predial"
        verbose_name_plural = "fichas prediales"
        constraints = [
            ExclusionConstraint(
                name="ficha_one_truth_a_day",
                expressions=[("unit", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
                condition=models.Q(recorded__upper_inf=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} [{self.pk}]"


class HouseholdRecord(Versioned):
    """Socio-demographic data of a predio's inhabitants · es: datos sociodemográficos. Protected, apart."""

    unit = models.ForeignKey(PropertyUnit, on_delete=models.PROTECT, related_name="households")
    answers = models.JSONField("variables", default=dict)

    class Meta:
        verbose_name = "datos sociodemográficos"
        verbose_name_plural = "datos sociodemográficos"
        constraints = [
            ExclusionConstraint(
                name="household_one_truth_a_day",
                expressions=[("unit", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
                condition=models.Q(recorded__upper_inf=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} [{self.pk}]"
