from django.db import models

from cadastre.models.party import Party
from cadastre.models.versioned import Versioned


class PartyMember(Versioned):
    """Member of a group of parties · LADM LA_PartyMember · es: integrante (cónyuge, heredero, comunero).

    Determined shares of a group sum to exactly one; a group with one undetermined member is undetermined.
    """

    group = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="members")
    member = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="memberships")
    share_numerator = models.PositiveBigIntegerField("cuota, numerador", null=True, blank=True)
    share_denominator = models.PositiveBigIntegerField("cuota, denominador", null=True, blank=True)

    class Meta:
        verbose_name = "integrante"
        verbose_name_plural = "integrantes"
        constraints = [
            models.CheckConstraint(
                name="party_member_share_exact_or_undetermined",
                condition=models.Q(share_numerator__isnull=True, share_denominator__isnull=True)
                | models.Q(
                    share_numerator__gt=0,
                    share_denominator__gt=0,
                    share_numerator__lte=models.F("share_denominator"),
                ),
            ),
            models.CheckConstraint(
                name="party_member_not_itself", condition=~models.Q(group=models.F("member"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group_id} ∋ {self.member_id} [{self.pk}]"
