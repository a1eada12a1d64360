-- Count, sum of titles, sum of lines and sums by concept of one roll, as the database holds them.
SELECT
    (SELECT count(*) FROM cadastre_taxtitle WHERE roll_id = %s),
    (SELECT COALESCE(sum(total), 0.00) FROM cadastre_taxtitle WHERE roll_id = %s),
    (
        SELECT COALESCE(sum(l.amount), 0.00) FROM cadastre_titleline AS l
        JOIN cadastre_taxtitle AS t ON t.id = l.title_id WHERE t.roll_id = %s
    ),
    (
        SELECT COALESCE(jsonb_object_agg(c.concept, c.amount::text), '{}'::jsonb)
        FROM (
            SELECT l.concept, sum(l.amount) AS amount FROM cadastre_titleline AS l
            JOIN cadastre_taxtitle AS t ON t.id = l.title_id WHERE t.roll_id = %s GROUP BY l.concept
        ) AS c
    )
