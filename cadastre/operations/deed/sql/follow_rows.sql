-- Close versions as known from now on, say anew what was so before the act's day, and open those that follow them, each
-- like the one it follows but for the columns told; how many were closed, and the latest day on which one began.
-- kept: all columns but those of the two time axes; taken: the same, from `told` where it says something.
-- Index: primary key.
WITH told AS (
    SELECT * FROM ROWS FROM ({told}) WITH ORDINALITY AS told ({names}, place)
),
closed AS (
    UPDATE {table} SET recorded = tstzrange(lower(recorded), %(now)s), closed_by_id = %(operation)s
    WHERE id = ANY(%(ids)s) AND upper_inf(recorded)
    RETURNING *
),
past AS (
    INSERT INTO {table} (valid, recorded, opened_by_id, {kept})
    SELECT daterange(lower(valid), %(day)s), tstzrange(%(now)s, NULL), %(operation)s, {kept}
    FROM closed
    WHERE lower_inf(valid) OR lower(valid) < %(day)s
    RETURNING id
),
followers AS (
    INSERT INTO {table} (valid, recorded, opened_by_id, {kept})
    SELECT daterange(%(day)s, NULL), tstzrange(%(now)s, NULL), %(operation)s, {taken}
    FROM told JOIN closed ON closed.id = told.follows
    CROSS JOIN (SELECT count(*) FROM past) AS said  -- the past first, as versions are numbered
    WHERE (lower(closed.valid) > %(day)s) IS NOT TRUE  -- else the act is out of order, and refused
    ORDER BY told.place
)
SELECT count(*), max(lower(valid)) FROM closed
