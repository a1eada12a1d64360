"""The land value zones of a map file, each with its code, kind, value and polygon; or why not."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from shapely.geometry.base import BaseGeometry

from cadastre.geometry.fingerprint import fingerprints
from cadastre.imports.ground_facts import kind_of_word
from cadastre.imports.ordinance_file import LandValueRow
from cadastre.imports.parcel_map import fitted
from cadastre.imports.parcel_records import Reason, stored_geometries
from cadastre.imports.plain_values import as_text
from cadastre.imports.raw_layer import RawLayer
from gis_project.core.errors import InvalidInput
from gis_project.core.money import format_decimal, parse_decimal

_LONGEST_CODE = 40
_MOST_TOLD = 20
_STEP = Decimal("0.0001")
_LARGEST = Decimal(10) ** 9


class InvalidZones(InvalidInput):
    """Zones cannot enter as they are: correct the records that are listed and load again."""

    code = "invalid_zones"


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneColumns:
    """Names of columns; without ``value`` or ``kind`` the ordinance's own ``land_value`` rows tell them."""

    code: str
    value: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class ValueZone:
    """One polygon in the storage CRS and its unit value: dollars per m² (URBAN), per hectare (RURAL)."""

    position: int
    code: str
    kind: str
    value: Decimal
    geom: BaseGeometry
    geom_hash: str


def value_zones(
    layer: RawLayer, *, srid: int, columns: ZoneColumns, told: Sequence[LandValueRow]
) -> list[ValueZone]:
    """All zones of the layer, in its order; a single one that is unfit refuses all (InvalidZones)."""
    present = fitted(columns, layer.fields)
    by_code = {row.code: row for row in told}
    geoms, _, flaws = stored_geometries(layer.records, srid)
    zones: list[ValueZone] = []
    refused: list[str] = []
    agreed: dict[str, ValueZone] = {}
    for raw, geom, flaw in zip(layer.records, geoms, flaws, strict=True):
        code = as_text(raw.attributes.get(present.code))
        place = f"registro {raw.position}" + (f" ({code[:_LONGEST_CODE]})" if code else "")
        try:
            kind, value = _worth(raw.attributes, present, code, by_code)
            if geom is None:
                raise InvalidZones(_told(flaw))
        except InvalidInput as refusal:
            refused.append(f"{place}: {refusal.message}")
            continue
        zone = ValueZone(raw.position, code, kind, value, geom, fingerprints([geom])[0])
        first = agreed.setdefault(code, zone)
        if (first.kind, first.value) != (kind, value):
            refused.append(
                f"{place}: el registro {first.position} da a este código otra clase o valor; un código "
                "tiene uno solo."
            )
        zones.append(zone)
    if not layer.records:
        refused.append("el archivo no tiene registros.")
    if refused:
        more = len(refused) - _MOST_TOLD
        raise InvalidZones(
            "Zonas de valor que no pueden entrar:\n  "
            + "\n  ".join(refused[:_MOST_TOLD])
            + (f"\n  … y {more} más." if more > 0 else "")
        )
    return zones


def _worth(
    attributes: dict[str, Any], columns: ZoneColumns, code: str, by_code: dict[str, LandValueRow]
) -> tuple[str, Decimal]:
    if not code or len(code) > _LONGEST_CODE:
        raise InvalidZones(f"el código está vacío o pasa de {_LONGEST_CODE} signos.")
    row = by_code.get(code)
    kind = row.kind if row else None
    value = row.value if row else None
    if columns.kind:
        text = as_text(attributes.get(columns.kind))
        kind = kind_of_word(text)
        if kind is None:
            raise InvalidZones(f"la clase «{text}» no es urbana ni rural.")
    if columns.value:
        value = _value(attributes.get(columns.value))
    if kind is None or value is None:
        raise InvalidZones(
            "falta su clase o valor: dé --kind-field y --value-field, o una fila [[land_value]] con "
            "este código."
        )
    if row and (row.kind, row.value) != (kind, value):
        raise InvalidZones(
            f"el mapa dice {kind} {_plain(value)} y la fila [[land_value]], {row.kind} {_plain(row.value)}: "
            "corrija uno."
        )
    return kind, value


def _value(told: Any) -> Decimal:
    # A column of binary numbers cannot hold 45.3: it is read to the four decimals that are stored.
    value = Decimal(repr(told)) if isinstance(told, float) else parse_decimal(as_text(told))
    rounded = value.quantize(_STEP, ROUND_HALF_UP) if abs(value) < _LARGEST else value
    if not 0 < rounded < _LARGEST:
        raise InvalidZones(f"el valor «{told}» debe ser mayor que 0.")
    if not isinstance(told, float) and rounded != value:
        raise InvalidZones(f"el valor «{told}» tiene más de 4 decimales.")
    return rounded


def _plain(value: Decimal) -> str:
    return format_decimal(value.normalize())


def _told(flaw: Reason | None) -> str:
    if flaw is None:
        return "no tiene polígono."
    where = "" if flaw.x is None else f" En X={flaw.x:.2f}, Y={flaw.y:.2f} (EPSG:32717)."
    return flaw.message + where
