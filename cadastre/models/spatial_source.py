import uuid

from django.db import models

from cadastre.models.operation import Operation
from gis_project.territory.models import Municipality


class SpatialSource(models.Model):
    """Spatial source · LADM LA_SpatialSource · es: plano, levantamiento. How well the ground was measured."""

    class Method(models.TextChoices):
        GNSS_RTK = "GNSS_RTK", "GNSS en tiempo real"
        GNSS_STATIC = "GNSS_STATIC", "GNSS estático"
        TOTAL_STATION = "TOTAL_STATION", "estación total"
        PHOTOGRAMMETRY = "PHOTOGRAMMETRY", "restitución u ortofoto"
        TAPE = "TAPE", "cinta"
        DIGITISED = "DIGITISED", "digitalizado de un plano"
        COMPUTED = "COMPUTED", "calculado"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    method = models.CharField("método", max_length=20, choices=Method.choices)
    surveyor = models.CharField("profesional responsable", max_length=200, blank=True)
    licence = models.CharField("registro profesional", max_length=60, blank=True)
    surveyed_on = models.DateField("fecha", null=True, blank=True)
    accuracy_m = models.DecimalField(
        "exactitud (m)", max_digits=8, decimal_places=3, null=True, blank=True
    )
    source_srid = models.PositiveIntegerField("CRS de origen", null=True, blank=True)
    description = models.CharField("descripción", max_length=300, blank=True)
    file_sha256 = models.CharField("huella del archivo", max_length=64, blank=True)
    operation = models.ForeignKey(
        Operation, on_delete=models.PROTECT, related_name="spatial_sources", null=True, blank=True
    )

    class Meta:
        verbose_name = "levantamiento"
        verbose_name_plural = "levantamientos"
        constraints = [
            models.CheckConstraint(
                name="spatial_source_accuracy_positive",
                condition=models.Q(accuracy_m__isnull=True) | models.Q(accuracy_m__gt=0),
            )
        ]

    def __str__(self) -> str:
        return f"{self.method} [{self.id}]"
