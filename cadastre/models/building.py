import uuid

from django.contrib.gis.db import models
from django.contrib.postgres.indexes import GistIndex

from cadastre.models.parcel import Parcel
from cadastre.models.property_unit import PropertyUnit
from cadastre.models.versioned import Versioned


class BuildingVersion(Versioned):
    """Building version · LADM ExtPhysicalBuildingUnit, VM_Building · es: edificación (bloque)."""

    building_id = models.UUIDField("edificación", default=uuid.uuid4, db_index=True)
    parcel = models.ForeignKey(Parcel, on_delete=models.PROTECT, related_name="buildings")
    unit = models.ForeignKey(
        PropertyUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="buildings"
    )
    geom = models.MultiPolygonField(
        "planta", srid=32717, null=True, blank=True, spatial_index=False
    )
    floors = models.PositiveSmallIntegerField("pisos", default=1)
    floor_area_m2 = models.DecimalField("área construida (m²)", max_digits=12, decimal_places=2)
    structure = models.CharField("estructura", max_length=30)
    conservation = models.CharField("conservación", max_length=20, default="GOOD")
    built_in = models.PositiveSmallIntegerField("año de construcción", null=True, blank=True)
    use = models.CharField("uso", max_length=40, blank=True)

    class Meta:
        verbose_name = "edificación"
        verbose_name_plural = "edificaciones"
        indexes = [
            GistIndex(
                fields=["geom"],
                name="building_version_geom",
                condition=models.Q(recorded__upper_inf=True),
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="building_area_positive", condition=models.Q(floor_area_m2__gt=0)
            )
        ]

    def __str__(self) -> str:
        return f"{self.building_id} v{self.pk}"
