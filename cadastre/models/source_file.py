from django.db import models

from cadastre.models.operation import AdministrativeSource
from gis_project.territory.models import StoredFile


class SourceFile(models.Model):
    """File of a document · LADM LA_Source · es: archivo del documento. Kept once, by the hash of its content."""

    source = models.ForeignKey(AdministrativeSource, on_delete=models.PROTECT, related_name="files")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("nombre", max_length=255)

    class Meta:
        verbose_name = "archivo del documento"
        verbose_name_plural = "archivos del documento"
        constraints = [models.UniqueConstraint(fields=["source", "file"], name="source_file_once")]

    def __str__(self) -> str:
        return f"{self.source_id} {self.file_id}"
