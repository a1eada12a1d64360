"""The form of a layer as QGIS and QField read it: widgets, names, defaults, constraints, tabs and relations."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from cadastre.ficha.variables import PredioKind, VariableType
from cadastre.fieldwork.field_layer import IDENTITY, PARCELS, UNITS, Column, FieldLayer
from cadastre.fieldwork.xml_tree import add, add_map

_HARD, _SOFT = 1, 2
_NOT_NULL, _UNIQUE = 1, 2
# What is asked of town predios alone, or of rural ones alone, is shown in a group that the other kind hides.
_GROUPS = (
    (PredioKind.URBAN, "Solo si es urbano", "\"kind\" = 'URBAN'"),
    (PredioKind.RURAL, "Solo si es rural", "\"kind\" = 'RURAL'"),
)


def layer_id(name: str) -> str:
    """The identifier of a layer in the project, the same in every package."""
    return f"{name}_field"


def relation_id(child: FieldLayer) -> str:
    return f"{child.name}_of_{child.parent}"


def add_form(element: Element, layer: FieldLayer, *, children: Sequence[FieldLayer]) -> None:
    """Everything that the layer's form needs; ``children`` are the layers whose rows belong to a row of it."""
    _add_widgets(element, layer)
    _add_names(element, layer)
    _add_defaults(element, layer)
    _add_constraints(element, layer)
    add(element, "editorlayout", "tablayout")
    _add_tabs(element, layer, children)
    editable = add(element, "editable")
    add(editable, "field", name="fid", editable=0)
    for column in layer.columns:
        is_open = layer.is_work and column.is_editable
        add(editable, "field", name=column.name, editable=int(is_open))
    add(element, "featformsuppress", "0")
    add(element, "previewExpression", _shown(layer))


def _add_widgets(element: Element, layer: FieldLayer) -> None:
    fields = add(element, "fieldConfiguration")
    _widget(fields, "fid", "Hidden", {})
    for column in layer.columns:
        if column.name == layer.owner:
            relation = {
                "Relation": relation_id(layer),
                "AllowNULL": False,
                "AllowAddFeatures": False,
                "ReadOnly": False,
            }
            _widget(fields, column.name, "RelationReference", relation)
        else:
            _widget(fields, column.name, *_widget_of(column))


def _widget_of(column: Column) -> tuple[str, dict[str, object]]:
    if column.is_identity:
        return "Hidden", {}
    if column.list_name:
        return "ValueRelation", {
            "Layer": layer_id(column.list_name),
            "LayerName": column.list_name,
            "LayerProviderName": "ogr",
            "LayerSource": f"./datos.gpkg|layername={column.list_name}",
            "Key": "code",
            "Value": "name",
            "AllowMulti": True,
            "AllowNull": True,
            "OrderByValue": False,
            "NofColumns": 1,
            "UseCompleter": False,
            "FilterExpression": "",
        }
    if column.is_file:
        return "ExternalResource", {
            "DocumentViewer": 1,
            "StorageMode": 0,
            "RelativeStorage": 1,
            "FileWidget": True,
            "FileWidgetButton": True,
            "UseLink": False,
        }
    if column.codes is not None:
        return "ValueMap", {"map": [{name: code} for code, name in column.codes.items()]}
    match column.type:
        case VariableType.BOOLEAN:
            return "ValueMap", {"map": [{"Sí": "true"}, {"No": "false"}]}
        case VariableType.DATE:
            return "DateTime", {
                "display_format": "dd/MM/yyyy",
                "field_format": "yyyy-MM-dd",
                "calendar_popup": True,
                "allow_null": True,
                "field_iso_format": False,
            }
        case VariableType.NUMBER:
            return "Range", {
                "Min": float(column.minimum or 0),
                "Max": float(column.maximum or 0),
                "Step": 1.0 if column.decimals == 0 else 0.1,
                "Precision": column.decimals,
                "Style": "SpinBox",
                "AllowNull": True,
                "Suffix": f" {column.unit}" if column.unit else "",
            }
    return "TextEdit", {"IsMultiline": column.max_length > 300, "UseHtml": False}


def _widget(fields: Element, name: str, kind: str, told: dict[str, object]) -> None:
    field = add(fields, "field", name=name, configurationFlags="None")
    add_map(add(add(field, "editWidget", type=kind), "config"), told)


def _add_names(element: Element, layer: FieldLayer) -> None:
    names = add(element, "aliases")
    for place, column in enumerate(layer.columns, 1):
        add(names, "alias", name=column.label, field=column.name, index=place)


def _add_defaults(element: Element, layer: FieldLayer) -> None:
    defaults = add(element, "defaults")
    for column in layer.columns:
        add(defaults, "default", field=column.name, expression=column.default, applyOnUpdate=0)


def _add_constraints(element: Element, layer: FieldLayer) -> None:
    """What must be answered is asked, not forced: an incomplete ficha may be saved in the field."""
    constraints = add(element, "constraints")
    for column in layer.columns:
        kind = _NOT_NULL if column.is_required or column.is_identity else 0
        kind |= _UNIQUE if column.is_identity else 0
        add(
            constraints,
            "constraint",
            field=column.name,
            constraints=kind,
            notnull_strength=(_HARD if column.is_identity else _SOFT) if kind else 0,
            unique_strength=_HARD if kind & _UNIQUE else 0,
            exp_strength=0,
        )
    expressions = add(element, "constraintExpressions")
    for column in layer.columns:
        add(expressions, "constraint", field=column.name, exp="", desc="")


def _add_tabs(element: Element, layer: FieldLayer, children: Sequence[FieldLayer]) -> None:
    form = add(element, "attributeEditorForm")
    places = {column.name: place for place, column in enumerate(layer.columns, 1)}
    shown = [column for column in layer.columns if not column.is_identity]
    for tab in dict.fromkeys(column.tab or layer.title for column in shown):
        page = _container(form, tab)
        here = [column for column in shown if (column.tab or layer.title) == tab]
        grouped = {kind: [c for c in here if _only(c, kind, layer)] for kind, _, _ in _GROUPS}
        set_apart = {column.name for columns in grouped.values() for column in columns}
        for column in here:
            if column.name not in set_apart:
                _field(page, column, places)
        for kind, title, condition in _GROUPS:
            if grouped[kind]:
                group = _container(page, title, condition=condition)
                for column in grouped[kind]:
                    _field(group, column, places)
    for child in children:
        page = _container(form, child.title)
        name = relation_id(child)
        relation = add(page, "attributeEditorRelation", name=name, relation=name, showLabel=1)
        relation.set("relationWidgetTypeId", "relation_editor")
        relation.set("label", child.title)


def _only(column: Column, kind: PredioKind, layer: FieldLayer) -> bool:
    """Whether of urban and rural predios only this kind is asked."""
    asked = column.applies - {PredioKind.CONDOMINIUM}
    return layer.name == PARCELS and asked == {kind}


def _container(parent: Element, name: str, *, condition: str = "") -> Element:
    return add(
        parent,
        "attributeEditorContainer",
        name=name,
        groupBox=int(bool(condition)),
        columnCount=1,
        showLabel=1,
        visibilityExpression=condition,
        visibilityExpressionEnabled=int(bool(condition)),
    )


def _field(parent: Element, column: Column, places: dict[str, int]) -> None:
    add(parent, "attributeEditorField", name=column.name, index=places[column.name], showLabel=1)


def _shown(layer: FieldLayer) -> str:
    """How a row is called in lists."""
    if layer.name in (PARCELS, UNITS):
        return "coalesce(\"number\", '') || ' ' || coalesce(\"key\", 'predio nuevo')"
    told = next(
        (column.name for column in layer.columns if column.name not in (IDENTITY, layer.owner)),
        IDENTITY,
    )
    return f'"{told}"'
