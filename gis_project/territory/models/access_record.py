from django.db import models

from gis_project.territory.models.municipality import Municipality
from gis_project.territory.models.user import User


class AccessRecord(models.Model):
    """Access record · es: registro de acceso a datos personales. Who looked whom up, and why.

    The person looked for and the words typed stand here only as keyed hashes
    (territory/personal_hash.py): whoever knows a cédula can ask for its look-ups, the table itself
    tells nobody's.
    """

    seq = models.BigAutoField(primary_key=True)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    actor = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
    action = models.CharField("acción", max_length=60)
    purpose = models.CharField("motivo", max_length=300)
    procedure = models.CharField("trámite", max_length=60, blank=True)
    query_hash = models.CharField(max_length=64)
    subject_hash = models.CharField(max_length=64, blank=True)
    found = models.PositiveIntegerField("resultados", default=0)

    class Meta:
        verbose_name = "acceso a datos personales"
        verbose_name_plural = "accesos a datos personales"
        ordering = ["seq"]
        indexes = [models.Index(fields=["subject_hash"], name="access_record_subject")]

    def __str__(self) -> str:
        return f"{self.seq} {self.action}"
