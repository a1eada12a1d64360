"""What an ordinance holds, as one hash: is what a file brings already in the register?"""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from shapely.geometry.base import BaseGeometry

from cadastre.geometry.fingerprint import fingerprints
from cadastre.models import BuildingCost, LandPrice, LandValueZone
from cadastre.models.geometry_edge import to_shapely
from gis_project.core.canonical import canonical_json, sha256_hex
from gis_project.territory.models import Ordinance

Price = tuple[str, str, str, Decimal | None, Mapping[str, str], str, BaseGeometry | None]
_FOUR = Decimal("0.0001")
_TWO = Decimal("0.01")


def content_hash(
    *,
    number: str,
    title: str,
    gazette: str,
    valid_from: date,
    parameters: Mapping[str, Any],
    costs: Iterable[tuple[str, Decimal, int, Decimal]],
    zones: Iterable[tuple[str, str, Decimal, str]],
    prices: Iterable[Price] = (),
) -> str:
    """SHA-256 over the whole content but the end of its validity, which a later ordinance may set.

    ``costs``: structure, dollars per m², years, residual per cent. ``zones``: code, kind, value,
    fingerprint of the polygon. ``prices``: kind, level, code, value, typical lot, reason, line. The
    order of none counts; without prices the hash is that of an ordinance which knows no levels.
    """
    content: dict[str, Any] = {
        "number": number,
        "title": title,
        "gazette": gazette,
        "valid_from": valid_from,
        "parameters": parameters,
        "costs": sorted(
            [structure, f"{cost.quantize(_FOUR)}", years, f"{residual.quantize(_TWO)}"]
            for structure, cost, years, residual in costs
        ),
        "zones": sorted(
            [code, kind, f"{value.quantize(_FOUR)}", shape] for code, kind, value, shape in zones
        ),
    }
    if rows := [_price(price) for price in prices]:
        content["prices"] = sorted(rows, key=canonical_json)
    return sha256_hex(content)


def _price(price: Price) -> list[Any]:
    kind, level, code, value, typical, reason, line = price
    told = None if value is None else f"{value.quantize(_FOUR)}"
    shape = None if line is None else fingerprints([line])[0]
    return [kind, level, code, told, dict(typical), reason, shape]


def stored_content_hash(ordinance: Ordinance) -> str:
    """The same hash of what the register holds of ``ordinance`` now."""
    zones = list(LandValueZone.objects.known().filter(ordinance=ordinance))
    shapes = fingerprints([to_shapely(zone.geom) for zone in zones])
    return content_hash(
        number=ordinance.number,
        title=ordinance.title,
        gazette=ordinance.gazette,
        valid_from=ordinance.valid.lower,
        parameters=ordinance.parameters,
        costs=[
            (cost.structure, cost.cost_per_m2, cost.useful_life_years, cost.residual_pct)
            for cost in BuildingCost.objects.filter(ordinance=ordinance)
        ],
        zones=[
            (zone.code, str(zone.kind), zone.value, shape)
            for zone, shape in zip(zones, shapes, strict=True)
        ],
        prices=[
            (
                str(row.kind),
                str(row.level),
                row.code,
                row.value,
                row.typical,
                row.reason,
                None if row.geom is None else to_shapely(row.geom),
            )
            for row in LandPrice.objects.filter(ordinance=ordinance)
        ],
    )
