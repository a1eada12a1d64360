import uuid

from django.db import models

from gis_project.territory.models.municipality import Municipality
from gis_project.territory.models.user import User


class MunicipalHoliday(models.Model):
    """Municipal holiday · es: feriado local. A day on which this municipality's offices do not work, beside
    the national ones: cantonización, foundation, a day decreed here. Withdrawn, it closes; it is never deleted.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="holidays"
    )
    day = models.DateField("día")
    name = models.CharField("qué se conmemora", max_length=120)
    source = models.CharField("resolución u ordenanza", max_length=200)
    declared_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    declared_at = models.DateTimeField("registrado", auto_now_add=True)
    withdrawn_at = models.DateTimeField("retirado", null=True, blank=True)

    class Meta:
        verbose_name = "feriado local"
        verbose_name_plural = "feriados locales"
        ordering = ["municipality", "day"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "day"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="municipal_holiday_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"
