"""Features read in batches: memory stays flat, and no connection waits for a slow client.

Two ways to a page. Few matches (a small box, one block): their keys are fetched in one query through the
condition's own index, then the rows by key. Otherwise the view is walked along the index of the
identity, batch after batch, each starting after the last key: stable while others insert, and the
tenth page costs what the first did.
"""

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, Row, text

from layers.features.cursor import Key
from layers.features.feature_query import FeatureQuery
from layers.features.public_engine import public_connection
from layers.features.select import count_up_to, features_after, features_of, keys_after

FIRST_BATCH = 200  # small: the first byte leaves early
BATCH = 2_000
FEW = 2_000
MANY = 10_000
COUNTED = 100_000  # as far as matches are counted unasked

# The planner takes the validity of a row for rare and would sort the whole table for each batch.
_ALONG_THE_INDEX = text("SET LOCAL enable_sort = off; SET LOCAL enable_bitmapscan = off")


class FeatureStream:
    """Iterate once for lists of GeoJSON texts; afterwards ask ``returned``, ``next_after``, ``matched``.

    The first batch is read at once: what the database refuses is known before a byte has left.
    """

    def __init__(self, query: FeatureQuery) -> None:
        self.query = query
        self.returned = 0
        self.next_after: Key | None = None
        self._keys = _few_keys(query) if query.conditions else None
        self._batches = self._picked(self._keys) if self._keys is not None else self._walked()
        self._first = next(self._batches, None)

    def __iter__(self) -> Iterator[list[str]]:
        if self._first is not None:
            yield self._first
        yield from self._batches

    def matched(self, *, is_asked: bool) -> int | None:
        """How many features match on all pages; None if finding out is dear and nobody asked."""
        is_first_page = self.query.after is None
        if is_first_page and self.next_after is None:
            return self.returned
        if is_first_page and self._keys is not None:
            return len(self._keys)
        if not (is_asked or is_first_page):
            return None
        limit = None if is_asked else COUNTED + 1
        with public_connection() as connection:
            connection.execute(_ALONG_THE_INDEX)
            count = connection.execute(count_up_to(self.query, limit)).scalar_one()
        return None if limit is not None and count >= limit else count

    def _picked(self, keys: Sequence[Key]) -> Iterator[list[str]]:
        limit = len(keys) if self.query.limit is None else self.query.limit
        page = keys[:limit]
        if len(keys) > limit:
            self.next_after = page[-1]
        start = 0
        while start < len(page):
            end = start + (BATCH if start else FIRST_BATCH)
            with public_connection() as connection:
                rows = connection.execute(features_of(self.query, page[start:end])).all()
            yield self._texts(rows)
            start = end

    def _walked(self) -> Iterator[list[str]]:
        after, size = self.query.after, FIRST_BATCH
        left = self.query.limit
        while left is None or left > 0:
            # One more than the page tells whether another page follows.
            wanted = size if left is None else min(size, left + 1)
            with public_connection() as connection:
                rows = _walk(connection, self.query, after, wanted)
            is_last = len(rows) < wanted
            if left is not None and len(rows) > left:
                rows = rows[:left]
                self.next_after = Key(rows[-1].id, rows[-1].version)
                is_last = True
            if rows:
                after = Key(rows[-1].id, rows[-1].version)
                yield self._texts(rows)
            if is_last:
                return
            left, size = None if left is None else left - len(rows), BATCH

    def _texts(self, rows: Sequence[Row]) -> list[str]:
        self.returned += len(rows)
        return [row.feature for row in rows]


def _few_keys(query: FeatureQuery) -> list[Key] | None:
    """All matching keys in order, or None if they are many for a page of this size.

    A walk meets a page's worth the later, the rarer the matches are: the larger the page, the more
    keys are worth fetching first.
    """
    few = MANY if query.limit is None else min(max(FEW, 10 * query.limit), MANY)
    with public_connection() as connection:
        rows = connection.execute(keys_after(query, limit=few + 1)).all()
    return sorted(Key(*row) for row in rows) if len(rows) <= few else None


def _walk(
    connection: Connection, query: FeatureQuery, after: Key | None, limit: int
) -> Sequence[Row]:
    connection.execute(_ALONG_THE_INDEX)
    return connection.execute(features_after(query, after=after, limit=limit)).all()
