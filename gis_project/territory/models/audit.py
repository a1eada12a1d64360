import uuid

from django.db import models

from gis_project.territory.models.municipality import Municipality
from gis_project.territory.models.user import User


class AuditEvent(models.Model):
    """Audit event · es: asiento de auditoría. One row per write, in the same transaction; append-only.

    `body` is canonical JSON text (core/canonical.py) whose SHA-256 is `body_hash`; personal data stand
    in it only as salted hashes. Sealing into a chain comes on top of these columns.
    """

    seq = models.BigAutoField(primary_key=True)
    id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, null=True, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    actor = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True)
    action = models.CharField(max_length=80)
    object_type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=60)
    body = models.TextField()
    body_hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = "asiento de auditoría"
        verbose_name_plural = "asientos de auditoría"
        ordering = ["seq"]
        indexes = [models.Index(fields=["object_type", "object_id"], name="audit_event_object")]

    def __str__(self) -> str:
        return f"{self.seq} {self.action}"
