-- The act's own row and the documents it rests on; the instant from which everything that it opens is known.
WITH act AS (
    INSERT INTO cadastre_operation
        (id, municipality_id, verb, cause, source_id, made_by_id, valid_from, recorded_at, reason)
    VALUES (%(act)s, %(town)s, %(verb)s, %(cause)s, %(source)s, %(made_by)s, %(valid_from)s, clock_timestamp(),
            %(reason)s)
    RETURNING id, recorded_at
),
rests AS (
    INSERT INTO cadastre_operationsource (operation_id, source_id)
    SELECT act.id, told.source
    FROM act, unnest(%(sources)s::uuid[]) WITH ORDINALITY AS told (source, place)
    ORDER BY told.place
)
SELECT recorded_at FROM act
