"""What earlier imports observed of a predio, and that an act answers: the law's ``mends`` says which data answer it."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from cadastre.models import Observation, PropertyUnit
from cadastre.operations.deed.filing import Deed


def answered(deed: Deed, predio: PropertyUnit, told: Iterable[str]) -> list[Observation]:
    """The unresolved observations of the predio or its ground that the data told answer, by the act's law."""
    codes = [code for code, names in deed.law.mends.items() if set(names) & set(told)]
    return list(unresolved(predio).filter(code__in=codes).order_by("pk")) if codes else []


def resolve(deed: Deed, predio: PropertyUnit, observations: Iterable[Observation]) -> bool:
    """Resolve them by the act; whether nothing else is observed of the predio and its ground."""
    Observation.objects.filter(pk__in=[one.pk for one in observations]).update(
        resolved_by=deed.operation
    )
    return not unresolved(predio).exists()


def unresolved(predio: PropertyUnit) -> QuerySet[Observation]:
    """What is observed of the predio or its ground and no act answered."""
    where = Q(unit=predio.pk)
    if predio.parcel_id is not None:
        where |= Q(parcel=predio.parcel_id)
    return Observation.objects.filter(where, resolved_by__isnull=True)
