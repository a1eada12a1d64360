"""The statements behind a page of features (SQLAlchemy Core over the reflected views).

Names of columns come from the catalogue, values are always bound. PostGIS makes the JSON text of each
feature, so that Python moves whole texts and never looks inside.
"""

import uuid
from collections.abc import Sequence

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    FromClause,
    Select,
    Text,
    Uuid,
    any_,
    case,
    cast,
    func,
    literal,
    literal_column,
    select,
    true,
    tuple_,
)

from gis_project.core.crs import STORAGE_SRID
from layers.catalogue import Field
from layers.features.cursor import Key
from layers.features.feature_query import FeatureQuery
from layers.features.fields import public_fields
from layers.features.published_crs import PublishedCrs
from layers.features.reflection import published_table

# JSON knows no such numbers; typed by the column they are compared with.
_NOT_FINITE = [literal_column(f"'{word}'") for word in ("NaN", "Infinity", "-Infinity")]


def features_after(
    query: FeatureQuery, *, after: Key | None, limit: int
) -> Select[tuple[uuid.UUID, int, str]]:
    """Identity, version and GeoJSON text of the next ``limit`` features in key order."""
    view = _view(query)
    rows = _matching(query, view, view, after).order_by(view.c.id, view.c.version).limit(limit)
    return _as_geojson(rows, query)


def features_of(query: FeatureQuery, keys: Sequence[Key]) -> Select[tuple[uuid.UUID, int, str]]:
    """The same of the features with these keys, as far as they still are there."""
    view = _view(query)
    ids = literal([key.id for key in keys], ARRAY(Uuid))
    versions = literal([key.version for key in keys], ARRAY(BigInteger))
    rows = select(view).where(view.c.id == any_(ids), view.c.version == any_(versions))
    return _as_geojson(rows.order_by(view.c.id, view.c.version), query)


def feature_of(query: FeatureQuery, identity: uuid.UUID) -> Select[tuple[uuid.UUID, int, str]]:
    """The latest version of one feature that fulfils the conditions."""
    view = _view(query)
    rows = _matching(query, view, view, None).where(view.c.id == identity)
    newest_first = rows.order_by(view.c.valid_from.desc().nulls_last(), view.c.version.desc())
    return _as_geojson(newest_first.limit(1), query)


def keys_after(query: FeatureQuery, *, limit: int) -> Select[tuple[uuid.UUID, int]]:
    """Up to ``limit`` keys of matching features after the query's mark, in no order."""
    view = _view(query)
    return _matching(query, view, select(view.c.id, view.c.version), query.after).limit(limit)


def count_up_to(query: FeatureQuery, limit: int | None) -> Select[tuple[int]]:
    """How many features match, whatever the page; counting stops at ``limit``."""
    view = _view(query)
    some = _matching(query, view, select(view.c.version), None).limit(limit).subquery("some")
    return select(func.count()).select_from(some)


def _view(query: FeatureQuery) -> FromClause:
    return published_table(query.layer, with_history=query.with_history)


def _matching(
    query: FeatureQuery, view: FromClause, what: FromClause | Select, after: Key | None
) -> Select:
    statement = what if isinstance(what, Select) else select(what)
    statement = statement.where(*(condition(view) for condition in query.conditions))
    if after is not None:
        mark = tuple_(literal(after.id, Uuid), literal(after.version, BigInteger))
        statement = statement.where(tuple_(view.c.id, view.c.version) > mark)
    return statement


def _as_geojson(rows: Select, query: FeatureQuery) -> Select:
    # The limit applies before any text is made: the rows are a subquery of their own.
    row = rows.subquery("row")
    shown = [_finite(row, field).label(field.name) for field in public_fields(query.layer)]
    properties = select(*shown).correlate(row).lateral("properties")
    text = func.concat(
        '{"type":"Feature","id":"',
        cast(row.c.id, Text),
        '","geometry":',
        _geometry(row.c.geom, query.crs),
        ',"properties":',
        cast(func.row_to_json(properties.table_valued()), Text),
        "}",
    )
    return select(row.c.id, row.c.version, text.label("feature")).select_from(
        row.join(properties, true())
    )


def _geometry(geom: ColumnElement, crs: PublishedCrs) -> ColumnElement[str]:
    if crs.srid != STORAGE_SRID:
        geom = func.ST_Transform(geom, crs.srid)
    if crs.is_lat_lon:
        geom = func.ST_FlipCoordinates(geom)
    # Option 0: no `crs` member, which GeoJSON has forbidden since 2016.
    return func.ST_AsGeoJSON(geom, crs.digits, 0)


def _finite(row: FromClause, field: Field) -> ColumnElement:
    column = row.c[field.name]
    return case((column.not_in(_NOT_FINITE), column)) if field.type == "number" else column
