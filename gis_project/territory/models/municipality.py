from typing import ClassVar, Self

from django.contrib.gis.db import models
from django.core.validators import RegexValidator


class MunicipalityQuerySet(models.QuerySet["Municipality"]):
    def named(self, slug_or_code: str) -> Self:
        """The municipality whose slug or four-digit DPA code is given, as people type either."""
        return self.filter(models.Q(slug=slug_or_code) | models.Q(dpa_code=slug_or_code))


class Municipality(models.Model):
    """Municipality · LADM LA_AdministrativeAuthority · es: GAD municipal, cantón."""

    slug = models.SlugField("nombre en la dirección web", unique=True)
    dpa_code = models.CharField(
        "código DPA", max_length=4, unique=True, validators=[RegexValidator(r"^\d{4}$")]
    )
    name = models.CharField("cantón", max_length=100)
    official_name = models.CharField("nombre oficial", max_length=200)
    cadastre_office = models.CharField(
        "dependencia de avalúos y catastros",
        max_length=200,
        default="Dirección de Avalúos y Catastros",
    )
    legal_srid = models.PositiveIntegerField(
        "CRS legal",
        default=32717,
        help_text="Código EPSG en el que se calculan áreas, longitudes y planos.",
    )
    time_zone = models.CharField("zona horaria", max_length=50, default="America/Guayaquil")
    shows_value = models.BooleanField("publica el avalúo en la consulta individual", default=True)
    shows_debt = models.BooleanField(
        "publica lo que se debe en la consulta individual", default=True
    )
    is_sample = models.BooleanField("datos de muestra", default=False)
    geom = models.MultiPolygonField("límite", srid=32717, null=True, blank=True)

    objects: ClassVar[MunicipalityQuerySet] = MunicipalityQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "municipio"
        verbose_name_plural = "municipios"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="municipality_legal_srid_known",
                condition=models.Q(legal_srid__in=[32717, 32718, 31992, 31977, 31978, 31993]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.dpa_code})"
