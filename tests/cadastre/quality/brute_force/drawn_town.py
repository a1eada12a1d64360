"""A town's geometry as plain shapes, read row by row, for checks that know neither SQL nor an index."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import shapely
from django.db.models import QuerySet
from shapely.geometry.base import BaseGeometry

from cadastre.models import (
    Block,
    BuildingVersion,
    Neighbourhood,
    ParcelVersion,
    PropertyUnit,
    RavineEdge,
    RiskArea,
    Road,
    UrbanLimit,
)
from gis_project.territory.models import Municipality


@dataclass(frozen=True, slots=True)
class Shape:
    """One thing of the map: its identity, what the rules ask of it, its shape."""

    id: UUID
    geom: BaseGeometry
    code: str = ""
    parcel: UUID | None = None
    unit: UUID | None = None
    width_m: float = 0
    level: str = ""


@dataclass(frozen=True, slots=True)
class DrawnTown:
    """Everything in force on a day; `grounds` by the parcel's identity, `blank` those without a polygon."""

    limit: BaseGeometry
    grounds: list[Shape]
    blank: set[UUID]
    whole_units: list[tuple[UUID, UUID | None]]
    blocks: list[Shape]
    buildings: list[Shape]
    roads: list[Shape]
    ravine_edges: list[Shape]
    risk_areas: list[Shape]
    loose_maps: list[Shape]

    def ground_of(self, parcel: UUID | None) -> BaseGeometry | None:
        return next((ground.geom for ground in self.grounds if ground.id == parcel), None)


def drawn(municipality: Municipality, *, on: date) -> DrawnTown:
    """The municipality as known now and in force on the day."""
    versions = list(_rows(ParcelVersion.objects, municipality, on))
    units = PropertyUnit.objects.filter(municipality=municipality, kind="WHOLE")
    roads = _maps(Road, municipality, on)
    return DrawnTown(
        limit=_shape(municipality.geom),
        grounds=[
            Shape(one.parcel_id, _shape(one.geom), code=one.block_code)
            for one in versions
            if one.geom is not None
        ],
        blank={one.parcel_id for one in versions if one.geom is None},
        whole_units=list(units.exclude(state="RETIRED").values_list("pk", "parcel_id")),
        blocks=_maps(Block, municipality, on),
        buildings=[
            Shape(one.building_id, _shape(one.geom), parcel=one.parcel_id, unit=one.unit_id)
            for one in _rows(BuildingVersion.objects, municipality, on)
            if one.geom is not None
        ],
        roads=[road for road in roads if road.geom.is_valid],
        ravine_edges=_maps(RavineEdge, municipality, on),
        risk_areas=_maps(RiskArea, municipality, on),
        loose_maps=[
            *roads,
            *_maps(Neighbourhood, municipality, on),
            *_maps(UrbanLimit, municipality, on),
        ],
    )


def _rows(manager, municipality: Municipality, on: date) -> QuerySet:
    return manager.known().valid_on(on).filter(municipality=municipality)


def _maps(model, municipality: Municipality, on: date) -> list[Shape]:
    return [
        Shape(
            one.feature_id,
            _shape(one.geom),
            code=one.code,
            width_m=float(getattr(one, "width_m", None) or 0),
            level=getattr(one, "level", ""),
        )
        for one in _rows(model.objects, municipality, on)
    ]


def _shape(geom) -> BaseGeometry:
    return shapely.from_wkb(bytes(geom.wkb))
