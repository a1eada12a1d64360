from django.core.validators import RegexValidator
from django.db import models


class StoredFile(models.Model):
    """Stored file · LADM LA_Source · es: archivo guardado. What a file on disk is, named by its own content.

    The bytes lie under LINDERO_VAR/files (territory/file_store.py); who may read them is decided by
    the record that points here, never by this one. The same content is one row.
    """

    sha256 = models.CharField(
        "huella SHA-256",
        max_length=64,
        primary_key=True,
        validators=[RegexValidator(r"^[0-9a-f]{64}$")],
    )
    media_type = models.CharField("tipo de contenido", max_length=100)
    size_bytes = models.PositiveBigIntegerField("tamaño en bytes")
    stored_at = models.DateTimeField("guardado", auto_now_add=True)

    class Meta:
        verbose_name = "archivo guardado"
        verbose_name_plural = "archivos guardados"
        constraints = [
            models.CheckConstraint(
                name="stored_file_named_by_hash",
                condition=models.Q(sha256__regex=r"^[0-9a-f]{64}$"),
            )
        ]

    def __str__(self) -> str:
        return self.sha256
