"""A stored ordinance as the members of its file: what was loaded, so that it can be written out and loaded again."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from shapely.geometry.base import BaseGeometry

from cadastre.models import BuildingCost, LandPrice, LandValueZone
from cadastre.models.geometry_edge import to_shapely
from gis_project.territory.models import Ordinance

Shapes = list[tuple[Mapping[str, str], BaseGeometry]]


def ordinance_members(ordinance: Ordinance) -> dict[str, Any]:
    """The members as a TOML file tells them; land values stand with the zones, not here."""
    told: dict[str, Any] = {"number": ordinance.number, "title": ordinance.title}
    if ordinance.gazette:
        told["gazette"] = ordinance.gazette
    told["valid_from"] = ordinance.valid.lower
    if ordinance.valid.upper is not None:
        told["valid_until"] = ordinance.valid.upper - timedelta(days=1)
    told["parameters"] = {
        name: value for name, value in ordinance.parameters.items() if value is not None
    }
    costs = BuildingCost.objects.filter(ordinance=ordinance).order_by("structure")
    if costs:
        told["building_cost"] = [
            {
                "structure": row.structure,
                "cost_per_m2": _plain(row.cost_per_m2),
                "useful_life_years": row.useful_life_years,
                "residual_pct": _plain(row.residual_pct),
            }
            for row in costs
        ]
    prices = LandPrice.objects.filter(ordinance=ordinance).order_by("pk").defer("geom")
    if prices:
        told["land_price"] = [_price(row) for row in prices]
    return told


def ordinance_shapes(ordinance: Ordinance) -> tuple[Shapes, Shapes]:
    """Its zones (codigo, clase, valor) and its axes (codigo, clase) in EPSG:32717."""
    zones: Shapes = [
        (
            {"codigo": zone.code, "clase": zone.kind, "valor": _plain(zone.value)},
            to_shapely(zone.geom),
        )
        for zone in LandValueZone.objects.known().filter(ordinance=ordinance).order_by("code", "pk")
    ]
    axes: Shapes = [
        ({"codigo": row.code, "clase": row.kind}, to_shapely(row.geom))
        for row in LandPrice.objects.filter(ordinance=ordinance, geom__isnull=False).order_by("pk")
        if row.geom is not None
    ]
    return zones, axes


def _price(row: LandPrice) -> dict[str, Any]:
    told: dict[str, Any] = {"kind": row.kind, "level": row.level, "code": row.code}
    if row.value is not None:
        told["value"] = _plain(row.value)
    if row.typical:
        told["typical"] = row.typical
    if row.reason:
        told["reason"] = row.reason
    return told


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"
