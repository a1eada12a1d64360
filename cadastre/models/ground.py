import uuid

from django.contrib.gis.db import models
from django.contrib.postgres.indexes import GistIndex

from cadastre.models.versioned import Versioned
from gis_project.territory.models import Ordinance, Parish


class GroundFeature(Versioned):
    """What the map shows besides parcels; `feature_id` is the permanent identity over its versions."""

    feature_id = models.UUIDField("identificador permanente", default=uuid.uuid4, db_index=True)
    parish = models.ForeignKey(
        Parish, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    code = models.CharField("código", max_length=40, blank=True)
    name = models.CharField("nombre", max_length=200, blank=True)
    origin = models.CharField("origen", max_length=200, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.code or self.name} [{self.pk}]"


class Block(GroundFeature):
    """Block · LADM LA_SpatialUnitGroup · es: manzana, polígono rural."""

    zone = models.CharField("zona", max_length=10, blank=True)
    sector = models.CharField("sector catastral", max_length=10, blank=True)
    geom = models.MultiPolygonField("geometría", srid=32717, spatial_index=False)

    class Meta:
        verbose_name = "manzana"
        verbose_name_plural = "manzanas"
        indexes = [
            GistIndex(
                fields=["geom"], name="block_geom", condition=models.Q(recorded__upper_inf=True)
            )
        ]


class Neighbourhood(GroundFeature):
    """Neighbourhood · LADM LA_SpatialUnitGroup · es: barrio."""

    geom = models.MultiPolygonField("geometría", srid=32717, spatial_index=False)

    class Meta:
        verbose_name = "barrio"
        verbose_name_plural = "barrios"
        indexes = [
            GistIndex(
                fields=["geom"],
                name="neighbourhood_geom",
                condition=models.Q(recorded__upper_inf=True),
            )
        ]


class Road(GroundFeature):
    """Road centre line · es: vía, calle."""

    width_m = models.DecimalField(
        "ancho (m)", max_digits=6, decimal_places=2, null=True, blank=True
    )
    surface = models.CharField("capa de rodadura", max_length=30, blank=True)
    geom = models.MultiLineStringField("geometría", srid=32717, spatial_index=False)

    class Meta:
        verbose_name = "vía"
        verbose_name_plural = "vías"
        indexes = [
            GistIndex(
                fields=["geom"], name="road_geom", condition=models.Q(recorded__upper_inf=True)
            )
        ]


class UrbanLimit(GroundFeature):
    """Urban limit · es: límite urbano. Fixed by ordinance; decides urban or rural tax (COOTAD 501)."""

    geom = models.MultiPolygonField("geometría", srid=32717, spatial_index=False)

    class Meta:
        verbose_name = "límite urbano"
        verbose_name_plural = "límites urbanos"
        indexes = [
            GistIndex(
                fields=["geom"],
                name="urban_limit_geom",
                condition=models.Q(recorded__upper_inf=True),
            )
        ]


class LandValueZone(GroundFeature):
    """Land value zone · LADM VM_MassAppraisal · es: zona de valor del suelo (plano de valor, AIVA)."""

    class Kind(models.TextChoices):
        URBAN = "URBAN", "urbana, USD por m²"
        RURAL = "RURAL", "rural, USD por hectárea"

    ordinance = models.ForeignKey(
        Ordinance, on_delete=models.PROTECT, related_name="land_value_zones"
    )
    kind = models.CharField("clase", max_length=5, choices=Kind.choices)
    value = models.DecimalField("valor unitario (USD)", max_digits=14, decimal_places=4)
    geom = models.MultiPolygonField("geometría", srid=32717, spatial_index=False)

    class Meta:
        verbose_name = "zona de valor del suelo"
        verbose_name_plural = "zonas de valor del suelo"
        indexes = [
            GistIndex(
                fields=["geom"],
                name="land_value_zone_geom",
                condition=models.Q(recorded__upper_inf=True),
            )
        ]
        constraints = [
            models.CheckConstraint(name="land_value_positive", condition=models.Q(value__gt=0))
        ]
