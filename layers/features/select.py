"""The statements behind a page of features (SQLAlchemy Core over the reflected views).

Names of columns come from the catalogue, values are always bound. PostGIS makes the JSON text of each
feature, so that Python moves whole texts and never looks inside.
"""

import uuid
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    BindParameter,
    ColumnElement,
    FromClause,
    Integer,
    Select,
    Subquery,
    Text,
    Uuid,
    any_,
    bindparam,
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
from layers.catalogue import Field, PublishedLayer
from layers.features.cursor import Key
from layers.features.feature_query import FeatureQuery
from layers.features.fields import public_fields
from layers.features.published_crs import PublishedCrs
from layers.features.reflection import published_table

_BETWEEN: ColumnElement[str] = literal_column("E',\\n'")
# JSON knows no such numbers; typed by the column they are compared with.
_NOT_FINITE: list[ColumnElement[Any]] = [
    literal_column(f"'{word}'") for word in ("NaN", "Infinity", "-Infinity")
]


def batch_after(
    query: FeatureQuery, *, after: Key | None, size: int
) -> tuple[Select[Any], dict[str, Any]]:
    """The next ``size`` features in key order as one row: their GeoJSON with commas between, how many,
    whether more follow, and then the last one's identity and version. The statement and its values.
    """
    given: dict[str, Any] = {"size": size}
    if after is not None:
        given |= {"after_id": after.id, "after_version": after.version}
    if query.conditions:
        return _batch(query, _view(query), after is not None), given
    return _batch_of_all(query.layer, query.crs, _view(query), after is not None), given


def features_of(query: FeatureQuery, keys: Sequence[Key]) -> tuple[Select[Any], dict[str, Any]]:
    """The features with these keys, as far as they still are there: GeoJSON as above, and how many."""
    given = {"ids": [key.id for key in keys], "versions": [key.version for key in keys]}
    return _features_by_key(query.layer, query.crs, _view(query)), given


# Building a statement costs Python more than running it costs PostgreSQL for a small page: those that hold no
# condition are kept, and SQLAlchemy keeps their text with them.
@lru_cache(maxsize=256)
def _batch_of_all(
    layer: PublishedLayer, crs: PublishedCrs, view: FromClause, has_mark: bool
) -> Select[Any]:
    return _batch(FeatureQuery(layer=layer, crs=crs), view, has_mark)


@lru_cache(maxsize=256)
def _features_by_key(layer: PublishedLayer, crs: PublishedCrs, view: FromClause) -> Select[Any]:
    ids = bindparam("ids", type_=ARRAY(Uuid))
    versions = bindparam("versions", type_=ARRAY(BigInteger))
    rows = select(view).where(view.c.id == any_(ids), view.c.version == any_(versions))
    row = rows.order_by(view.c.id, view.c.version).subquery("row")
    feature, source = _geojson_of(row, FeatureQuery(layer=layer, crs=crs))
    return select(
        func.string_agg(feature, _BETWEEN).label("features"), func.count().label("number")
    ).select_from(source)


def _batch(query: FeatureQuery, view: FromClause, has_mark: bool) -> Select[Any]:
    size: BindParameter[int] = bindparam("size", type_=Integer)
    numbered = select(view, func.row_number().over(order_by=(view.c.id, view.c.version)).label("n"))
    rows = _matching(query, view, numbered).order_by(view.c.id, view.c.version)
    if has_mark:
        mark = tuple_(
            bindparam("after_id", type_=Uuid()), bindparam("after_version", type_=BigInteger())
        )
        rows = rows.where(tuple_(view.c.id, view.c.version) > mark)
    # One more than the batch tells that more follow; its text is never made.
    row = rows.limit(size + 1).subquery("row")
    feature, source = _geojson_of(row, query)
    is_last = row.c.n == size
    return select(
        func.string_agg(feature, _BETWEEN).filter(row.c.n <= size).label("features"),
        func.least(func.count(), size).label("number"),
        (func.count() > size).label("has_more"),
        func.max(cast(row.c.id, Text)).filter(is_last).cast(Uuid).label("last_id"),
        func.max(row.c.version).filter(is_last).label("last_version"),
    ).select_from(source)


def feature_of(query: FeatureQuery, identity: uuid.UUID) -> Select[Any]:
    """The latest version of one feature that fulfils the conditions."""
    view = _view(query)
    rows = _matching(query, view, select(view)).where(view.c.id == identity)
    newest_first = rows.order_by(view.c.valid_from.desc().nulls_last(), view.c.version.desc())
    feature, source = _geojson_of(newest_first.limit(1).subquery("row"), query)
    return select(feature.label("feature")).select_from(source)


def keys_after(query: FeatureQuery, *, limit: int) -> Select[Any]:
    """Up to ``limit`` keys of matching features after the query's mark, in no order."""
    view = _view(query)
    rows = _matching(query, view, select(view.c.id, view.c.version))
    if (after := query.after) is not None:
        mark = tuple_(literal(after.id, Uuid), literal(after.version, BigInteger))
        rows = rows.where(tuple_(view.c.id, view.c.version) > mark)
    return rows.limit(limit)


def count_up_to(query: FeatureQuery, limit: int | None) -> Select[Any]:
    """How many features match, whatever the page; counting stops at ``limit``."""
    view = _view(query)
    some = _matching(query, view, select(view.c.version)).limit(limit).subquery("some")
    return select(func.count()).select_from(some)


def _view(query: FeatureQuery) -> FromClause:
    return published_table(query.layer, with_history=query.with_history)


def _matching(query: FeatureQuery, view: FromClause, what: Select[Any]) -> Select[Any]:
    return what.where(*(condition(view) for condition in query.conditions))


def _geojson_of(row: Subquery, query: FeatureQuery) -> tuple[ColumnElement[str], FromClause]:
    """The text of each row's feature and what to select it from; made after the rows are limited."""
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
    return text, row.join(properties, true())


def _geometry(geom: ColumnElement[Any], crs: PublishedCrs) -> ColumnElement[str]:
    if crs.srid != STORAGE_SRID:
        geom = func.ST_Transform(geom, crs.srid)
    if crs.is_lat_lon:
        geom = func.ST_FlipCoordinates(geom)
    # Option 0: no `crs` member, which GeoJSON has forbidden since 2016.
    return func.ST_AsGeoJSON(geom, crs.digits, 0)


def _finite(row: FromClause, field: Field) -> ColumnElement[Any]:
    column = row.c[field.name]
    return case((column.not_in(_NOT_FINITE), column)) if field.type == "number" else column
