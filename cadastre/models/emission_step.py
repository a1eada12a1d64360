"""What happens around an emission: the closing before it, approval and receipt after it, doubts, voiding."""

from django.db import models

from cadastre.models.party import Party
from cadastre.models.property_unit import PropertyUnit
from cadastre.models.tax_roll import TaxRoll, TaxTitle
from gis_project.territory.models import Municipality, User


class CadastreClosing(models.Model):
    """The cadastre of a year is closed for its emission · es: cierre del catastro (COOTAD 511)."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(
        "año que se cierra", help_text="Al 31 de diciembre; tributa el año siguiente."
    )
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField("registrado", auto_now_add=True)

    class Meta:
        verbose_name = "cierre del catastro"
        verbose_name_plural = "cierres del catastro"
        constraints = [
            models.UniqueConstraint(fields=["municipality", "year"], name="cadastre_closed_once")
        ]

    def __str__(self) -> str:
        return f"{self.municipality_id} {self.year}"


class RollStep(models.Model):
    """A step of an emission after it was generated · es: paso de la emisión."""

    class Step(models.TextChoices):
        APPROVED = "APPROVED", "aprobada por la Dirección Financiera"
        RECEIVED = "RECEIVED", "recibida por Tesorería"

    roll = models.ForeignKey(TaxRoll, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField("paso", max_length=10, choices=Step.choices)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    note = models.CharField("observación", max_length=300, blank=True)
    recorded_at = models.DateTimeField("registrado", auto_now_add=True)

    class Meta:
        verbose_name = "paso de la emisión"
        verbose_name_plural = "pasos de la emisión"
        constraints = [models.UniqueConstraint(fields=["roll", "step"], name="roll_step_once")]

    def __str__(self) -> str:
        return f"{self.roll_id} {self.step}"


class RollDoubt(models.Model):
    """A fact that might lower a bill and is not known · es: duda de la emisión (lista de trabajo)."""

    roll = models.ForeignKey(TaxRoll, on_delete=models.PROTECT, related_name="doubts")
    unit = models.ForeignKey(PropertyUnit, on_delete=models.PROTECT, related_name="+")
    party = models.ForeignKey(
        Party, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    code = models.CharField("código", max_length=20)

    class Meta:
        verbose_name = "duda de la emisión"
        verbose_name_plural = "dudas de la emisión"

    def __str__(self) -> str:
        return f"{self.unit_id} {self.code}"


class TitleVoiding(models.Model):
    """Voiding of a title · es: baja de un título. Asked by one person with a reason, decided by another."""

    title = models.ForeignKey(TaxTitle, on_delete=models.PROTECT, related_name="voidings")
    reason = models.CharField("motivo", max_length=300)
    resolution = models.CharField("resolución", max_length=120)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField("pedida el", auto_now_add=True)
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField("decidida el", null=True, blank=True)
    is_granted = models.BooleanField("concedida", null=True, blank=True)

    class Meta:
        verbose_name = "baja de un título"
        verbose_name_plural = "bajas de títulos"
        constraints = [
            models.UniqueConstraint(
                fields=["title"],
                condition=models.Q(decided_at__isnull=True),
                name="title_voiding_asked_once",
            ),
            models.UniqueConstraint(
                fields=["title"],
                condition=models.Q(is_granted=True),
                name="title_voided_once",
            ),
            models.CheckConstraint(
                name="title_voiding_four_eyes",
                condition=models.Q(decided_by__isnull=True)
                | models.Q(asked_by__isnull=True)
                | ~models.Q(decided_by=models.F("asked_by")),
            ),
            models.CheckConstraint(
                name="title_voiding_decided_whole",
                condition=models.Q(decided_at__isnull=True, is_granted__isnull=True)
                | models.Q(decided_at__isnull=False, is_granted__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title_id} [{self.pk}]"
