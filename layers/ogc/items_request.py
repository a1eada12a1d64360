"""A request for items, read once into what the features are asked for."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from layers.catalogue import PublishedLayer
from layers.features.box import parse_box
from layers.features.conditions import Condition, equal_to, valid_during, within
from layers.features.cursor import read_cursor
from layers.features.feature_query import FeatureQuery
from layers.features.fields import public_fields
from layers.features.property_value import parse_value
from layers.features.published_crs import CRS84, published_crs
from layers.features.validity import parse_valid_days
from layers.ogc.parameters import BadParameter, read_flag
from layers.ogc.scope import Scope

DEFAULT_LIMIT = 100
MAX_LIMIT = 10_000

OWN_PARAMETERS = (
    "f",
    "limit",
    "bbox",
    "bbox-crs",
    "crs",
    "datetime",
    "cursor",
    "numberMatched",
)


@dataclass(frozen=True, slots=True)
class ItemsRequest:
    """``parameters`` are kept for the links to other pages and formats."""

    query: FeatureQuery
    wants_count: bool | None
    parameters: Mapping[str, str] = field(default_factory=dict)


def known_parameters(layer: PublishedLayer) -> set[str]:
    """The parameters of items: the standard's, and one for each field that is published."""
    return {*OWN_PARAMETERS, *(column.name for column in public_fields(layer))}


def read_items_request(
    scope: Scope, layer: PublishedLayer, parameters: Mapping[str, str]
) -> ItemsRequest:
    """What the parameters ask for; BadRequest says which of them cannot be read."""
    conditions: list[Condition] = list(scope.conditions)
    if "bbox" in parameters:
        bbox_crs = published_crs(parameters.get("bbox-crs", CRS84.uri))
        conditions.append(within(parse_box(parameters["bbox"], crs=bbox_crs)))
    elif "bbox-crs" in parameters:
        raise BadParameter("bbox-crs acompaña a bbox, que falta.")
    with_history = False
    if "datetime" in parameters:
        days = parse_valid_days(parameters["datetime"], time_zone=scope.time_zone)
        with_history = layer.has_history
        if with_history:
            conditions.append(valid_during(days))
    for column in public_fields(layer):
        if column.name in parameters:
            value = parse_value(column, parameters[column.name])
            conditions.append(equal_to(column.name, value))
    query = FeatureQuery(
        layer=layer,
        conditions=tuple(conditions),
        with_history=with_history,
        crs=published_crs(parameters.get("crs", CRS84.uri)),
        limit=_limit(parameters.get("limit")),
        after=read_cursor(parameters["cursor"]) if "cursor" in parameters else None,
    )
    return ItemsRequest(query, read_flag(dict(parameters), "numberMatched"), parameters)


def _limit(text: str | None) -> int:
    if text is None:
        return DEFAULT_LIMIT
    if not (text.isascii() and text.isdigit()) or len(text) > 12 or int(text) == 0:
        raise BadParameter(f"limit es un número entero de 1 a {MAX_LIMIT}.")
    return min(int(text), MAX_LIMIT)
