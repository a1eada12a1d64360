"""Words of published layers in templates, in the reader's language."""

from typing import Any

from django import template

from layers.catalogue import Field, PublishedLayer
from layers.ogc.labels import title_of

register = template.Library()


@register.simple_tag
def field_title(named: Field | PublishedLayer) -> str:
    return title_of(named)


@register.simple_tag
def property_of(feature: dict[str, Any], field: Field) -> str:
    """A feature's value as text; a dash where it has none."""
    value = feature["properties"].get(field.name)
    return "–" if value is None else str(value)
