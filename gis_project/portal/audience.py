"""What the reader of a page may see, resource by resource, from the one matrix of fields."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest

from gis_project.territory.field_visibility import audiences_of, field_visibility, fields_for
from gis_project.territory.models import Municipality

PUBLIC = frozenset({"bulk", "lookup"})


@dataclass(frozen=True, slots=True)
class Sees:
    """The fields of each resource that this reader sees in full; `masks_cedula` says that its end is shown."""

    parcel: frozenset[str]
    value: frozenset[str]
    tax: frozenset[str]
    party: frozenset[str]
    right: frozenset[str]
    burden: frozenset[str]
    masks_cedula: bool
    is_public: bool


def what_is_seen(request: HttpRequest, *, municipality: Municipality, on: date) -> Sees:
    """The reader's view in that municipality on a civil date."""
    audiences = audiences_of(request.user, municipality=municipality, on=on)

    def fields(resource: str) -> frozenset[str]:
        return fields_for(audiences, resource, municipality=municipality)

    masked = (
        field_visibility(audience, "party", "cedula", municipality=municipality) == "masked"
        for audience in audiences
    )
    return Sees(
        parcel=fields("parcel"),
        value=fields("value"),
        tax=fields("tax"),
        party=fields("party"),
        right=fields("right"),
        burden=fields("burden"),
        masks_cedula=any(masked),
        is_public=audiences <= PUBLIC,
    )
