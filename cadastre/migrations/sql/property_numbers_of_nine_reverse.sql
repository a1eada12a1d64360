DROP INDEX property_unit_highest_number;
-- The highest número de predio of a town is read from the top of an index; longer ones are keys in disguise.
CREATE INDEX property_unit_highest_number ON cadastre_propertyunit (municipality_id, (number::bigint) DESC)
WHERE number ~ '^[0-9]{1,8}$';

-- Gives the predios that have none the next numbers of their town, in the order named. Whoever opens predios in a town
-- waits here for the others; a number is never given twice, since no predio is ever deleted nor loses its number.
CREATE OR REPLACE FUNCTION cadastre_number_units(town bigint, named uuid[]) RETURNS TABLE (unit uuid, given text)
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(3, hashtext('property number ' || town));
    RETURN QUERY
    UPDATE cadastre_propertyunit AS u SET number = (last.number + next.place)::text
    FROM (
        SELECT COALESCE((
            SELECT o.number::bigint FROM cadastre_propertyunit AS o
            WHERE o.municipality_id = town AND o.number ~ '^[0-9]{1,8}$'
            ORDER BY o.number::bigint DESC LIMIT 1
        ), 0) AS number
    ) AS last, (
        SELECT n.id, row_number() OVER (ORDER BY n.place) AS place
        FROM unnest(named) WITH ORDINALITY AS n (id, place)
        JOIN cadastre_propertyunit AS p ON p.id = n.id AND p.municipality_id = town AND COALESCE(p.number, '') = ''
    ) AS next
    WHERE u.id = next.id
    RETURNING u.id, u.number::text;
END
$$;
