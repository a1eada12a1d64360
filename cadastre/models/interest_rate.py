from django.db import models
from django.db.models import F, Q

from gis_project.territory.models import Municipality, User


class InterestRate(models.Model):
    """Published interest rate · es: tasa mensual de interés por mora. As the SRI published it for a quarter.

    It counts once a second person has confirmed it against the publication; the national file's own rows come first.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    first_month = models.DateField("primer mes")
    months = models.PositiveSmallIntegerField("meses", default=3)
    percent = models.DecimalField("por ciento mensual", max_digits=6, decimal_places=3)
    source = models.CharField("fuente", max_length=300)
    entered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    entered_at = models.DateTimeField("registrada", auto_now_add=True)
    confirmed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField("confirmada", null=True, blank=True)

    class Meta:
        verbose_name = "tasa de interés por mora"
        verbose_name_plural = "tasas de interés por mora"
        ordering = ["first_month"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "first_month"],
                condition=Q(confirmed_at__isnull=False),
                name="interest_rate_confirmed_once",
            ),
            models.CheckConstraint(
                name="interest_rate_is_a_rate",
                condition=Q(percent__gt=0)
                & Q(percent__lt=10)
                & Q(months__gte=1)
                & Q(months__lte=12)
                & Q(first_month__day=1),
            ),
            models.CheckConstraint(
                name="interest_rate_confirmed_by_another",
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("entered_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_month:%m/%Y} {self.percent} %"
