import uuid

from django.db import models

from cadastre.models.operation import ImportBatch
from cadastre.models.property_unit import PropertyUnit
from gis_project.territory.models import Municipality


class ArrearsTitle(models.Model):
    """Title of a former system · es: título de la cartera anterior. Kept even where its predio is not found.

    `number` and `key_text` are as the old system told them; `unit` is the predio that bears the key now.
    `worked_through`: through which day its interest had been worked out there. Names a debtor: behind the wall.
    """

    class State(models.TextChoices):
        ISSUED = "ISSUED", "emitido"
        PAID = "PAID", "pagado"
        AGREEMENT = "AGREEMENT", "en convenio"
        ENFORCEMENT = "ENFORCEMENT", "en coactiva"
        WITHDRAWN = "WITHDRAWN", "dado de baja"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(
        PropertyUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="arrears"
    )
    number = models.CharField("número de título", max_length=40)
    year = models.PositiveSmallIntegerField("año")
    kind = models.CharField("clase", max_length=5)
    key_text = models.CharField("clave como vino", max_length=60, blank=True)
    property_number = models.CharField("número de predio", max_length=30, blank=True)
    debtor_document = models.CharField("documento del deudor", max_length=20, blank=True)
    debtor_name = models.CharField("deudor", max_length=300, blank=True)
    issued_on = models.DateField("emitido el", null=True, blank=True)
    notified_on = models.DateField("notificado el", null=True, blank=True)
    worked_through = models.DateField("interés calculado hasta", null=True, blank=True)
    state = models.CharField("estado", max_length=12, choices=State.choices)

    class Meta:
        verbose_name = "título de la cartera anterior"
        verbose_name_plural = "títulos de la cartera anterior"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "year", "number"], name="arrears_title_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.number}"


class ArrearsLine(models.Model):
    """Line of a former system's title · es: rubro de la cartera anterior. What was issued and paid there."""

    title = models.ForeignKey(ArrearsTitle, on_delete=models.PROTECT, related_name="lines")
    concept = models.CharField("rubro como vino", max_length=60)
    part = models.CharField("parte de la deuda", max_length=10)
    issued = models.DecimalField("emitido", max_digits=14, decimal_places=2)
    paid = models.DecimalField("pagado", max_digits=14, decimal_places=2)

    class Meta:
        verbose_name = "rubro de la cartera anterior"
        verbose_name_plural = "rubros de la cartera anterior"
        constraints = [
            models.UniqueConstraint(fields=["title", "concept"], name="arrears_line_once"),
            models.CheckConstraint(
                name="arrears_line_paid_within_issued",
                condition=models.Q(paid__gte=0) & models.Q(paid__lte=models.F("issued")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title_id} {self.concept}"
