"""/api/<m>/basins: what a click may mean, and the basin of a point."""

import json
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

import shapely
from django.http import HttpRequest
from django.utils import timezone
from ninja import Router
from ninja.params.functions import Query
from ninja.security import django_auth

from gis_project.territory.clock import today_in
from gis_project.territory.policy import check_can, municipality_for
from water_basins.api.basin_schema import BasinOut, CandidatesOut
from water_basins.models import TerrainVersion

router = Router(tags=["agua"], auth=django_auth)

Coordinate = Annotated[float, Query(ge=-1e7, le=2e7, allow_inf_nan=False)]
Crs = Annotated[
    Literal["4326", "32717"],
    Query(description="El de x, y y la geometría: 4326 (longitud, latitud) o 32717 (metros)."),
]
Radius = Annotated[float, Query(gt=0, le=2000, description="Metros alrededor del punto.")]
Version = Annotated[
    str | None, Query(max_length=32, description="La versión del terreno; sin ella, la que rige.")
]
_DECIMALS = {"4326": 8, "32717": 3}


@router.get(
    "/{municipality}/basins",
    response=CandidatesOut,
    operation_id="basin_candidates",
    summary="Los cauces cercanos a un punto, con el área que drena a cada uno",
)
def basin_candidates(
    request: HttpRequest,
    municipality: str,
    x: Coordinate,
    y: Coordinate,
    crs: Crs = "4326",
    radius_m: Radius = 100.0,
    version: Version = None,
) -> dict[str, Any]:
    """Nada se ajusta en silencio: la primera es la celda del punto y las demás, una por tramo de cauce.

    Elija una y pida lo que dice su `basin`.
    """
    from water_basins.queries import basins  # numba: only who asks for a basin loads it

    terrain = _terrain(request, municipality, version)
    found = basins.outlet_candidates(terrain, x, y, srid=int(crs), radius_m=radius_m)
    rows = []
    for candidate in found.all:
        place = basins.moved_point(terrain, candidate.x, candidate.y, srid=int(crs))
        east, north = (round(value, _DECIMALS[crs]) for value in place)
        asked = {"x": east, "y": north, "crs": crs, "version": terrain.version}
        rows.append(
            {
                "rule": candidate.rule,
                "x": east,
                "y": north,
                "distance_m": round(candidate.distance_m, 2),
                "cells": candidate.cells,
                "grid_area_m2": _area(candidate.grid_area_m2),
                "height_m": round(candidate.height_m, 2),
                "basin": f"{request.path}/at?{urlencode(asked)}",
            }
        )
    return {
        "terrain": _told(terrain),
        "is_far_apart": found.is_far_apart,
        "candidates": rows,
    }


@router.get(
    "/{municipality}/basins/at",
    response=BasinOut,
    operation_id="basin",
    summary="La cuenca de un punto",
)
def basin(
    request: HttpRequest,
    municipality: str,
    x: Coordinate,
    y: Coordinate,
    crs: Crs = "4326",
    shape: Literal["exact", "display"] = "exact",
    version: Version = None,
) -> dict[str, Any]:
    """Lo que drena a la celda del punto, sin moverla. `shape=display` da un contorno más liviano, solo para dibujar."""
    from water_basins.queries import basins  # numba: only who asks for a basin loads it

    terrain = _terrain(request, municipality, version)
    found = basins.basin_at(terrain, x, y, srid=int(crs), is_display=shape == "display")
    whole, ground = found.basin, found.relief
    rounded = shapely.transform(found.geometry, lambda xy: xy.round(_DECIMALS[crs]))
    return {
        "type": "Feature",
        "geometry": json.loads(shapely.to_geojson(rounded)),
        "properties": {
            "terrain": _told(terrain),
            "cells": whole.cells,
            "grid_area_m2": _area(whole.grid_area_m2),
            "geodesic_area_m2": _area(whole.geodesic_area_m2),
            "is_complete": whole.is_complete,
            "touches_edge": whole.touches_edge,
            "touches_nodata": whole.touches_nodata,
            "ponded_cells": whole.ponded_cells,
            "ponded_mean_m": round(whole.ponded_mean_m, 2),
            "lowest_m": round(ground.lowest_m, 2),
            "highest_m": round(ground.highest_m, 2),
            "mean_m": round(ground.mean_m, 2),
            "mean_slope_pct": None
            if ground.mean_slope_pct is None
            else round(ground.mean_slope_pct, 2),
            "longest_path_m": round(found.longest_path_m, 1),
            "crs": f"EPSG:{crs}",
            "is_display": shape == "display",
            "note": found.note,
        },
    }


def _terrain(request: HttpRequest, municipality: str, version: str | None) -> TerrainVersion:
    """The terrain of a municipality where the person may see water."""
    from water_basins.queries import basins

    place = municipality_for(request.user, municipality, on=timezone.localdate())
    check_can(request.user, "view_water", municipality=place, on=today_in(place))
    return basins.terrain_in_use(place, version=version)


def _told(terrain: TerrainVersion) -> dict[str, str]:
    return {
        "version": terrain.version,
        "title": terrain.title,
        "surface": terrain.surface,
        "surface_es": terrain.get_surface_display(),
    }


def _area(square_metres: float | None) -> str | None:
    return None if square_metres is None else f"{square_metres:.2f}"
