"""Features read in batches: memory stays flat, and no connection waits for a slow client.

Two ways to a page. Few matches (a small box, one block): their keys are fetched in one query through the
condition's own index, then the rows by key. Otherwise the view is walked along the index of the
identity, batch after batch, each starting after the last key: stable while others insert, and the
tenth page costs what the first did.
"""

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection

from layers.features.cursor import Key
from layers.features.feature_query import FeatureQuery
from layers.features.public_engine import public_connection
from layers.features.select import batch_after, count_up_to, features_of, keys_after

FIRST_BATCH = 200  # small: the first byte leaves early
BATCH = 2_000
FEW = 2_000
MANY = 10_000
COUNTED = 100_000  # as far as matches are counted unasked

# The planner takes the validity of a row for rare and would sort the whole table for each batch.
_ALONG_THE_INDEX = "BEGIN; SET LOCAL enable_sort = off; SET LOCAL enable_bitmapscan = off"


class FeatureStream:
    """Iterate once for pieces of text, each some features with commas between.

    Afterwards ask ``returned``, ``next_after``, ``matched``. The first piece is read at once: what the
    database refuses is known before a byte has left.
    """

    def __init__(self, query: FeatureQuery) -> None:
        self.query = query
        self.returned = 0
        self.next_after: Key | None = None
        self._keys: list[Key] | None = None
        self._mark: Key | None = None  # where a walk goes on
        self._pieces: Iterator[str] = iter(())
        with public_connection() as connection:
            self._keys = _few_keys(connection, query) if query.conditions else None
            self._first = self._begin(connection)

    def __iter__(self) -> Iterator[str]:
        if self._first:
            yield self._first
        yield from self._pieces

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
            connection.exec_driver_sql(_ALONG_THE_INDEX)
            count = connection.execute(count_up_to(self.query, limit)).scalar_one()
        return None if limit is not None and count >= limit else count

    def _begin(self, connection: Connection) -> str:
        if self._keys is None:
            connection.exec_driver_sql(_ALONG_THE_INDEX)
            self._pieces = self._walked()
            return self._walk(connection, self.query.after, FIRST_BATCH)
        limit = self.query.limit
        page = self._keys[:limit]
        if len(self._keys) > len(page):
            self.next_after = page[-1]
        self._pieces = self._picked(page[FIRST_BATCH:])
        return self._pick(connection, page[:FIRST_BATCH])

    def _picked(self, keys: Sequence[Key]) -> Iterator[str]:
        for start in range(0, len(keys), BATCH):
            with public_connection() as connection:
                piece = self._pick(connection, keys[start : start + BATCH])
            if piece:
                yield piece

    def _pick(self, connection: Connection, keys: Sequence[Key]) -> str:
        if not keys:
            return ""
        row = connection.execute(*features_of(self.query, keys)).one()
        self.returned += row.number
        return row.features or ""

    def _walked(self) -> Iterator[str]:
        while self._mark is not None:
            with public_connection() as connection:
                connection.exec_driver_sql(_ALONG_THE_INDEX)
                piece = self._walk(connection, self._mark, BATCH)
            yield piece

    def _walk(self, connection: Connection, after: Key | None, size: int) -> str:
        limit = self.query.limit
        size = size if limit is None else min(size, limit - self.returned)
        row = connection.execute(*batch_after(self.query, after=after, size=size)).one()
        self.returned += row.number
        self._mark = Key(row.last_id, row.last_version) if row.has_more else None
        if self.returned == limit:
            self.next_after, self._mark = self._mark, None
        return row.features or ""


def _few_keys(connection: Connection, query: FeatureQuery) -> list[Key] | None:
    """All matching keys in order, or None if they are many for a page of this size.

    A walk meets a page's worth the later, the rarer the matches are: the larger the page, the more
    keys are worth fetching first.
    """
    few = MANY if query.limit is None else min(max(FEW, 10 * query.limit), MANY)
    rows = connection.execute(keys_after(query, limit=few + 1)).all()
    return sorted(Key(row.id, row.version) for row in rows) if len(rows) <= few else None
