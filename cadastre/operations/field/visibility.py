"""What of the register may leave the office with a person: column by column, by the field matrix."""

from collections.abc import Sequence
from datetime import date

from cadastre.fieldwork.field_layer import BUILDINGS, PARCELS, UNITS, FieldLayer
from gis_project.core.errors import NotAllowed
from gis_project.territory.field_visibility import audiences_of, fields_for
from gis_project.territory.models import Municipality, User
from gis_project.territory.policy import NamedAtConsole

# Column → (resource, field) of the matrix; the columns of the ficha are one field together.
SHOWN_BY: dict[str, tuple[str, str]] = {
    "geom": ("parcel", "geometry"),
    "key": ("parcel", "cadastral_key"),
    "number": ("parcel", "property_number"),
    "kind": ("parcel", "land_use"),
    "address": ("parcel", "street_address"),
    "land_use": ("parcel", "land_use"),
    "block_code": ("parcel", "block"),
    "legal_area_m2": ("parcel", "legal_area_m2"),
    "titled_area_m2": ("parcel", "titled_area_m2"),
    "holders": ("right", "holder"),
}
_FICHA = ("ficha", "answers")
_IDENTITIES = ("uuid", "unit", "parcel", "building")


class HoldersNotForCarrier(NotAllowed):
    """The carrier's role does not see who holds the predios: hand out the package without names."""

    code = "holders_not_for_carrier"


def check_layers(
    layers: Sequence[FieldLayer], *, carrier: User, municipality: Municipality, on: date
) -> None:
    """Raise unless the carrier's own role sees every column; HoldersNotForCarrier for the names, NotAllowed."""
    mine = audiences_of(NamedAtConsole(carrier), municipality=municipality, on=on)
    for layer in layers:
        for name in layer.names if layer.name in (PARCELS, UNITS, BUILDINGS) else ():
            resource, field = _shown_by(layer.name, name)
            if field in fields_for(mine, resource, municipality=municipality):
                continue
            if name == "holders":
                raise HoldersNotForCarrier(
                    "El nombramiento de quien lleva el paquete no ve titulares: entréguelo sin nombres."
                )
            raise NotAllowed(
                f"El nombramiento de quien lleva el paquete no ve «{resource}.{field}»."
            )


def _shown_by(layer: str, name: str) -> tuple[str, str]:
    if name in _IDENTITIES:
        return SHOWN_BY["key"]
    if layer == BUILDINGS:
        return (
            "building",
            name if name in ("floors", "structure", "use", "built_in") else "details",
        )
    return SHOWN_BY.get(name, _FICHA)
