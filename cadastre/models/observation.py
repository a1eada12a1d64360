from django.db import models

from cadastre.models.operation import Operation
from cadastre.models.parcel import Parcel
from cadastre.models.property_unit import PropertyUnit
from gis_project.territory.models import Municipality


class Observation(models.Model):
    """Observation · es: observación. Why a predio is *observado*: taxed and findable, without papers until mended."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    parcel = models.ForeignKey(
        Parcel, on_delete=models.PROTECT, null=True, blank=True, related_name="observations"
    )
    unit = models.ForeignKey(
        PropertyUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="observations"
    )
    code = models.CharField("código", max_length=40)
    message = models.CharField("qué hacer", max_length=500)
    detail = models.JSONField("detalle", default=dict, blank=True)
    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="observations")
    recorded_at = models.DateTimeField("registrado", auto_now_add=True)
    resolved_by = models.ForeignKey(
        Operation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "observación"
        verbose_name_plural = "observaciones"
        indexes = [models.Index(fields=["municipality", "code"], name="observation_code")]

    def __str__(self) -> str:
        return f"{self.code} [{self.pk}]"


class ToleratedOverlap(models.Model):
    """A pair of parcels that overlapped already in the data taken over · es: traslape tolerado.

    The list may only shrink: the no-overlap law lets such a pair pass while its overlap does not grow.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    parcel_low = models.ForeignKey(Parcel, on_delete=models.PROTECT, related_name="+")
    parcel_high = models.ForeignKey(Parcel, on_delete=models.PROTECT, related_name="+")
    area_m2 = models.DecimalField("área (m²)", max_digits=16, decimal_places=4)
    width_m = models.DecimalField("ancho (m)", max_digits=12, decimal_places=4)
    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="+")
    resolved_by = models.ForeignKey(
        Operation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "traslape tolerado"
        verbose_name_plural = "traslapes tolerados"
        constraints = [
            models.UniqueConstraint(
                fields=["parcel_low", "parcel_high"],
                condition=models.Q(resolved_by__isnull=True),
                name="tolerated_overlap_once",
            ),
            models.CheckConstraint(
                name="tolerated_overlap_ordered",
                condition=models.Q(parcel_low__lt=models.F("parcel_high")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.parcel_low_id} × {self.parcel_high_id}"
