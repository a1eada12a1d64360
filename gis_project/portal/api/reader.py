"""Who asks the API: what the matrix of fields grants them, and how often they may ask."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest

from gis_project.portal.lookups import asker_of, check_look_up
from gis_project.territory.clock import today_in
from gis_project.territory.field_visibility import audiences_of, field_visibility, fields_for
from gis_project.territory.models import Municipality
from gis_project.territory.policy import can

PUBLIC = frozenset({"bulk", "lookup"})


@dataclass(frozen=True, slots=True)
class Reader:
    """The audiences that a person belongs to today in one municipality."""

    municipality: Municipality
    today: date
    audiences: frozenset[str]
    views_tax: bool

    @property
    def is_public(self) -> bool:
        return self.audiences <= PUBLIC

    def fields(self, resource: str) -> frozenset[str]:
        """The fields of a resource shown in full."""
        return fields_for(self.audiences, resource, municipality=self.municipality)

    def sees_masked(self, resource: str, field: str) -> bool:
        """Whether the end of a field is shown to one of the audiences."""
        return any(
            field_visibility(audience, resource, field, municipality=self.municipality) == "masked"
            for audience in self.audiences
        )


def admitted_reader(
    request: HttpRequest, municipality: Municipality, *, resource: str, field: str
) -> Reader:
    """The one who asks, after one look-up was taken from those without an office there.

    TooManyRequests when none is left: the same buckets as the property page's. `field` of `resource`
    is the money that the answer tells; where the municipality hides it, only the quick bucket counts.
    """
    today = today_in(municipality)
    reader = Reader(
        municipality=municipality,
        today=today,
        audiences=audiences_of(request.user, municipality=municipality, on=today),
        views_tax=can(request.user, "view_tax", municipality=municipality, on=today),
    )
    if reader.is_public:
        check_look_up(
            asker_of(request),
            municipality=municipality,
            tells_money=field in reader.fields(resource),
        )
    return reader
