"""Who may carry a field package in a municipality."""

from datetime import date

from django.db.models import Q, QuerySet

from gis_project.core.errors import NotFound
from gis_project.territory.identifiers import read_identifier
from gis_project.territory.models import Membership, Municipality, User


def carriers(municipality: Municipality, *, on: date) -> QuerySet[User]:
    """The active people whose role lets them carry one there on that day, by name."""
    held = Membership.objects.on(on).filter(
        municipality=municipality, role__capabilities__contains=["carry_field_packages"]
    )
    return User.objects.filter(is_active=True, pk__in=held.values("user")).order_by("full_name")


def carrier_identified(municipality: Municipality, text: str, *, on: date) -> User:
    """The carrier of that cédula, telephone or e-mail; NotFound."""
    read = read_identifier(text)
    told = Q(pk__in=[])
    for name in ("cedula", "phone", "email"):
        if value := getattr(read, name):
            told |= Q(**{name: value})
    found = carriers(municipality, on=on).filter(told).first()
    if found is None:
        raise NotFound("Nadie con ese identificador puede llevar paquetes de campo aquí.")
    return found
