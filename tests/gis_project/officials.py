"""Clients of officials who hold nothing but one shipped role, and the secrets that it leaves hidden."""

from collections.abc import Iterable

from django.test import Client

from cadastre.models import PartyIdentity
from gis_project.territory.field_visibility import AUDIENCE_OF_CAPABILITY, fields_for
from gis_project.territory.models import Municipality, Organisation
from gis_project.territory.roles import ShippedRole
from tests.gis_project.canary_town import OBSERVED, portfolios
from tests.people import Person, cedula
from tests.staff import appoint

# What field of the matrix each column of a person's data is.
FIELD_OF = {
    "full_name": "full_name",
    "search_name": "full_name",
    "id_number": "cedula",
    "phone": "phone",
    "email": "email",
    "postal_address": "address",
}


def official(role: ShippedRole, town: str, serial: int) -> Client:
    """A client signed in as someone who holds nothing but that role in that municipality."""
    return _signed_in(role, serial, municipality=Municipality.objects.get(slug=town))


def officer(role: ShippedRole, towns: Iterable[str], serial: int) -> Client:
    """The same through an organisation that acts in those municipalities, with no office in any."""
    board = Organisation.objects.create(name=f"Organización {serial}", kind="OTHER")
    board.municipalities.set(Municipality.objects.filter(slug__in=towns))
    return _signed_in(role, serial, organisation=board)


def audiences_at_home(role: ShippedRole) -> frozenset[str]:
    """What the role's capabilities make of its holder, by the matrix of fields."""
    return frozenset(AUDIENCE_OF_CAPABILITY.get(held, "lookup") for held in role.capabilities)


def hidden_from(role: ShippedRole) -> list[str]:
    """The secrets that field_visibility.toml shows to none of the role's audiences, even at home."""
    seen = fields_for(audiences_at_home(role), "party")
    hidden = [
        getattr(identity, column)
        for identity in PartyIdentity.objects.all()
        for column, field in FIELD_OF.items()
        if field not in seen
    ]
    return [OBSERVED, *hidden, *([] if "view_tax" in role.capabilities else portfolios())]


def _signed_in(
    role: ShippedRole,
    serial: int,
    *,
    municipality: Municipality | None = None,
    organisation: Organisation | None = None,
) -> Client:
    person = Person(
        full_name=f"Persona {role.name}",
        cedula=cedula(serial),
        phone=f"+593970{serial:06d}",
        email=f"persona{serial}@ejemplo.test",
    )
    client = Client(REMOTE_ADDR="198.51.100.20", raise_request_exception=False)
    client.force_login(appoint(person, role.code, municipality, organisation))
    return client
