from django.db import models

from cadastre.models.cash_desk import CashDesk
from cadastre.models.payment import Payment


class BankMessage(models.Model):
    """Bank message · es: aviso firmado de una entidad recaudadora. Each nonce counts once; what was told is kept."""

    desk = models.ForeignKey(CashDesk, on_delete=models.PROTECT, related_name="messages")
    nonce = models.CharField("número único", max_length=64)
    told_at = models.DateTimeField("hora del aviso")
    body_sha256 = models.CharField("huella del aviso", max_length=64)
    outcome = models.CharField("resultado", max_length=10)
    reason = models.CharField("motivo", max_length=300, blank=True)
    payment = models.ForeignKey(
        Payment, on_delete=models.PROTECT, null=True, blank=True, related_name="messages"
    )
    received_at = models.DateTimeField("recibido", auto_now_add=True)

    class Meta:
        verbose_name = "aviso de una entidad recaudadora"
        verbose_name_plural = "avisos de entidades recaudadoras"
        constraints = [
            models.UniqueConstraint(fields=["desk", "nonce"], name="bank_message_nonce_once")
        ]

    def __str__(self) -> str:
        return f"{self.desk_id} {self.nonce}"
