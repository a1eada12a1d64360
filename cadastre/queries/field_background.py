"""What stands around a field package's predios, to find one's way: neighbours, blocks, roads, vertices."""

from datetime import date
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import numpy as np
import shapely
from django.contrib.gis.geos import Polygon

from cadastre.fieldwork import field_layer as names
from cadastre.models import Block, KeyAlias, ParcelVersion, Road
from cadastre.models.geometry_edge import to_shapely
from cadastre.queries.field_content import FieldContent
from gis_project.core.areas import reprojected
from gis_project.core.crs import STORAGE_SRID
from gis_project.territory.models import Municipality

AROUND_M = 40


def add_background(content: FieldContent, municipality: Municipality, *, on: date) -> None:
    """Fill the background tables within AROUND_M of the content's predios, and the vertices of these."""
    parcels = content.tables[names.PARCELS]
    drawn = [shapely.from_wkb(row["geom"]) for row in parcels if row.get("geom")]
    if not drawn:
        return
    _add_vertices(content, drawn)
    window = _window(drawn, content.srid)
    own = {UUID(row["uuid"]) for row in parcels}
    found = _near(ParcelVersion, municipality, window, on)
    keys = {
        alias.unit.parcel_id: (alias.unit_id, alias.text)
        for alias in KeyAlias.objects.known()
        .valid_on(on)
        .filter(unit__parcel__in=[row.parcel_id for row in found], unit__kind="WHOLE")
        .filter(is_principal=True)
        .select_related("unit")
    }
    around = [row for row in found if keys.get(row.parcel_id, (None, ""))[0] not in own]
    _add(
        content, names.NEIGHBOURS, around, lambda row: {"key": keys.get(row.parcel_id, (0, ""))[1]}
    )
    blocks, roads = (_near(model, municipality, window, on) for model in (Block, Road))
    _add(content, names.BLOCKS, blocks, lambda row: {"code": row.code})
    _add(content, names.ROADS, roads, lambda row: {"name": row.name})


def _near(model: Any, municipality: Municipality, window: Polygon, on: date) -> list[Any]:
    rows = model.objects.known().valid_on(on).filter(municipality=municipality)
    return list(rows.filter(geom__bboverlaps=window).order_by("pk"))


def _window(drawn: list[Any], srid: int) -> Polygon:
    """The box around everything, in the storage CRS."""
    xmin, ymin, xmax, ymax = shapely.total_bounds(np.array(drawn))
    box = shapely.box(xmin - AROUND_M, ymin - AROUND_M, xmax + AROUND_M, ymax + AROUND_M)
    if srid != STORAGE_SRID:
        box = reprojected(np.array([box]), to_srid=STORAGE_SRID, from_srid=srid)[0]
    window = Polygon.from_bbox(box.bounds)
    window.srid = STORAGE_SRID
    return window


def _add(content: FieldContent, name: str, rows: list[Any], told: Any) -> None:
    shapes = np.array([to_shapely(row.geom) for row in rows], dtype=object)
    if content.srid != STORAGE_SRID and rows:
        shapes = reprojected(shapes, to_srid=content.srid, from_srid=STORAGE_SRID)
    for row, shape in zip(rows, shapes, strict=True):
        content.tables[name].append(told(row) | {"geom": shapely.to_wkb(shape)})


def _add_vertices(content: FieldContent, drawn: list[Any]) -> None:
    """Each vertex once, numbered from the north-west, however many predios share it."""
    places = np.unique(np.round(shapely.get_coordinates(drawn), 3), axis=0)
    order = np.lexsort((places[:, 0], -places[:, 1]))
    for number, (x, y) in enumerate(places[order].tolist(), 1):
        content.tables[names.POINTS].append(
            {
                "uuid": str(uuid5(NAMESPACE_URL, f"{content.srid} {x:.3f} {y:.3f}")),
                "number": str(number),
                "geom": shapely.to_wkb(shapely.Point(x, y)),
            }
        )
