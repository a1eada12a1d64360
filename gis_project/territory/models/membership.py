from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models

from gis_project.territory.models.municipality import Municipality
from gis_project.territory.models.organisation import Organisation
from gis_project.territory.models.user import User


class Role(models.Model):
    """Role · es: rol. A named group of capabilities; the shipped ones come from territory/roles.toml."""

    code = models.CharField("código", max_length=50, unique=True)
    name = models.CharField("nombre", max_length=100)
    capabilities = ArrayField(models.CharField(max_length=60), default=list)
    requires_mfa = models.BooleanField("exige segundo factor", default=False)
    is_shipped = models.BooleanField("de fábrica", default=False)

    class Meta:
        verbose_name = "rol"
        verbose_name_plural = "roles"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class MembershipQuerySet(models.QuerySet["Membership"]):
    def on(self, day: object) -> Self:
        """Those in force on a civil date."""
        return self.filter(valid__contains=day)


class Membership(models.Model):
    """Membership · es: nombramiento. One person's role in one municipality or organisation, for a time."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="memberships")
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    valid = DateRangeField("vigencia")

    objects: ClassVar[MembershipQuerySet] = MembershipQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "nombramiento"
        verbose_name_plural = "nombramientos"
        constraints = [
            models.CheckConstraint(
                name="membership_in_one_body",
                condition=models.Q(municipality__isnull=False, organisation__isnull=True)
                | models.Q(municipality__isnull=True, organisation__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.role_id} @ {self.municipality_id or self.organisation_id} [{self.pk}]"
