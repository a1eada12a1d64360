from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.contrib.postgres.fields.ranges import RangeStartsWith
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from cadastre.models.property_unit import PropertyUnit
from cadastre.models.versioned import Versioned


class KeyAlias(Versioned):
    """Cadastral key of a property unit, with its dates · LADM uID/suID · es: clave catastral.

    `normalised` is what cadastre.keys.any_key makes of the text: searches compare only that. A unit has one
    principal key at a time and any number of older or foreign ones, kept for ever.
    """

    class Scheme(models.TextChoices):
        NATIONAL = "NATIONAL", "clave nacional de 24 dígitos"
        LEGACY = "LEGACY", "clave anterior"
        PROVISIONAL = "PROVISIONAL", "clave provisional"

    unit = models.ForeignKey(PropertyUnit, on_delete=models.PROTECT, related_name="keys")
    text = models.CharField("clave", max_length=60)
    normalised = models.CharField("clave normalizada", max_length=60)
    scheme = models.CharField("esquema", max_length=12, choices=Scheme.choices)
    is_principal = models.BooleanField("principal", default=True)

    class Meta:
        verbose_name = "clave catastral"
        verbose_name_plural = "claves catastrales"
        constraints = [
            ExclusionConstraint(
                name="key_belongs_to_one_unit",
                expressions=[
                    ("municipality", RangeOperators.EQUAL),
                    ("normalised", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
                condition=models.Q(recorded__upper_inf=True),
            ),
            ExclusionConstraint(
                name="unit_has_one_principal_key",
                expressions=[("unit", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
                condition=models.Q(recorded__upper_inf=True, is_principal=True),
            ),
        ]
        indexes = [
            models.Index(
                "unit",
                RangeStartsWith("valid").desc(),  # the newest first, found without sorting
                name="key_alias_principal",
                condition=models.Q(recorded__upper_inf=True, is_principal=True),
                include=["text", "valid"],
            ),
            models.Index(fields=["municipality", "normalised"], name="key_alias_lookup"),
            GinIndex(fields=["normalised"], opclasses=["gin_trgm_ops"], name="key_alias_trigram"),
        ]

    def __str__(self) -> str:
        return f"{self.text} [{self.pk}]"
