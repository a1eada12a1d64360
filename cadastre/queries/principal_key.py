"""The key that a look-up takes, from what people hold: a predio, or its number on a receipt."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from cadastre.models import KeyAlias, PropertyUnit
from gis_project.territory.models import Municipality


def key_of_number(*, municipality: Municipality, number: str) -> str | None:
    """The normalised principal key of the predio with that número de predio; None when none bears it."""
    alias = (
        KeyAlias.objects.known()
        .filter(municipality=municipality, unit__number=number, is_principal=True)
        .order_by("-valid")
        .first()
    )
    return alias.normalised if alias else None


def principal_key(unit: PropertyUnit, *, on: date) -> str | None:
    """The normalised principal key of a predio on a civil date; None when it had none."""
    alias = KeyAlias.objects.known().valid_on(on).filter(unit=unit, is_principal=True).first()
    return alias.normalised if alias else None


def principal_keys(unit_ids: Collection[UUID]) -> dict[UUID, str]:
    """The newest principal key of each predio as it is written; one without any is not there."""
    rows = (
        KeyAlias.objects.known()
        .filter(unit__in=unit_ids, is_principal=True)
        .order_by("valid", "pk")
        .values_list("unit_id", "text")
    )
    return dict(rows)
