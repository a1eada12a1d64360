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
    restored_in = models.PositiveSmallIntegerField("año de restauración", null=True, blank=True)
    stage_pct = models.DecimalField(
        "etapa de construcción (%)", max_digits=5, decimal_places=2, null=True, blank=True
    )
    components = models.JSONField(
        "materiales e instalaciones",
        default=dict,
        db_default={},
        blank=True,
        help_text="Variables de la sección «buildings» de cadastre/ficha/variables.",
    )

    class Meta:
        verbose_name = "edificación"
        verbose_name_plural = "edificaciones"
        indexes = [
            GistIndex(
                fields=["geom"],
                name="building_version_geom",
                condition=models.Q(recorded__upper_inf=True),
            ),
            # Pages and counts of what is known now: in their order, without a look at the wide rows.
            models.Index(
                fields=["building_id", "id"],
                name="building_version_now",
                condition=models.Q(recorded__upper_inf=True, geom__isnull=False),
                include=["valid", "municipality"],
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="building_area_positive", condition=models.Q(floor_area_m2__gt=0)
            )
        ]

    def __str__(self) -> str:
        return f"{self.building_id} v{self.pk}"


class BuildingFloor(models.Model):
    """Floor of a building version · LADM LA_LegalSpaceBuildingUnit · es: piso. 1 is at street level, -1 below."""

    building = models.ForeignKey(
        BuildingVersion, on_delete=models.PROTECT, related_name="floor_rows"
    )
    number = models.SmallIntegerField("piso")
    floor_area_m2 = models.DecimalField("área construida (m²)", max_digits=12, decimal_places=2)
    use = models.CharField("uso", max_length=40, blank=True)
    built_in = models.PositiveSmallIntegerField("año de construcción", null=True, blank=True)
    conservation = models.CharField("conservación", max_length=20, blank=True)
    components = models.JSONField("materiales e instalaciones", default=dict, blank=True)

    class Meta:
        verbose_name = "piso"
        verbose_name_plural = "pisos"
        ordering = ["building", "number"]
        constraints = [
            models.UniqueConstraint(fields=["building", "number"], name="building_floor_once"),
            models.CheckConstraint(
                name="building_floor_area_positive", condition=models.Q(floor_area_m2__gt=0)
            ),
            models.CheckConstraint(name="building_floor_not_zero", condition=~models.Q(number=0)),
        ]

    def __str__(self) -> str:
        return f"{self.building_id}/{self.number}"


class ComplementaryWork(Versioned):
    """Complementary work · es: obra complementaria (cerramiento, cisterna, cancha, establo …)."""

    work_id = models.UUIDField("obra", default=uuid.uuid4, db_index=True)
    parcel = models.ForeignKey(Parcel, on_delete=models.PROTECT, related_name="works")
    kind = models.CharField("clase", max_length=40)
    material = models.CharField("material", max_length=40, blank=True)
    quantity = models.DecimalField("cantidad", max_digits=12, decimal_places=2)
    measure = models.CharField("unidad de medida", max_length=10)
    conservation = models.CharField(
        "conservación", max_length=20, blank=True, default="", db_default=""
    )
    built_in = models.PositiveSmallIntegerField("año de construcción", null=True, blank=True)

    class Meta:
        verbose_name = "obra complementaria"
        verbose_name_plural = "obras complementarias"
        constraints = [
            models.CheckConstraint(
                name="complementary_work_quantity_positive", condition=models.Q(quantity__gt=0)
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} [{self.pk}]"
