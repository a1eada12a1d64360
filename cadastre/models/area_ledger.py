from django.db import models

from cadastre.models.operation import Operation
from cadastre.models.parcel import Parcel


class AreaLedgerLine(models.Model):
    """Line of an operation's area ledger · es: asiento de áreas. The lines of an operation sum to zero.

    Grid area in the storage CRS, exact to half a square millimetre: ground that closes counts negative,
    ground that opens positive, a neighbour that gained a vertex with its change; the last line tells
    where the rest went: rounding to the grid, a new measurement, ground that enters or leaves.
    """

    class Kind(models.TextChoices):
        CLOSED = "CLOSED", "terreno que se cierra"
        OPENED = "OPENED", "terreno que se abre"
        CHANGED = "CHANGED", "colindante con un vértice más"
        ROUNDING = "ROUNDING", "redondeo al milímetro"
        MEASURED = "MEASURED", "nueva medición"
        ENTERED = "ENTERED", "ingresa al catastro"
        LEFT = "LEFT", "sale del catastro"

    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="ledger")
    parcel = models.ForeignKey(
        Parcel, on_delete=models.PROTECT, related_name="ledger", null=True, blank=True
    )
    kind = models.CharField("clase", max_length=8, choices=Kind.choices)
    area_m2 = models.DecimalField("área (m²)", max_digits=20, decimal_places=7)

    class Meta:
        verbose_name = "asiento de áreas"
        verbose_name_plural = "asientos de áreas"
        constraints = [
            models.UniqueConstraint(
                fields=["operation", "parcel", "kind"], name="area_ledger_line_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.operation_id} {self.kind} {self.area_m2}"
