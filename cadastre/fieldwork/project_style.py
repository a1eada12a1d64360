"""How the layers of a field package look: few strong colours, readable in the sun."""

from xml.etree.ElementTree import Element

from cadastre.fieldwork.field_layer import (
    BLOCKS,
    BUILDINGS,
    NEIGHBOURS,
    PARCELS,
    POINTS,
    ROADS,
    FieldLayer,
    Shape,
)
from cadastre.fieldwork.xml_tree import add, add_map

# (fill, outline, width in mm) as QGIS writes colours.
_LOOKS = {
    PARCELS: ("255,221,87,90", "179,58,0,255", "0.6"),
    BUILDINGS: ("120,120,120,120", "60,60,60,255", "0.4"),
    NEIGHBOURS: ("0,0,0,0", "110,110,110,255", "0.3"),
    BLOCKS: ("0,0,0,0", "25,80,140,255", "0.8"),
    ROADS: ("", "140,140,140,255", "0.8"),
    POINTS: ("179,58,0,255", "255,255,255,255", "0.3"),
}
_LABELS = {
    PARCELS: ('coalesce("number", "key", \'nuevo\')', "90,20,0,255"),
    NEIGHBOURS: ('"key"', "110,110,110,255"),
    BLOCKS: ('"code"', "25,80,140,255"),
    ROADS: ('"name"', "80,80,80,255"),
}
_KIND = {Shape.POLYGON: "fill", Shape.LINE: "line", Shape.POINT: "marker"}


def add_style(layer_element: Element, layer: FieldLayer) -> None:
    """The symbol, and the label where the layer has one."""
    fill, outline, width = _LOOKS[layer.name]
    renderer = add(layer_element, "renderer-v2", type="singleSymbol", symbollevels=0, forceraster=0)
    symbols = add(renderer, "symbols")
    symbol = add(symbols, "symbol", name="0", type=_KIND[layer.shape], alpha=1, clip_to_extent=1)
    name, told = {
        Shape.POLYGON: (
            "SimpleFill",
            {"color": fill, "outline_color": outline, "outline_width": width, "style": "solid"},
        ),
        Shape.LINE: ("SimpleLine", {"line_color": outline, "line_width": width}),
        Shape.POINT: (
            "SimpleMarker",
            {"name": "circle", "color": fill, "outline_color": outline, "size": "2"},
        ),
    }[layer.shape]
    part = add(symbol, "layer", **{"class": name}, enabled=1, locked=0)
    part.set("pass", "0")
    add_map(part, told)
    for key, value in told.items():
        add(part, "prop", k=key, v=value)  # what QGIS before 3.26 reads
    if layer.name in _LABELS:
        _add_label(layer_element, *_LABELS[layer.name])


def _add_label(layer_element: Element, expression: str, colour: str) -> None:
    labeling = add(layer_element, "labeling", type="simple")
    settings = add(labeling, "settings")
    style = add(
        settings,
        "text-style",
        fieldName=expression,
        isExpression=1,
        fontSize=9,
        fontSizeUnit="Point",
        textColor=colour,
        namedStyle="Regular",
    )
    add(style, "text-buffer", bufferDraw=1, bufferSize=0.8, bufferColor="255,255,255,255")
    add(settings, "rendering", drawLabels=1, scaleVisibility=1, scaleMax=3000, scaleMin=0)
