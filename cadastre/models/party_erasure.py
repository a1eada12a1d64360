import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models

from cadastre.models.party import Party
from gis_project.territory.models import Municipality, User


class PartyErasure(models.Model):
    """Erasure of a person · es: supresión de datos personales (LOPDP). What was taken out, why, and by whom.

    `counts` is how many rows of each table lost the person's data, `files` the hashes of the papers whose bytes
    went: /verify still tells what each certified. Never the data.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="erasures")
    erased_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    erased_at = models.DateTimeField("suprimido")
    reason = models.CharField("motivo", max_length=300)
    legal_basis = models.CharField("base legal", max_length=200)
    request = models.CharField("solicitud", max_length=100, blank=True)
    files = ArrayField(models.CharField(max_length=64), verbose_name="archivos", default=list)
    counts = models.JSONField("qué se suprimió", default=dict)

    class Meta:
        verbose_name = "supresión de datos personales"
        verbose_name_plural = "supresiones de datos personales"

    def __str__(self) -> str:
        return str(self.id)
