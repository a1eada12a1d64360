import uuid

from django.db import models
from django.db.models import F, Q

from cadastre.models.ledger import LedgerEntry
from gis_project.territory.models import Municipality, User


class CashDesk(models.Model):
    """Cash desk · es: caja o entidad recaudadora. Its receipts are numbered without gaps under its code."""

    class Kind(models.TextChoices):
        WINDOW = "WINDOW", "ventanilla"
        BANK = "BANK", "entidad recaudadora"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    code = models.CharField("código", max_length=6)
    name = models.CharField("nombre", max_length=100)
    kind = models.CharField("clase", max_length=6, choices=Kind.choices, default=Kind.WINDOW)
    opened_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    opened_at = models.DateTimeField("creada", auto_now_add=True)

    class Meta:
        verbose_name = "caja"
        verbose_name_plural = "cajas"
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "code"], name="cash_desk_code_once")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class CashSession(models.Model):
    """Cash session · es: turno de caja. One cashier at one desk on one civil day, from opening to closing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    desk = models.ForeignKey(CashDesk, on_delete=models.PROTECT, related_name="sessions")
    cashier = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    day = models.DateField("día")
    shift = models.PositiveSmallIntegerField("turno")
    opening_float = models.DecimalField("fondo de cambio", max_digits=14, decimal_places=2)
    opened_at = models.DateTimeField("abierto", auto_now_add=True)

    class Meta:
        verbose_name = "turno de caja"
        verbose_name_plural = "turnos de caja"
        constraints = [
            models.UniqueConstraint(fields=["desk", "day", "shift"], name="cash_session_once"),
            models.CheckConstraint(
                name="cash_session_float_is_there", condition=Q(opening_float__gte=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.desk_id} {self.day} {self.shift}"


class CashClosing(models.Model):
    """Cash closing · es: cierre de caja. What was counted against what the ledger says, each cent explained.

    The treasurer who takes the money over (`received_by`) is another person than the cashier.
    """

    session = models.OneToOneField(CashSession, on_delete=models.PROTECT, related_name="closing")
    counted = models.DecimalField("efectivo contado", max_digits=14, decimal_places=2)
    expected = models.DecimalField("efectivo según el libro", max_digits=14, decimal_places=2)
    explanation = models.CharField("explicación de la diferencia", max_length=500, blank=True)
    totals = models.JSONField("totales por medio de pago", default=dict)
    entry = models.OneToOneField(
        LedgerEntry, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField("cerrado", auto_now_add=True)
    received_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    received_at = models.DateTimeField("recibido", null=True, blank=True)

    class Meta:
        verbose_name = "cierre de caja"
        verbose_name_plural = "cierres de caja"
        constraints = [
            models.CheckConstraint(
                name="cash_closing_explains",
                condition=Q(counted=F("expected")) | ~Q(explanation=""),
            ),
            models.CheckConstraint(
                name="cash_closing_received_by_another",
                condition=Q(received_by__isnull=True) | ~Q(received_by=F("closed_by")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.session_id)
