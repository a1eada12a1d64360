import uuid

from django.db import models

from cadastre.models.arrears import ArrearsTitle
from cadastre.models.property_unit import PropertyUnit
from cadastre.models.tax_roll import TaxRoll, TaxTitle
from gis_project.territory.models import Municipality, User


class LedgerEntry(models.Model):
    """Ledger entry · es: asiento de recaudación. Its postings sum to zero; the database refuses it otherwise.

    Append-only, and closed with its own transaction: a mistake is undone by an entry that mirrors it. `made_in` is
    that transaction, set by the database. `worked_on`: for which day discount, surcharge and interest were worked out.
    """

    class Kind(models.TextChoices):
        CHARGE = "CHARGE", "cargo de una emisión"
        TAKE_OVER = "TAKE_OVER", "cartera del sistema anterior"
        PAYMENT = "PAYMENT", "cobro"
        SETTLEMENT = "SETTLEMENT", "liquidación de un recibo provisional"
        REVERSAL = "REVERSAL", "reverso"
        CLOSING = "CLOSING", "cierre de caja"
        VOIDING = "VOIDING", "baja de un título"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    booked_on = models.DateField("fecha")
    worked_on = models.DateField("calculado al")
    kind = models.CharField("clase", max_length=10, choices=Kind.choices)
    reason = models.CharField("motivo", max_length=300, blank=True)
    roll = models.OneToOneField(
        TaxRoll, on_delete=models.PROTECT, null=True, blank=True, related_name="charge"
    )
    reverses = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="reversal"
    )
    made_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField("registrado", auto_now_add=True)
    made_in = models.BigIntegerField("transacción", default=0, editable=False)

    class Meta:
        verbose_name = "asiento de recaudación"
        verbose_name_plural = "asientos de recaudación"
        indexes = [models.Index(fields=["municipality", "booked_on"], name="ledger_entry_by_day")]
        constraints = [
            models.CheckConstraint(
                name="ledger_entry_charges_a_roll",
                condition=models.Q(kind="CHARGE", roll__isnull=False)
                | (~models.Q(kind="CHARGE") & models.Q(roll__isnull=True)),
            ),
            models.CheckConstraint(
                name="ledger_reversal_has_reason",
                condition=(models.Q(kind="REVERSAL", reverses__isnull=False) & ~models.Q(reason=""))
                | (~models.Q(kind="REVERSAL") & models.Q(reverses__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.booked_on} {self.kind}"


class LedgerPosting(models.Model):
    """Ledger posting · es: partida. A debit is positive. `title` or `arrears` say whose receivable it is.

    `unit` holds a credit or a provisional payment on a predio; `tax_year` the year that a provisional one is for.
    """

    entry = models.ForeignKey(LedgerEntry, on_delete=models.PROTECT, related_name="postings")
    account = models.CharField("cuenta", max_length=24)
    amount = models.DecimalField("monto", max_digits=14, decimal_places=2)
    title = models.ForeignKey(
        TaxTitle, on_delete=models.PROTECT, null=True, blank=True, related_name="postings"
    )
    arrears = models.ForeignKey(
        ArrearsTitle, on_delete=models.PROTECT, null=True, blank=True, related_name="postings"
    )
    unit = models.ForeignKey(
        PropertyUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    tax_year = models.PositiveSmallIntegerField("año", null=True, blank=True)

    class Meta:
        verbose_name = "partida"
        verbose_name_plural = "partidas"
        constraints = [
            models.CheckConstraint(name="ledger_posting_moves", condition=~models.Q(amount=0)),
            models.CheckConstraint(
                name="ledger_posting_debt_is_receivable",
                condition=models.Q(title__isnull=True, arrears__isnull=True)
                | (
                    models.Q(account__startswith="RECEIVABLE_")
                    & (models.Q(title__isnull=True) | models.Q(arrears__isnull=True))
                ),
            ),
            models.CheckConstraint(
                name="ledger_posting_names_its_predio",
                condition=~models.Q(account__in=["CREDIT", "PROVISIONAL"])
                | models.Q(unit__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.amount}"
