"""What a feature must fulfil, as functions from a view to a SQL expression with bound parameters.

A filter language adds one more such function; nothing else has to know of it.
"""

from collections.abc import Callable

from sqlalchemy import ColumnElement, FromClause, and_, false, func, or_, true

from gis_project.core.crs import STORAGE_SRID
from layers.features.box import Box, storage_shape
from layers.features.property_value import Value
from layers.features.validity import ValidDays

Condition = Callable[[FromClause], ColumnElement[bool]]


def of_municipality(slug: str) -> Condition:
    """Features of one municipality."""
    return lambda view: view.c.municipality == slug


def within(box: Box) -> Condition:
    """Features whose geometry, not only its envelope, touches the box. Uses the geometry's index."""
    shape = storage_shape(box)
    if shape is None:
        return lambda view: false()
    return lambda view: func.ST_Intersects(view.c.geom, func.ST_GeomFromWKB(shape, STORAGE_SRID))


def valid_during(days: ValidDays) -> Condition:
    """Features valid on at least one of the days; `valid_to` is the first day on which they are not."""

    def condition(view: FromClause) -> ColumnElement[bool]:
        starts, ends = view.c.valid_from, view.c.valid_to
        return and_(
            or_(starts.is_(None), starts <= days.last) if days.last else true(),
            or_(ends.is_(None), ends > days.first) if days.first else true(),
        )

    return condition


def equal_to(field_name: str, value: Value) -> Condition:
    """Features whose field has exactly this value; the name comes from the catalogue."""
    return lambda view: view.c[field_name] == value
