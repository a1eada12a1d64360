from django.contrib.gis.db import models
from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator

from gis_project.territory.models.municipality import Municipality


class Parish(models.Model):
    """Parish · LADM LA_SpatialUnitGroup · es: parroquia."""

    class Kind(models.TextChoices):
        URBAN = "URBAN", "urbana"
        RURAL = "RURAL", "rural"

    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="parishes", verbose_name="municipio"
    )
    dpa_code = models.CharField(
        "código DPA", max_length=6, unique=True, validators=[RegexValidator(r"^\d{6}$")]
    )
    name = models.CharField("parroquia", max_length=100)
    aliases = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    kind = models.CharField("clase", max_length=5, choices=Kind.choices)
    geom = models.MultiPolygonField("límite", srid=32717, null=True, blank=True)
    origin = models.CharField("origen del límite", max_length=200, blank=True)
    updated_at = models.DateTimeField("actualizado", auto_now=True)

    class Meta:
        verbose_name = "parroquia"
        verbose_name_plural = "parroquias"
        ordering = ["dpa_code"]

    def __str__(self) -> str:
        return f"{self.name} ({self.dpa_code})"
