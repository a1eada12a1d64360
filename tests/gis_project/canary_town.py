"""The town of the pages with a secret in every private field, and a second municipality beside it."""

from fractions import Fraction

from shapely import box

from cadastre.keys.plain_text import plain
from cadastre.models import ParcelVersion, PartyIdentity
from gis_project.territory.models import Municipality
from tests import register
from tests.browser import town
from tests.people import ALMA, JULIO, TOMAS, VERA, cedula
from tests.staff import account, appoint

MEJIA_KEY = town.KEY
CELICA_KEY = "110450010100100100000000"


def build() -> None:
    town.build()
    mejia = Municipality.objects.get(slug="mejia")
    celica = Municipality.objects.get(slug="celica")
    act = register.operation(celica)
    unit = register.predio(
        act,
        box(620_000, 9_546_000, 620_020, 9_546_020),
        CELICA_KEY,
        number="50001",
        parish=register.parish(celica, "110450", "Celica"),
    )
    register.holder(act, unit, "x", cedula(7_654_321, province=11), share=Fraction(1))
    register.settle()
    for number, identity in enumerate(PartyIdentity.objects.order_by("id_number"), start=1):
        identity.full_name = f"Titular CANARIO{number}NOMBRE"
        identity.search_name = plain(identity.full_name)
        identity.phone = f"CANARIO{number}TEL"
        identity.email = f"canario{number}correo@ejemplo.test"
        identity.postal_address = f"CANARIO{number}DOMICILIO"
        identity.save()
    appoint(ALMA, "municipal_administrator", mejia)
    appoint(VERA, "auditor", mejia)
    appoint(JULIO, "gis_reader", mejia)
    account(TOMAS)
    assert ParcelVersion.objects.filter(municipality=celica).exists()


def secrets() -> list[str]:
    """Every private value of the town, as it would appear anywhere."""
    found: list[str] = []
    for identity in PartyIdentity.objects.all():
        found += [
            identity.id_number,
            identity.full_name,
            identity.search_name,
            identity.phone,
            identity.email,
            identity.postal_address,
        ]
    return found
