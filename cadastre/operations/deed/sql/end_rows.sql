-- Close versions as known from now on, and say anew what was so before the act's day; how many were closed.
-- {kept}: all columns but those of the two time axes. Index: primary key.
WITH closed AS (
    UPDATE {table} SET recorded = tstzrange(lower(recorded), %(now)s), closed_by_id = %(operation)s
    WHERE id = ANY(%(ids)s) AND upper_inf(recorded)
    RETURNING *
),
past AS (
    INSERT INTO {table} (valid, recorded, opened_by_id, {kept})
    SELECT daterange(lower(valid), %(day)s), tstzrange(%(now)s, NULL), %(operation)s, {kept}
    FROM closed
    WHERE lower_inf(valid) OR lower(valid) < %(day)s
)
SELECT count(*) FROM closed
