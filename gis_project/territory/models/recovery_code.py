import uuid

from django.db import models

from gis_project.territory.models.user import User


class RecoveryCode(models.Model):
    """Recovery code · es: código de recuperación. Printed at the counter, opens the account once.

    Only a hash is kept. A row closes when it is used or when a newer code replaces it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="recovery_codes")
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    code_hash = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField("entregado")
    expires_at = models.DateTimeField("vence")
    closed_at = models.DateTimeField("usado o reemplazado", null=True, blank=True)

    class Meta:
        verbose_name = "código de recuperación"
        verbose_name_plural = "códigos de recuperación"
        ordering = ["-issued_at"]

    def __str__(self) -> str:
        return str(self.id)
