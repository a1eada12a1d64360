import uuid

from django.db import models

from cadastre.models.operation import ImportBatch
from cadastre.models.property_unit import PropertyUnit
from gis_project.territory.models import Municipality, User


class Sale(models.Model):
    """Sale · LADM VM_TransactionPrice · es: venta con la que se comparan los avalúos. Price and predio, no names.

    As the source told it, once (`fingerprint`); `excluded` is the reason that the source gave, if any. Whether it
    counts in a study follows from the last `SaleDecision`, else from that, else from the screening.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, related_name="+")
    row_number = models.PositiveIntegerField("fila")
    fingerprint = models.CharField("huella de la fila", max_length=64)
    unit = models.ForeignKey(
        PropertyUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="sales"
    )
    key_text = models.CharField("clave como vino", max_length=60, blank=True)
    sold_on = models.DateField("fecha de la venta", null=True, blank=True)
    price = models.DecimalField(
        "precio (USD)", max_digits=14, decimal_places=2, null=True, blank=True
    )
    stratum = models.CharField("estrato", max_length=60, blank=True)
    excluded = models.CharField("motivo de exclusión", max_length=20, blank=True)
    recorded_at = models.DateTimeField("registrado", auto_now_add=True)

    class Meta:
        verbose_name = "venta"
        verbose_name_plural = "ventas"
        constraints = [
            models.UniqueConstraint(fields=["municipality", "fingerprint"], name="sale_once")
        ]
        indexes = [models.Index(fields=["municipality", "sold_on"], name="sale_by_day")]

    def __str__(self) -> str:
        return str(self.id)


class SaleDecision(models.Model):
    """Decision on a sale · es: depuración de una venta. The last one holds; an empty reason counts it in."""

    sale = models.ForeignKey(Sale, on_delete=models.PROTECT, related_name="decisions")
    reason = models.CharField("motivo de exclusión", max_length=20, blank=True)
    note = models.CharField("nota", max_length=300, blank=True)
    made_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField("registrado", auto_now_add=True)

    class Meta:
        verbose_name = "depuración de una venta"
        verbose_name_plural = "depuraciones de ventas"

    def __str__(self) -> str:
        return f"{self.sale_id} {self.reason or 'cuenta'}"
