"""GetMap, read once into a frozen value."""

from dataclasses import dataclass
from datetime import date

from gis_project.core.crs import CrsName
from layers.features.validity import BadDatetime, parse_valid_days
from layers.ogc.scope import Scope
from layers.render.jobs import Canvas, LayerJob, MapJob
from layers.styles.model import Style
from layers.wms.faults import (
    INVALID_DIMENSION_VALUE,
    INVALID_PARAMETER,
    OPERATION_NOT_SUPPORTED,
    STYLE_NOT_DEFINED,
    Fault,
)
from layers.wms.offer import ChosenLayer, chosen_layer, chosen_style
from layers.wms.parameters import Parameters
from layers.wms.picture import read_canvas, read_scale_factor
from layers.wms.spatial import Box, read_box, read_crs
from layers.wms.versions import Version

MAX_LAYERS = 10
_REFUSED = ("SLD", "SLD_BODY")


@dataclass(frozen=True, slots=True)
class MapRequest:
    """`box` is min x, min y, max x, max y; `on` the day whose validity is shown, None for today."""

    layers: tuple[ChosenLayer, ...]
    styles: tuple[Style, ...]
    crs: CrsName
    box: Box
    canvas: Canvas
    on: date | None
    scale_factor: float

    def as_job(self) -> MapJob:
        """What a render process is asked for."""
        layers = tuple(
            LayerJob(chosen.layer.name, style.name, chosen.municipality, self.on)
            for chosen, style in zip(self.layers, self.styles, strict=True)
        )
        return MapJob(layers, self.crs.srid, self.box, self.canvas, self.scale_factor)


def read_map_request(parameters: Parameters, version: Version, scope: Scope) -> MapRequest:
    """The request; Fault with the standard's code for everything that cannot be served."""
    for name in _REFUSED:
        if parameters.text(name):
            raise Fault(f"No se admite {name}: use STYLES.", OPERATION_NOT_SUPPORTED)
    crs = read_crs(parameters, version)
    layers = read_layers(parameters, "LAYERS", scope)
    return MapRequest(
        layers=layers,
        styles=_styles(parameters, layers),
        crs=crs,
        box=read_box(parameters, crs),
        canvas=read_canvas(parameters),
        on=_day(parameters, scope),
        scale_factor=read_scale_factor(parameters),
    )


def read_layers(parameters: Parameters, name: str, scope: Scope) -> tuple[ChosenLayer, ...]:
    names = [part.strip() for part in parameters.required(name).split(",")]
    if len(names) > MAX_LAYERS:
        raise Fault(f"{name} admite hasta {MAX_LAYERS} capas.", INVALID_PARAMETER)
    return tuple(chosen_layer(part, scope) for part in names)


def _styles(parameters: Parameters, layers: tuple[ChosenLayer, ...]) -> tuple[Style, ...]:
    text = parameters.text("STYLES")
    names = [name.strip() for name in text.split(",")] if text else [""] * len(layers)
    if len(names) != len(layers):
        raise Fault(
            "STYLES lleva un estilo por capa, o nada para los predeterminados.", STYLE_NOT_DEFINED
        )
    return tuple(
        chosen_style(chosen.layer, name) for chosen, name in zip(layers, names, strict=True)
    )


def _day(parameters: Parameters, scope: Scope) -> date | None:
    text = parameters.text("TIME")
    if not text or text.lower() == "current":
        return None
    try:
        days = parse_valid_days(text, time_zone=scope.time_zone)
    except BadDatetime:
        days = None
    if days is None or days.first is None or days.first != days.last:
        raise Fault(
            f"TIME es un solo día, como 2026-01-31; se leyó «{text[:40]}».",
            INVALID_DIMENSION_VALUE,
        )
    return days.first
