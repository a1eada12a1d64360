"""The QGIS project of a field package (QGIS 3.22 and later, QField): written by us, read by them.

Layers are edited offline in place; their ids are the same in every package, so that a QField delta file says
which layer it speaks of.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, tostring

from cadastre.fieldwork.field_layer import PARCELS, PHOTOGRAPHS, FieldLayer, Shape
from cadastre.fieldwork.layout import code_tables
from cadastre.fieldwork.project_form import add_form, layer_id, relation_id
from cadastre.fieldwork.project_style import add_style
from cadastre.fieldwork.xml_tree import add, add_map

DATA_FILE = "datos.gpkg"
_WKB = {Shape.POLYGON: "MultiPolygon", Shape.LINE: "MultiLineString", Shape.POINT: "Point"}
_GEOMETRY = {Shape.POLYGON: "Polygon", Shape.LINE: "Line", Shape.POINT: "Point"}
_PHOTO_NAME = "'DCIM/' || format_date(now(), 'yyyyMMddhhmmsszzz') || '.jpg'"
_SNAP_PIXELS = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectHead:
    """``extent`` is xmin, ymin, xmax, ymax in EPSG:``srid``."""

    title: str
    srid: int
    crs_name: str
    crs_wkt: str
    extent: tuple[float, float, float, float]


def project_file(head: ProjectHead, layers: Sequence[FieldLayer]) -> bytes:
    """The .qgs file. Layers stand in the order given, topmost first; code lists are private."""
    root = Element("qgis", {"version": "3.22.16", "projectname": head.title})
    add(root, "title", head.title)
    add(root, "autotransaction", active="0")
    add(root, "evaluateDefaultValues", active="1")
    add(root, "trust", active="0")
    _add_crs(add(root, "projectCrs"), head)
    shown = [(layer.name, layer.title, True) for layer in layers]
    hidden = [(name, codes.title, False) for name, codes in code_tables(layers).items()]
    tree = add(root, "layer-tree-group")
    for name, title, is_checked in (*shown, *hidden):
        checked = "Qt::Checked" if is_checked else "Qt::Unchecked"
        source = _source(name)
        add(
            tree, "layer-tree-layer", id=layer_id(name), name=title, source=source,
            providerKey="ogr", checked=checked, expanded=0,
        )  # fmt: skip
    _add_snapping(root, layers)
    _add_relations(root, layers)
    projectlayers = add(root, "projectlayers")
    for layer in layers:
        _add_layer(projectlayers, layer, head, [one for one in layers if one.parent == layer.name])
    for name, title, _ in hidden:
        element = _layer_element(projectlayers, name, title, Shape.NONE, head, is_open=False)
        _add_flags(element, is_private=True)
    order = add(root, "layerorder")
    for name, _, _ in shown:
        add(order, "layer", id=layer_id(name))
    _add_properties(root)
    view = add(root, "ProjectViewSettings", UseProjectScales="0", rotation="0")
    xmin, ymin, xmax, ymax = head.extent
    extent = add(view, "DefaultViewExtent", xmin=xmin, ymin=ymin, xmax=xmax, ymax=ymax)
    _add_crs(extent, head)
    canvas = add(root, "mapcanvas", name="theMapCanvas", annotationsVisible="1")
    add(canvas, "units", "meters")
    box = add(canvas, "extent")
    for name, value in zip(("xmin", "ymin", "xmax", "ymax"), head.extent, strict=True):
        add(box, name, str(value))
    _add_crs(add(canvas, "destinationsrs"), head)
    return b"<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n" + tostring(root)


def _source(name: str) -> str:
    return f"./{DATA_FILE}|layername={name}"


def _add_crs(parent: Element, head: ProjectHead) -> None:
    crs = add(parent, "spatialrefsys")
    add(crs, "wkt", head.crs_wkt)
    add(crs, "srid", str(head.srid))
    add(crs, "authid", f"EPSG:{head.srid}")
    add(crs, "description", head.crs_name)
    add(crs, "geographicflag", "false")


def _add_layer(
    parent: Element, layer: FieldLayer, head: ProjectHead, children: Sequence[FieldLayer]
) -> None:
    element = _layer_element(
        parent, layer.name, layer.title, layer.shape, head, is_open=layer.is_work
    )
    _add_flags(element, is_private=False)
    properties = {
        "QFieldSync/action": "offline" if layer.is_work else "no_action",
        "QFieldSync/cloud_action": "offline" if layer.is_work else "no_action",
    }
    if layer.name == PHOTOGRAPHS:
        properties["QFieldSync/photo_naming"] = '{"path": "' + _PHOTO_NAME + '"}'
    add_map(add(element, "customproperties"), properties)
    if layer.shape is not Shape.NONE:
        add_style(element, layer)
    add_form(element, layer, children=children)


def _layer_element(
    parent: Element, name: str, title: str, shape: Shape, head: ProjectHead, *, is_open: bool
) -> Element:
    element = add(
        parent,
        "maplayer",
        type="vector",
        geometry=_GEOMETRY.get(shape, "No geometry"),
        wkbType=_WKB.get(shape, "NoGeometry"),
        readOnly=int(not is_open),
        labelsEnabled=int(shape is not Shape.NONE),
        styleCategories="AllStyleCategories",
    )
    add(element, "id", layer_id(name))
    add(element, "datasource", _source(name))
    add(element, "layername", title)
    if shape is not Shape.NONE:
        _add_crs(add(element, "srs"), head)
    add(element, "provider", "ogr", encoding="UTF-8")
    return element


def _add_flags(element: Element, *, is_private: bool) -> None:
    flags = add(element, "flags")
    add(flags, "Identifiable", str(int(not is_private)))
    add(flags, "Removable", "0")
    add(flags, "Searchable", str(int(not is_private)))
    add(flags, "Private", str(int(is_private)))


def _add_snapping(root: Element, layers: Sequence[FieldLayer]) -> None:
    """Vertices and segments of all layers: neighbours share their boundary."""
    snapping = add(
        root, "snapping-settings", enabled=1, mode=2, type=3, tolerance=_SNAP_PIXELS, unit=1
    )
    for name in (
        "intersection-snapping",
        "self-snapping",
        "minScale",
        "maxScale",
        "scaleDependencyMode",
    ):
        snapping.set(name, "0")
    single = add(snapping, "individual-layer-settings")
    for layer in layers:
        if layer.shape is not Shape.NONE:
            add(
                single, "layer-setting", id=layer_id(layer.name), enabled=1, type=3,
                tolerance=_SNAP_PIXELS, units=1, minScale=0, maxScale=0,
            )  # fmt: skip


def _add_relations(root: Element, layers: Sequence[FieldLayer]) -> None:
    relations = add(root, "relations")
    for layer in layers:
        if layer.parent:
            relation = add(
                relations,
                "relation",
                id=relation_id(layer),
                name=layer.title,
                referencedLayer=layer_id(layer.parent),
                referencingLayer=layer_id(layer.name),
                strength="Association",
            )
            add(relation, "fieldRef", referencedField="uuid", referencingField=layer.owner)


def _add_properties(root: Element) -> None:
    properties = add(root, "properties")
    digitizing = add(properties, "Digitizing")
    add(digitizing, "TopologicalEditing", "1", type="int")
    add(digitizing, "AvoidIntersectionsMode", "2", type="int")
    avoided = add(digitizing, "AvoidIntersectionsList", type="QStringList")
    add(avoided, "value", layer_id(PARCELS))
    add(add(properties, "Paths"), "Absolute", "false", type="bool")
    precision = add(properties, "PositionPrecision")
    add(precision, "Automatic", "false", type="bool")
    add(precision, "DecimalPlaces", "3", type="int")
    add(add(properties, "SpatialRefSys"), "ProjectionsEnabled", "1", type="int")
    add(add(properties, "qfieldsync"), "attachmentDirs", "DCIM", type="QString")
