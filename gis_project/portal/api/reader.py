"""Who asks the API: what the matrix of fields grants them, and how often they may ask."""

from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest
from django.utils import timezone

from gis_project.core.errors import InvalidInput, NotAllowed
from gis_project.portal.lookups import asker_of, check_look_up
from gis_project.territory.clock import today_in
from gis_project.territory.field_visibility import audiences_of, field_visibility, fields_for
from gis_project.territory.models import Municipality
from gis_project.territory.policy import can

PUBLIC = frozenset({"bulk", "lookup"})
ASK_WHAT_WAS_KNOWN = frozenset({"official", "chief", "auditor"})


class NotYetKnown(InvalidInput):
    """The instant of `known` is still to come: nobody can say what will be known then."""

    code = "not_yet_known"


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


def check_may_ask_known(reader: Reader, known: datetime | None) -> None:
    """NotAllowed for those without an office that reads the register's past; NotYetKnown for the future."""
    if known is None:
        return
    if not reader.audiences & ASK_WHAT_WAS_KNOWN:
        raise NotAllowed(
            "Lo que el catastro sabía en otro momento lo consultan sus funcionarios: "
            "pregunte sin «known», o pida una copia certificada."
        )
    if known > timezone.now():
        raise NotYetKnown("«known» está en el futuro: dé un instante que ya pasó.")


def admitted_reader(
    request: HttpRequest, municipality: Municipality, *, resource: str = "", field: str = ""
) -> Reader:
    """The one who asks, after one look-up was taken from those without an office there.

    TooManyRequests when none is left: the same buckets as the property page's. `field` of `resource`
    is the money that the answer tells, if it tells any; where the municipality hides it, only the quick bucket counts.
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
