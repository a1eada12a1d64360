"""From the número de predio that people know from their receipts to the key the look-ups take."""

from cadastre.models import KeyAlias
from gis_project.territory.models import Municipality


def key_of_number(*, municipality: Municipality, number: str) -> str | None:
    """The normalised principal key of the predio with that number; None when no predio bears it."""
    alias = (
        KeyAlias.objects.known()
        .filter(municipality=municipality, unit__number=number, is_principal=True)
        .order_by("-valid")
        .first()
    )
    return alias.normalised if alias else None
