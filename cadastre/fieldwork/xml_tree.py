"""Small words for writing a QGIS project's XML; everything is escaped by the standard library."""

from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import (
    Element,
    SubElement,
)  # writing only: nothing of a stranger is parsed

_TYPES: dict[type, str] = {bool: "bool", int: "int", float: "double", str: "QString"}


def add(parent: Element, tag: str, text: str = "", **attributes: Any) -> Element:
    """A new child; attributes become text."""
    child = SubElement(parent, tag, {name: str(value) for name, value in attributes.items()})
    child.text = text or None
    return child


def add_map(parent: Element, values: Mapping[str, Any], *, name: str = "") -> Element:
    """An ``Option`` of type Map with typed members; lists hold maps."""
    top = add(parent, "Option", type="Map", **({"name": name} if name else {}))
    for key, value in values.items():
        if isinstance(value, list):
            members = add(top, "Option", name=key, type="List")
            for one in value:
                add_map(members, one)
        else:
            told = str(value).lower() if isinstance(value, bool) else value
            add(top, "Option", name=key, type=_TYPES[type(value)], value=told)
    return top
