import uuid

from django.db import models
from django.db.models import F, Q

from cadastre.models.cash_desk import CashDesk, CashSession
from cadastre.models.ledger import LedgerEntry
from cadastre.models.property_unit import PropertyUnit
from gis_project.territory.models import Municipality, User


class Payment(models.Model):
    """Payment · es: cobro; its printed form is the comprobante de pago. Append-only; the money is in its entry.

    `serial` runs without gaps by desk. `told` is what the receipt prints, as it was worked out: titles, lines, what
    stays unpaid. The same `idempotency_key` never pays twice; `request_hash` tells a repetition from another request.
    """

    class Means(models.TextChoices):
        CASH = "CASH", "efectivo"
        CHEQUE = "CHEQUE", "cheque certificado"
        CARD = "CARD", "tarjeta"
        TRANSFER = "TRANSFER", "transferencia"
        BANK = "BANK", "entidad recaudadora"
        CREDIT = "CREDIT", "valor a favor"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    desk = models.ForeignKey(CashDesk, on_delete=models.PROTECT, related_name="payments")
    session = models.ForeignKey(
        CashSession, on_delete=models.PROTECT, null=True, blank=True, related_name="payments"
    )
    serial = models.PositiveIntegerField("número")
    entry = models.OneToOneField(LedgerEntry, on_delete=models.PROTECT, related_name="payment")
    unit = models.ForeignKey(
        PropertyUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    paid_on = models.DateField("pagado el")
    amount = models.DecimalField("monto", max_digits=14, decimal_places=2)
    means = models.CharField("medio de pago", max_length=8, choices=Means.choices)
    reference = models.CharField("referencia", max_length=60, blank=True)
    provisional_year = models.PositiveSmallIntegerField("año provisional", null=True, blank=True)
    told = models.JSONField("lo que dice el comprobante")
    idempotency_key = models.CharField("clave de la petición", max_length=100)
    request_hash = models.CharField("huella de la petición", max_length=64)
    received_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    received_at = models.DateTimeField("recibido", auto_now_add=True)

    class Meta:
        verbose_name = "cobro"
        verbose_name_plural = "cobros"
        indexes = [
            models.Index(fields=["municipality", "paid_on"], name="payment_by_day"),
            models.Index(fields=["unit"], name="payment_of_unit"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["desk", "serial"], name="payment_number_once"),
            models.UniqueConstraint(
                fields=["municipality", "idempotency_key"], name="payment_request_once"
            ),
            models.UniqueConstraint(
                fields=["desk", "reference"],
                condition=Q(means="BANK"),
                name="payment_bank_reference_once",
            ),
            models.CheckConstraint(name="payment_is_of_something", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="payment_bank_has_reference", condition=~Q(means="BANK", reference="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.desk_id} {self.serial}"


class PaymentReversal(models.Model):
    """Reversal of a payment · es: reverso. Asked by one person and decided by another, on the day of the payment."""

    payment = models.OneToOneField(Payment, on_delete=models.PROTECT, related_name="reversal")
    reason = models.CharField("motivo", max_length=300)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("pedido", auto_now_add=True)
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField("decidido", null=True, blank=True)
    entry = models.OneToOneField(
        LedgerEntry, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "reverso de cobro"
        verbose_name_plural = "reversos de cobro"
        constraints = [
            models.CheckConstraint(
                name="payment_reversal_by_another",
                condition=Q(decided_by__isnull=True, entry__isnull=True)
                | (~Q(decided_by=F("asked_by")) & Q(entry__isnull=False)),
            )
        ]

    def __str__(self) -> str:
        return str(self.payment_id)
