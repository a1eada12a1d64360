import uuid

from django.contrib.gis.db import models
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.contrib.postgres.indexes import GistIndex

from cadastre.models.versioned import Versioned
from gis_project.territory.models import Municipality, Parish


class Parcel(models.Model):
    """Parcel · LADM LA_SpatialUnit · es: terreno, lote. Only the identity; what it is stands in its versions."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="parcels")
    external_id = models.CharField("identificador de origen", max_length=100, blank=True)

    class Meta:
        verbose_name = "terreno"
        verbose_name_plural = "terrenos"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "external_id"],
                condition=~models.Q(external_id=""),
                name="parcel_external_id_once",
            )
        ]

    def __str__(self) -> str:
        return str(self.id)


class ParcelVersion(Versioned):
    """Parcel version · LADM LA_SpatialUnit (lifespan) · es: versión del terreno.

    `geom` is EPSG:32717 on a 1 mm grid; the laws it obeys (valid, finite, in bounds, no overlap) are in
    cadastre/sql/laws. `legal_area_m2` is the grid area in the municipality's legal CRS,
    `ellipsoidal_area_m2` the one on WGS 84, `titled_area_m2` what the deed says.
    """

    class Kind(models.TextChoices):
        URBAN = "URBAN", "urbano"
        RURAL = "RURAL", "rural"

    parcel = models.ForeignKey(Parcel, on_delete=models.PROTECT, related_name="versions")
    parish = models.ForeignKey(
        Parish, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    kind = models.CharField("clase de suelo", max_length=5, choices=Kind.choices)
    block_code = models.CharField("manzana o polígono", max_length=30, blank=True)
    address = models.CharField("dirección", max_length=300, blank=True)
    land_use = models.CharField("uso del suelo", max_length=60, blank=True)
    geom = models.MultiPolygonField(
        "geometría", srid=32717, null=True, blank=True, spatial_index=False
    )
    geom_hash = models.CharField("huella de la geometría", max_length=64, blank=True)
    source_srid = models.PositiveIntegerField("CRS de origen", null=True, blank=True)
    legal_area_m2 = models.DecimalField(
        "área legal (m²)", max_digits=16, decimal_places=4, null=True, blank=True
    )
    ellipsoidal_area_m2 = models.DecimalField(
        "área elipsoidal (m²)", max_digits=16, decimal_places=4, null=True, blank=True
    )
    titled_area_m2 = models.DecimalField(
        "área según título (m²)", max_digits=16, decimal_places=4, null=True, blank=True
    )
    attributes = models.JSONField("otros datos del archivo de origen", default=dict, blank=True)
    is_observed = models.BooleanField("observado", default=False)

    class Meta:
        verbose_name = "versión del terreno"
        verbose_name_plural = "versiones del terreno"
        constraints = [
            ExclusionConstraint(
                name="parcel_version_one_truth_a_day",
                expressions=[("parcel", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
                condition=models.Q(recorded__upper_inf=True),
            ),
            models.CheckConstraint(
                name="parcel_version_without_map_is_observed",
                condition=models.Q(geom__isnull=False) | models.Q(is_observed=True),
            ),
        ]
        indexes = [
            GistIndex(
                fields=["geom"],
                name="parcel_version_geom",
                condition=models.Q(recorded__upper_inf=True),
            ),
            # Pages and counts of what is known now: in their order, without a look at the wide rows. The parish is
            # in it because PostgreSQL before 18 asks for it even where its join was found useless.
            models.Index(
                fields=["parcel", "id"],
                name="parcel_version_now",
                condition=models.Q(recorded__upper_inf=True, geom__isnull=False),
                include=["valid", "municipality", "parish"],
            ),
            models.Index(fields=["municipality", "block_code"], name="parcel_version_block"),
            models.Index(fields=["geom_hash"], name="parcel_version_geom_hash"),
        ]

    def __str__(self) -> str:
        return f"{self.parcel_id} v{self.pk}"
