"""GetCapabilities: what the door offers, as the two versions want it written."""

import math
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language, gettext

from gis_project.core.crs import STORAGE_SRID, WGS84_SRID, transformer
from gis_project.core.periods import civil_date
from gis_project.territory.models import Municipality
from layers.catalogue import PublishedLayer
from layers.features.extent import layer_extent
from layers.ogc.labels import abstract_of, title_of
from layers.ogc.scope import Scope
from layers.styles.legend_layout import legend_layout
from layers.styles.model import Style
from layers.styles.reading import styles_of
from layers.wms.faults import MISSING_PARAMETER, Fault
from layers.wms.feature_info import FORMATS as INFO_FORMATS
from layers.wms.map_request import MAX_LAYERS
from layers.wms.offer import offered_layers
from layers.wms.parameters import Parameters
from layers.wms.picture import FORMATS, MAX_SIDE_PX
from layers.wms.spatial import SRIDS, Box, crs_names, in_written_order
from layers.wms.versions import Version, negotiate

ECUADOR_CRS84: Box = (-92.1, -5.1, -75.1, 1.8)
FIRST_DAY = date(1900, 1, 1)
_FRESH_S = 300
_PIXEL_M = 0.00028


@dataclass(frozen=True, slots=True)
class Bounds:
    """A box in one system, written in the order of the version."""

    crs: str
    box: Box


@dataclass(frozen=True, slots=True)
class StyleEntry:
    name: str
    title: str
    legend_width: int
    legend_height: int
    legend_query: str


@dataclass(frozen=True, slots=True)
class LayerEntry:
    """A layer of the list. `max_scale` is 0 when it is drawn at all scales."""

    name: str
    title: str
    abstract: str
    styles: tuple[StyleEntry, ...]
    has_time: bool
    max_scale: float

    @property
    def max_scale_hint(self) -> float:
        """Version 1.1.1 says the diagonal of a pixel in metres instead."""
        return self.max_scale * _PIXEL_M * math.sqrt(2)


@dataclass(frozen=True, slots=True)
class Group:
    """Layers under one title: a municipality's, or everybody's."""

    title: str
    geographic: Box
    bounds: tuple[Bounds, ...]
    layers: tuple[LayerEntry, ...]


def get_capabilities(request: HttpRequest, parameters: Parameters, scope: Scope) -> HttpResponse:
    if not parameters.text("SERVICE"):
        raise Fault("Falta SERVICE=WMS.", MISSING_PARAMETER)
    version = negotiate(parameters)
    body = render_to_string(
        f"layers/wms/capabilities_{version.number.replace('.', '_')}.xml",
        {
            "title": _title(scope),
            "organisation": scope.municipality.official_name if scope.municipality else "",
            "office": scope.municipality.cadastre_office if scope.municipality else "",
            "url": request.build_absolute_uri(request.path),
            "crs_names": crs_names(version),
            "formats": FORMATS,
            "info_formats": INFO_FORMATS,
            "max_layers": MAX_LAYERS,
            "max_side": MAX_SIDE_PX,
            "first_day": FIRST_DAY,
            "today": civil_date(timezone.now(), time_zone=scope.time_zone),
            "root": _group("", ECUADOR_CRS84, version, ()),
            "groups": _groups(scope, version),
        },
    )
    response = HttpResponse(body, content_type=f"{version.capabilities_type}; charset=utf-8")
    response["Cache-Control"] = f"public, max-age={_FRESH_S}"
    return response


def _title(scope: Scope) -> str:
    if scope.municipality is None:
        return gettext("Lindero: mapas catastrales de los municipios")
    return gettext("Mapas catastrales de %(name)s") % {"name": scope.municipality.name}


def _groups(scope: Scope, version: Version) -> list[Group]:
    """At a municipality's door its own layers; at the common door everybody's, then each one's."""
    if scope.municipality is not None:
        return [_municipality_group(scope.municipality, version, prefix="")]
    municipalities = Municipality.objects.order_by("name")
    everybody = _group(gettext("Todos los municipios"), ECUADOR_CRS84, version, _entries(""))
    return [everybody] + [
        _municipality_group(each, version, prefix=f"{each.slug}:") for each in municipalities
    ]


def _municipality_group(municipality: Municipality, version: Version, *, prefix: str) -> Group:
    return _group(municipality.name, _extent(municipality), version, _entries(prefix))


def _extent(municipality: Municipality) -> Box:
    """The municipality's limit, else where its parcels lie, else the country."""
    if municipality.geom is not None:
        to_degrees = transformer(STORAGE_SRID, WGS84_SRID)
        return to_degrees.transform_bounds(*municipality.geom.extent, densify_pts=21)
    parcels = next(layer for layer in offered_layers() if layer.name == "parcels")
    return layer_extent(parcels, municipality=municipality.slug).box_crs84 or ECUADOR_CRS84


def _group(title: str, geographic: Box, version: Version, layers: tuple[LayerEntry, ...]) -> Group:
    bounds = [Bounds("CRS:84", geographic)] if version.has_authority_axes else []
    for srid in SRIDS:
        box = transformer(WGS84_SRID, srid).transform_bounds(*geographic, densify_pts=21)
        is_lat_lon = version.has_authority_axes and srid == WGS84_SRID
        digits = 6 if srid == WGS84_SRID else 2
        written = in_written_order(box, is_lat_lon=is_lat_lon)
        rounded = tuple(round(value, digits) for value in written)
        bounds.append(Bounds(f"EPSG:{srid}", (rounded[0], rounded[1], rounded[2], rounded[3])))
    return Group(title, geographic, tuple(bounds), layers)


def _entries(prefix: str) -> tuple[LayerEntry, ...]:
    # Clients draw the first layer of a list at the bottom and show it at the top: the town first, ground last.
    return tuple(_entry(prefix, layer) for layer in offered_layers())


def _entry(prefix: str, layer: PublishedLayer) -> LayerEntry:
    name = f"{prefix}{layer.name}"
    styles = styles_of(layer.name)
    return LayerEntry(
        name=name,
        title=title_of(layer),
        abstract=abstract_of(layer),
        styles=tuple(_style(name, style) for style in styles),
        has_time=layer.has_history,
        max_scale=max((style.max_scale for style in styles), default=0)
        if all(style.max_scale for style in styles)
        else 0,
    )


def _style(layer_name: str, style: Style) -> StyleEntry:
    language = (get_language() or settings.LANGUAGE_CODE)[:2]
    layout = legend_layout(style, language=language)
    query = f"SERVICE=WMS&VERSION=1.3.0&REQUEST=GetLegendGraphic&LAYER={layer_name}&STYLE={style.name}&FORMAT=image/png"
    return StyleEntry(
        name=style.name,
        title=style.title_en if language == "en" else style.title_es,
        legend_width=layout.width,
        legend_height=layout.height,
        legend_query=query,
    )
