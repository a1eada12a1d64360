import uuid

from django.db import models

from gis_project.territory.models import Municipality


class PersonKey(models.Model):
    """Key of a person · es: llave de una persona. Opens what the register keeps sealed about one document.

    `wrapped` is the key itself, sealed under LINDERO_PRIVACY_KEY; `subject_hash` the keyed hash of the document.
    Deleting the row is how sealed data are erased: their rows stay, and nobody reads them again (LOPDP).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    subject_hash = models.CharField("huella del documento", max_length=64)
    wrapped = models.BinaryField("llave sellada")
    made_at = models.DateTimeField("hecha", auto_now_add=True)

    class Meta:
        verbose_name = "llave de una persona"
        verbose_name_plural = "llaves de personas"
        constraints = [
            models.UniqueConstraint(fields=["municipality", "subject_hash"], name="person_key_once")
        ]

    def __str__(self) -> str:
        return str(self.id)
