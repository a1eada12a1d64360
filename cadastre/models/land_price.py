from django.contrib.gis.db import models
from django.contrib.postgres.indexes import GistIndex

from gis_project.territory.models import Ordinance


class LandPrice(models.Model):
    """Price of the value plan · LADM VM_MassAppraisal · es: precio del plano de valor por nivel.

    An exception for one predio (with its reason), a road axis (with its line), a block, a sector; of a zone, whose
    value stands in LandValueZone, only the typical lot. Dollars per m² (URBAN) or per hectare (RURAL).
    """

    class Kind(models.TextChoices):
        URBAN = "URBAN", "urbano, USD por m²"
        RURAL = "RURAL", "rural, USD por hectárea"

    class Level(models.TextChoices):
        UNIT = "UNIT", "excepción del predio"
        AXIS = "AXIS", "eje vial"
        BLOCK = "BLOCK", "manzana"
        ZONE = "ZONE", "zona"
        SECTOR = "SECTOR", "sector"

    ordinance = models.ForeignKey(Ordinance, on_delete=models.PROTECT, related_name="land_prices")
    kind = models.CharField("clase", max_length=5, choices=Kind.choices)
    level = models.CharField("nivel", max_length=6, choices=Level.choices)
    code = models.CharField("código", max_length=60)
    value = models.DecimalField(
        "valor unitario (USD)", max_digits=14, decimal_places=4, null=True, blank=True
    )
    typical = models.JSONField("lote tipo", default=dict, blank=True)
    reason = models.CharField("motivo", max_length=300, blank=True)
    geom = models.MultiLineStringField(
        "eje", srid=32717, null=True, blank=True, spatial_index=False
    )

    class Meta:
        verbose_name = "precio del suelo"
        verbose_name_plural = "precios del suelo"
        indexes = [GistIndex(fields=["geom"], name="land_price_geom")]
        constraints = [
            models.UniqueConstraint(
                fields=["ordinance", "kind", "level", "code"], name="land_price_once"
            ),
            models.CheckConstraint(
                name="land_price_has_a_value",
                condition=models.Q(level="ZONE", value__isnull=True) | models.Q(value__gt=0),
            ),
            models.CheckConstraint(
                name="land_price_exception_has_a_reason",
                condition=~models.Q(level="UNIT") | ~models.Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.level} {self.code} [{self.pk}]"
