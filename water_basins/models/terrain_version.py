from typing import ClassVar, Self

from django.contrib.gis.db import models
from django.core.validators import RegexValidator

from gis_project.territory.models import Municipality, User


class TerrainVersionQuerySet(models.QuerySet["TerrainVersion"]):
    def current(self, municipality: Municipality) -> Self:
        """The municipality's terrains, the one in use first: the last imported."""
        return self.filter(municipality=municipality).order_by("-imported_at")


class TerrainVersion(models.Model):
    """Terrain version · es: modelo del terreno. Which index of flow a municipality's basins come from.

    The index itself lies under LINDERO_VAR/basins, in the folder named `version`; positions and outlets hold for
    that version alone. Rows are never changed: another terrain, other parameters, or an earlier one taken into use
    again, are another row. Rows of one version share its index.
    """

    class Surface(models.TextChoices):
        GROUND = "GROUND", "suelo (MDT)"
        COVERED = "COVERED", "superficie con copas y techos (MDS)"

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)
    version = models.CharField(
        "versión del índice", max_length=32, validators=[RegexValidator(r"^[0-9a-f]{32}$")]
    )
    title = models.CharField("nombre y fuente", max_length=200)
    surface = models.CharField("qué mide", max_length=10, choices=Surface.choices)
    source_sha256 = models.CharField("huella SHA-256 del archivo", max_length=64)
    crs = models.TextField("CRS")
    rows = models.PositiveIntegerField("filas")
    columns = models.PositiveIntegerField("columnas")
    stream_cells = models.PositiveIntegerField(
        "celdas que hacen un cauce",
        help_text="Desde cuántas celdas aguas arriba se propone un cauce como captación.",
    )
    conditioning = models.JSONField("sumideros y cauces declarados", default=dict)
    pits = models.PositiveIntegerField("hoyos a los que se dio salida")
    geom = models.PolygonField("extensión", srid=32717)
    imported_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True)
    imported_at = models.DateTimeField("importado", auto_now_add=True)

    objects: ClassVar[TerrainVersionQuerySet] = TerrainVersionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "modelo del terreno"
        verbose_name_plural = "modelos del terreno"
        ordering = ["-imported_at"]

    def __str__(self) -> str:
        return f"{self.title} ({self.version[:8]})"
