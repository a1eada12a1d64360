import uuid

from django.db import models

from cadastre.models.operation import ImportBatch
from gis_project.territory.models import Municipality


class TransferNotice(models.Model):
    """Transfer notice · LADM LA_AdministrativeSource · es: aviso de transferencia. A row of a monthly list.

    What a notary or the Registro de la Propiedad told, as told; whether the register knows of it is asked each
    time (`judged_notices`), because it changes. `key_normalised` and the names as searched are what is compared;
    `fingerprint` makes the same row enter once. Personal data: behind the wall.
    """

    class Origin(models.TextChoices):
        REGISTRY = "REGISTRY", "Registro de la Propiedad"
        NOTARY = "NOTARY", "notaría"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, related_name="+")
    row_number = models.PositiveIntegerField("fila")
    fingerprint = models.CharField("huella de la fila", max_length=64)
    origin = models.CharField("quién avisa", max_length=8, choices=Origin.choices)
    inscription = models.CharField("número de inscripción", max_length=40, blank=True)
    repertory = models.CharField("repertorio", max_length=40, blank=True)
    noticed_on = models.DateField("fecha de inscripción o escritura")
    notary = models.CharField("notaría", max_length=200, blank=True)
    key_text = models.CharField("clave como vino", max_length=60, blank=True)
    key_normalised = models.CharField("clave", max_length=60, blank=True)
    property_number = models.CharField("número de predio", max_length=30, blank=True)
    seller_document = models.CharField("documento de quien transfiere", max_length=20, blank=True)
    seller_name = models.CharField("quien transfiere", max_length=300, blank=True)
    seller_search = models.CharField("quien transfiere, para buscar", max_length=300, blank=True)
    buyer_document = models.CharField("documento de quien adquiere", max_length=20, blank=True)
    buyer_name = models.CharField("quien adquiere", max_length=300, blank=True)
    buyer_search = models.CharField("quien adquiere, para buscar", max_length=300, blank=True)
    price = models.DecimalField(
        "precio (USD)", max_digits=14, decimal_places=2, null=True, blank=True
    )
    recorded_at = models.DateTimeField("registrado", auto_now_add=True)

    class Meta:
        verbose_name = "aviso de transferencia"
        verbose_name_plural = "avisos de transferencia"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "fingerprint"], name="transfer_notice_once"
            )
        ]
        indexes = [
            models.Index(fields=["municipality", "noticed_on"], name="transfer_notice_by_day")
        ]

    def __str__(self) -> str:
        return str(self.id)
