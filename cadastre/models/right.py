from django.db import models

from cadastre.models.party import Party
from cadastre.models.property_unit import PropertyUnit
from cadastre.models.versioned import Versioned


class Right(Versioned):
    """Right · LADM LA_Right · es: derecho, tenencia. `share` is an exact fraction, or undetermined (both NULL).

    Determined shares of dominio on a unit sum to exactly one (a deferred trigger sees to it); a group with
    one undetermined member is undetermined as a whole.
    """

    class Kind(models.TextChoices):
        OWNERSHIP = "OWNERSHIP", "dominio"
        POSSESSION = "POSSESSION", "posesión"
        RIGHTS_AND_ACTIONS = "RIGHTS_AND_ACTIONS", "derechos y acciones"
        HEIRS = "HEIRS", "herederos"
        COMMUNAL = "COMMUNAL", "comunal"
        PUBLIC = "PUBLIC", "público"
        PENDING_AWARD = "PENDING_AWARD", "adjudicación en trámite"
        USUFRUCT = "USUFRUCT", "usufructo"

    unit = models.ForeignKey(PropertyUnit, on_delete=models.PROTECT, related_name="rights")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="rights")
    kind = models.CharField("tenencia", max_length=20, choices=Kind.choices)
    share_numerator = models.PositiveBigIntegerField("cuota, numerador", null=True, blank=True)
    share_denominator = models.PositiveBigIntegerField("cuota, denominador", null=True, blank=True)

    class Meta:
        verbose_name = "derecho"
        verbose_name_plural = "derechos"
        constraints = [
            models.CheckConstraint(
                name="right_share_exact_or_undetermined",
                condition=models.Q(share_numerator__isnull=True, share_denominator__isnull=True)
                | models.Q(
                    share_numerator__gt=0,
                    share_denominator__gt=0,
                    share_numerator__lte=models.F("share_denominator"),
                ),
            )
        ]
        indexes = [
            models.Index(
                fields=["unit"], name="right_unit", condition=models.Q(recorded__upper_inf=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.share_numerator}/{self.share_denominator} [{self.pk}]"
