import uuid

from django.db import models
from django.db.models import F, Q

from cadastre.models.arrears import ArrearsTitle
from cadastre.models.tax_roll import TaxTitle
from gis_project.territory.models import Municipality, User


class PaymentPlan(models.Model):
    """Payment plan · es: convenio o facilidad de pago. It counts once a second person approved it.

    `instalments` are [{number, due_on, amount}], number 0 the first payment; they sum to `owed`, what was owed on the
    day of the plan. Whether it is kept is asked of the ledger.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    resolution = models.CharField("resolución", max_length=120)
    granted_on = models.DateField("fecha")
    owed = models.DecimalField("adeudado (USD)", max_digits=14, decimal_places=2)
    instalments = models.JSONField("cuotas")
    entered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    entered_at = models.DateTimeField("registrado", auto_now_add=True)
    approved_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField("aprobado", null=True, blank=True)

    class Meta:
        verbose_name = "convenio de pago"
        verbose_name_plural = "convenios de pago"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "resolution"], name="payment_plan_resolution_once"
            ),
            models.CheckConstraint(
                name="payment_plan_approved_by_another",
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("entered_by")),
            ),
        ]

    def __str__(self) -> str:
        return self.resolution


class PlanTitle(models.Model):
    """Title of a payment plan · es: título del convenio. One of ours or of the former system's."""

    plan = models.ForeignKey(PaymentPlan, on_delete=models.PROTECT, related_name="titles")
    title = models.ForeignKey(
        TaxTitle, on_delete=models.PROTECT, null=True, blank=True, related_name="plans"
    )
    arrears = models.ForeignKey(
        ArrearsTitle, on_delete=models.PROTECT, null=True, blank=True, related_name="plans"
    )

    class Meta:
        verbose_name = "título de un convenio"
        verbose_name_plural = "títulos de convenios"
        constraints = [
            models.CheckConstraint(
                name="plan_title_is_one",
                condition=Q(title__isnull=True, arrears__isnull=False)
                | Q(title__isnull=False, arrears__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return str(self.plan_id)
