"""What an ordinance holds, as one hash: is what a file brings already in the register?"""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from cadastre.geometry.fingerprint import fingerprints
from cadastre.models import BuildingCost, LandValueZone
from cadastre.models.geometry_edge import to_shapely
from gis_project.core.canonical import sha256_hex
from gis_project.territory.models import Ordinance

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
) -> str:
    """SHA-256 over the whole content but the end of its validity, which a later ordinance may set.

    ``costs``: structure, dollars per m², years, residual per cent. ``zones``: code, kind, value,
    fingerprint of the polygon. The order of either does not count.
    """
    return sha256_hex(
        {
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
                [code, kind, f"{value.quantize(_FOUR)}", shape]
                for code, kind, value, shape in zones
            ),
        }
    )


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
    )
