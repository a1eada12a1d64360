"""What the land-use plan (PUGS) and the ground itself say of a place."""

from django.contrib.gis.db import models
from django.contrib.postgres.indexes import GistIndex

from cadastre.models.ground import GroundFeature


class Sector(GroundFeature):
    """Sector · LADM LA_SpatialUnitGroup · es: sector catastral."""

    zone = models.CharField("zona", max_length=10, blank=True)
    geom = models.MultiPolygonField("geometría", srid=32717, spatial_index=False)

    class Meta:
        verbose_name = "sector catastral"
        verbose_name_plural = "sectores catastrales"
        indexes = [
            GistIndex(
                fields=["geom"], name="sector_geom", condition=models.Q(recorded__upper_inf=True)
            )
        ]


class HomogeneousZone(GroundFeature):
    """Homogeneous zone · LADM VM_MassAppraisal · es: zona homogénea (urbana o agroeconómica)."""

    class Kind(models.TextChoices):
        URBAN = "URBAN", "urbana"
        RURAL = "RURAL", "agroeconómica"

    kind = models.CharField("clase", max_length=5, choices=Kind.choices)
    soil_class = models.CharField("clase agrológica", max_length=10, blank=True)
    has_irrigation = models.BooleanField("con riego", null=True, blank=True)
    geom = models.MultiPolygonField("geometría", srid=32717, spatial_index=False)

    class Meta:
        verbose_name = "zona homogénea"
        verbose_name_plural = "zonas homogéneas"
        indexes = [
            GistIndex(
                fields=["geom"],
                name="homogeneous_zone_geom",
                condition=models.Q(recorded__upper_inf=True),
            )
        ]


class LandUseZone(GroundFeature):
    """Land-use polygon · LADM SP_PlanUnit · es: polígono de intervención territorial (PUGS).

    `minimum_lot_m2` and `minimum_front_m` decide what a subdivision may leave (the quality rules lot_below_minimum and
    lot_front_below_minimum stop its approval); `code` is the plan's.
    """

    use = models.CharField("uso principal", max_length=60)
    classification = models.CharField("clasificación del suelo", max_length=20, blank=True)
    minimum_lot_m2 = models.DecimalField(
        "lote mínimo (m²)", max_digits=12, decimal_places=2, null=True, blank=True
    )
    minimum_front_m = models.DecimalField(
        "frente mínimo (m)", max_digits=8, decimal_places=2, null=True, blank=True
    )
    max_floors = models.PositiveSmallIntegerField("pisos", null=True, blank=True)
    ground_cover_pct = models.DecimalField(
        "COS en planta baja (%)", max_digits=6, decimal_places=2, null=True, blank=True
    )
    total_cover_pct = models.DecimalField(
        "COS total (%)", max_digits=7, decimal_places=2, null=True, blank=True
    )
    setbacks = models.CharField("retiros", max_length=100, blank=True)
    geom = models.MultiPolygonField("geometría", srid=32717, spatial_index=False)

    class Meta:
        verbose_name = "polígono de uso del suelo"
        verbose_name_plural = "polígonos de uso del suelo"
        indexes = [
            GistIndex(
                fields=["geom"],
                name="land_use_zone_geom",
                condition=models.Q(recorded__upper_inf=True),
            )
        ]


class RiskArea(GroundFeature):
    """Risk area · es: área de riesgo (deslizamiento, inundación, lahares …)."""

    class Level(models.TextChoices):
        LOW = "LOW", "bajo"
        MEDIUM = "MEDIUM", "medio"
        HIGH = "HIGH", "alto"

    hazard = models.CharField("amenaza", max_length=60)
    level = models.CharField("nivel", max_length=6, choices=Level.choices)
    geom = models.MultiPolygonField("geometría", srid=32717, spatial_index=False)

    class Meta:
        verbose_name = "área de riesgo"
        verbose_name_plural = "áreas de riesgo"
        indexes = [
            GistIndex(
                fields=["geom"],
                name="risk_area_geom",
                condition=models.Q(recorded__upper_inf=True),
            )
        ]


class RavineEdge(GroundFeature):
    """Upper edge of a ravine · es: borde superior de quebrada. Nothing is built beyond it."""

    geom = models.MultiLineStringField("geometría", srid=32717, spatial_index=False)

    class Meta:
        verbose_name = "borde superior de quebrada"
        verbose_name_plural = "bordes superiores de quebrada"
        indexes = [
            GistIndex(
                fields=["geom"],
                name="ravine_edge_geom",
                condition=models.Q(recorded__upper_inf=True),
            )
        ]
