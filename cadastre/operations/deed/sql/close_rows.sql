-- Close versions as known from now on; how many were closed. Index: primary key.
WITH closed AS (
    UPDATE {table} SET recorded = tstzrange(lower(recorded), %(now)s), closed_by_id = %(operation)s
    WHERE id = ANY(%(ids)s) AND upper_inf(recorded)
    RETURNING id
)
SELECT count(*) FROM closed
