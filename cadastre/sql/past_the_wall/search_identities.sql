-- People of one municipality by document or by words of the name in any order, with typos, at most 200 of each sort.
-- Behind a policy LIKE cannot use the trigram index (it is not leakproof), so this runs as the owner and asks itself
-- whether the municipality is in scope. Uses party_identity_document and party_identity_name.
DROP FUNCTION IF EXISTS cadastre_search_identities(bigint, text, text, text[], text[], text);
CREATE FUNCTION cadastre_search_identities(
    town bigint, document text, name text, words text[], parts text[], longest_part text
)
RETURNS TABLE (
    party_id uuid, full_name text, search_name text, id_kind text, id_number text, rank integer, score double precision
)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_custom_plan
AS $$
#variable_conflict use_column
BEGIN
    IF (town = ANY (municipalities_in_scope())) IS NOT TRUE THEN
        RETURN;
    END IF;
    RETURN QUERY
    WITH certain AS MATERIALIZED (
        -- whole words before parts of words (ANA before MARIANA), then the words side by side as they were asked
        SELECT i.party_id, i.full_name, i.search_name, i.id_kind, i.id_number,
               CASE WHEN i.id_number = $2 AND $2 <> '' THEN 0 ELSE 1 END AS rank,
               (SELECT min(strict_word_similarity(word, i.search_name)) FROM unnest($4) AS word)
               + strict_word_similarity($3, i.search_name) AS score
        FROM cadastre_partyidentity AS i
        WHERE i.municipality_id = $1
          AND (
              (i.id_number = $2 AND $2 <> '')
              -- one LIKE the trigram index can answer, the others filter what it found
              OR (i.search_name LIKE $6 AND i.search_name LIKE ALL ($5))
          )
        ORDER BY rank, score DESC, i.search_name
        LIMIT 200
    ), weighed AS MATERIALIZED (
        -- a rare word tells more than a common one: a PEREZ is nearer to "maria perez" than any other MARIA
        SELECT asked.word, 1.0 / (1 + (
            SELECT count(*) FROM (
                SELECT 1 FROM cadastre_partyidentity AS i
                WHERE i.municipality_id = $1 AND i.search_name LIKE '%' || asked.word || '%'
                LIMIT 1000
            ) AS holding_it
        )) AS weight
        FROM unnest($4) AS asked(word)
        WHERE (SELECT count(*) FROM certain) < 5
    ), misspelt AS (
        SELECT i.party_id, i.full_name, i.search_name, i.id_kind, i.id_number, 2 AS rank,
               (SELECT sum(w.weight * strict_word_similarity(w.word, i.search_name)) FROM weighed AS w) AS score
        FROM cadastre_partyidentity AS i
        WHERE i.municipality_id = $1 AND (SELECT count(*) FROM certain) < 5
          AND length($3) >= 4 AND $3 <<% i.search_name
          AND i.party_id NOT IN (SELECT c.party_id FROM certain AS c)
        ORDER BY score DESC, i.search_name
        LIMIT 200
    )
    SELECT f.party_id, f.full_name::text, f.search_name::text, f.id_kind::text, f.id_number::text, f.rank,
           f.score::double precision
    FROM (SELECT * FROM certain UNION ALL SELECT * FROM misspelt) AS f;
END
$$;
