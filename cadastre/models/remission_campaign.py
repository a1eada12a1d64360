from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from gis_project.territory.models import Municipality, User


class RemissionCampaign(models.Model):
    """Remission campaign · es: remisión de intereses, recargos y multas. It counts once a second person approved it.

    `windows` are [{first, last, percent}], days included. Of titles through `through_year`.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("nombre", max_length=120)
    citation = models.CharField("ley y ordenanza", max_length=200)
    parts = ArrayField(models.CharField(max_length=10), verbose_name="qué se remite")
    through_year = models.PositiveSmallIntegerField("títulos hasta el año")
    windows = models.JSONField("ventanas")
    entered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    entered_at = models.DateTimeField("registrada", auto_now_add=True)
    approved_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField("aprobada", null=True, blank=True)

    class Meta:
        verbose_name = "campaña de remisión"
        verbose_name_plural = "campañas de remisión"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "name"], name="remission_campaign_name_once"
            ),
            models.CheckConstraint(
                name="remission_campaign_approved_by_another",
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("entered_by")),
            ),
        ]

    def __str__(self) -> str:
        return self.name
