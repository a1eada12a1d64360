"""What acts, persons and meters tell that a tax looks at beside the value."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models

from cadastre.models.party import Party
from cadastre.models.property_unit import PropertyUnit
from cadastre.models.versioned import Versioned


class TaxGrant(Versioned):
    """Exemption or deduction granted to a predio by a resolution · es: exoneración o deducción concedida.

    `code` is the law's or the ordinance's, or a lot's circumstance (cadastre/valuation/lot_codes.py). It counts
    from tax year `from_year` to `until_year`; `part` is a fraction of one, `amount` dollars.
    """

    unit = models.ForeignKey(PropertyUnit, on_delete=models.PROTECT, related_name="tax_grants")
    code = models.CharField("código", max_length=40)
    from_year = models.PositiveSmallIntegerField("desde el año")
    until_year = models.PositiveSmallIntegerField("hasta el año", null=True, blank=True)
    part = models.DecimalField("parte", max_digits=9, decimal_places=8, null=True, blank=True)
    amount = models.DecimalField(
        "monto (USD)", max_digits=14, decimal_places=2, null=True, blank=True
    )
    act = models.CharField("resolución", max_length=120)
    decided_on = models.DateField("fecha de la resolución")

    class Meta:
        verbose_name = "exoneración concedida"
        verbose_name_plural = "exoneraciones concedidas"
        constraints = [
            models.CheckConstraint(
                name="tax_grant_years_in_order",
                condition=models.Q(until_year__isnull=True)
                | models.Q(until_year__gte=models.F("from_year")),
            ),
            models.CheckConstraint(
                name="tax_grant_part_of_one",
                condition=models.Q(part__isnull=True) | models.Q(part__gt=0, part__lte=1),
            ),
            models.CheckConstraint(
                name="tax_grant_amount_positive",
                condition=models.Q(amount__isnull=True) | models.Q(amount__gt=0),
            ),
        ]
        indexes = [
            models.Index(
                fields=["unit"], name="tax_grant_unit", condition=models.Q(recorded__upper_inf=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} [{self.pk}]"


class HolderFact(Versioned):
    """What a holder proved of himself for his tax · es: condición personal del titular. Need to know, never shown.

    `amount` is dollars a month (INCOME), dollars (PATRIMONY, balance of a MORTGAGE), or per cent (DISABILITY, on
    the one predio for which he asked).
    """

    class Kind(models.TextChoices):
        INCOME = "INCOME", "ingreso mensual"
        PATRIMONY = "PATRIMONY", "patrimonio"
        DISABILITY = "DISABILITY", "discapacidad calificada"
        MORTGAGE = "MORTGAGE", "saldo de hipoteca"

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="tax_facts")
    unit = models.ForeignKey(
        PropertyUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="holder_facts"
    )
    kind = models.CharField("clase", max_length=10, choices=Kind.choices)
    amount = models.DecimalField("monto o porcentaje", max_digits=14, decimal_places=2)
    requested_on = models.DateField("fecha de la solicitud")
    document = models.CharField("documento que lo prueba", max_length=200)

    class Meta:
        verbose_name = "condición personal del titular"
        verbose_name_plural = "condiciones personales de los titulares"
        constraints = [
            models.CheckConstraint(
                name="holder_fact_names_its_predio",
                condition=models.Q(kind__in=["INCOME", "PATRIMONY"], unit__isnull=True)
                | models.Q(kind__in=["DISABILITY", "MORTGAGE"], unit__isnull=False),
            ),
            models.CheckConstraint(
                name="holder_fact_amount",
                condition=models.Q(kind="DISABILITY", amount__gt=0, amount__lte=100)
                | (~models.Q(kind="DISABILITY") & models.Q(amount__gte=0)),
            ),
            ExclusionConstraint(
                name="holder_fact_one_truth_a_day",
                expressions=[
                    ("party", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
                condition=models.Q(
                    recorded__upper_inf=True, kind__in=["INCOME", "PATRIMONY", "DISABILITY"]
                ),
            ),
            ExclusionConstraint(
                name="holder_fact_one_mortgage_a_day",
                expressions=[("unit", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
                condition=models.Q(recorded__upper_inf=True, kind="MORTGAGE"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} [{self.pk}]"


class ServiceUse(Versioned):
    """How much of a service a predio uses a year · es: uso de un servicio. In the unit of the ordinance's charge."""

    unit = models.ForeignKey(PropertyUnit, on_delete=models.PROTECT, related_name="service_uses")
    charge = models.CharField("tasa", max_length=40)
    quantity = models.DecimalField("cantidad", max_digits=12, decimal_places=4)

    class Meta:
        verbose_name = "uso de un servicio"
        verbose_name_plural = "usos de servicios"
        constraints = [
            models.CheckConstraint(
                name="service_use_not_negative", condition=models.Q(quantity__gte=0)
            ),
            ExclusionConstraint(
                name="service_use_one_truth_a_day",
                expressions=[
                    ("unit", RangeOperators.EQUAL),
                    ("charge", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
                condition=models.Q(recorded__upper_inf=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.charge} [{self.pk}]"
