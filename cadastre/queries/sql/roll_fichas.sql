-- The asked answers of each predio's ficha on a civil date, as text in the asked order; rows of soil classes as JSON.
SELECT f.unit_id, ARRAY(SELECT f.answers ->> a.name FROM unnest(%(names)s::text[]) WITH ORDINALITY AS a (name, place)
                        ORDER BY a.place), f.answers -> 'soil_classes'
FROM cadastre_ficha AS f
WHERE f.municipality_id = %(town)s AND upper_inf(f.recorded) AND f.valid @> %(day)s::date
