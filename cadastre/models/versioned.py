"""The two time axes every record of the ground and its rights carries."""

from typing import Any, Self

from django.contrib.postgres.fields import DateRangeField, DateTimeRangeField
from django.db import models

from gis_project.territory.models import Municipality


class VersionedQuerySet(models.QuerySet[Any]):
    def known(self) -> Self:
        """What the register holds to be true now, of any day."""
        return self.filter(recorded__upper_inf=True)

    def known_at(self, instant: object) -> Self:
        """What the register held to be true at an instant."""
        return self.filter(recorded__contains=instant)

    def as_known(self, instant: object | None) -> Self:
        """`known_at` an instant, and without one what is `known` now."""
        return self.known() if instant is None else self.known_at(instant)

    def valid_on(self, day: object) -> Self:
        """Those in force on a civil date."""
        return self.filter(valid__contains=day)


class Versioned(models.Model):
    """LADM VersionedObject: `valid` says when it was so, `recorded` when we knew it; both half-open.

    An operation opens and closes each version; closing sets `recorded`'s upper end and `closed_by`, once.
    """

    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="+", verbose_name="municipio"
    )
    valid = DateRangeField("vigencia")
    recorded = DateTimeRangeField("registro")
    opened_by = models.ForeignKey("cadastre.Operation", on_delete=models.PROTECT, related_name="+")
    closed_by = models.ForeignKey(
        "cadastre.Operation", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    objects = VersionedQuerySet.as_manager()

    class Meta:
        abstract = True
