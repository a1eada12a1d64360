"""What the API tells of basins. Areas are text, lengths and heights numbers in metres."""

from typing import Any, Literal

from ninja import Schema


class TerrainOut(Schema):
    """The terrain in use: its version is that of every outlet and basin in the answer."""

    version: str
    title: str
    surface: str
    surface_es: str


class CandidateOut(Schema):
    rule: Literal["clicked", "stream"]
    x: float
    y: float
    distance_m: float
    cells: int
    grid_area_m2: str | None
    height_m: float
    basin: str


class CandidatesOut(Schema):
    terrain: TerrainOut
    is_far_apart: bool
    candidates: list[CandidateOut]


class BasinProperties(Schema):
    terrain: TerrainOut
    cells: int
    grid_area_m2: str | None
    geodesic_area_m2: str
    is_complete: bool
    touches_edge: bool
    touches_nodata: bool
    ponded_cells: int
    ponded_mean_m: float
    lowest_m: float
    highest_m: float
    mean_m: float
    mean_slope_pct: float | None
    longest_path_m: float
    crs: str
    is_display: bool
    note: str


class BasinOut(Schema):
    """A GeoJSON feature."""

    type: Literal["Feature"]
    geometry: dict[str, Any]
    properties: BasinProperties
