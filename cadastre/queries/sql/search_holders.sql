-- Holders of one municipality by document or by words of the name in any order, with typos; each with its predios.
-- Uses party_identity_document, party_identity_name (trigram) and right_unit.
WITH certain AS MATERIALIZED (
    -- whole words before parts of words (ANA before MARIANA), then the words side by side as they were asked
    SELECT i.party_id, i.full_name, i.search_name, i.id_kind, i.id_number,
           CASE WHEN i.id_number = %(document)s AND %(document)s <> '' THEN 0 ELSE 1 END AS rank,
           (SELECT min(strict_word_similarity(word, i.search_name)) FROM unnest(%(words)s::text[]) AS word)
           + strict_word_similarity(%(name)s, i.search_name) AS score
    FROM cadastre_partyidentity AS i
    WHERE i.municipality_id = %(town)s
      AND (
          (i.id_number = %(document)s AND %(document)s <> '')
          -- one LIKE the trigram index can answer, the others filter what it found
          OR (i.search_name LIKE %(longest_part)s AND i.search_name LIKE ALL(%(parts)s))
      )
    ORDER BY rank, score DESC, i.search_name
    LIMIT 200
), words AS MATERIALIZED (
    -- a rare word tells more than a common one: a PEREZ is nearer to "maria perez" than any other MARIA
    SELECT asked.word, 1.0 / (1 + (
        SELECT count(*) FROM (
            SELECT 1 FROM cadastre_partyidentity AS i
            WHERE i.municipality_id = %(town)s AND i.search_name LIKE '%%' || asked.word || '%%'
            LIMIT 1000
        ) AS holding_it
    )) AS weight
    FROM unnest(%(words)s::text[]) AS asked(word)
    WHERE (SELECT count(*) FROM certain) < 5
), misspelt AS (
    SELECT i.party_id, i.full_name, i.search_name, i.id_kind, i.id_number, 2 AS rank,
           (SELECT sum(w.weight * strict_word_similarity(w.word, i.search_name)) FROM words AS w) AS score
    FROM cadastre_partyidentity AS i
    WHERE i.municipality_id = %(town)s AND (SELECT count(*) FROM certain) < 5
      AND length(%(name)s) >= 4 AND %(name)s <<%% i.search_name
      AND i.party_id NOT IN (SELECT c.party_id FROM certain AS c)
    ORDER BY score DESC, i.search_name
    LIMIT 200
), found AS (
    SELECT * FROM certain UNION ALL SELECT * FROM misspelt
)
SELECT f.party_id, f.full_name, f.id_kind, f.id_number, u.id, k.text, u.number, r.kind, r.share_numerator,
       r.share_denominator, count(*) OVER () AS matched
FROM found AS f
JOIN cadastre_right AS r ON r.party_id = f.party_id AND upper_inf(r.recorded) AND r.valid @> %(day)s::date
JOIN cadastre_propertyunit AS u ON u.id = r.unit_id
LEFT JOIN cadastre_keyalias AS k ON k.unit_id = u.id AND k.is_principal AND upper_inf(k.recorded)
    AND k.valid @> %(day)s::date
ORDER BY f.rank, f.score DESC, f.search_name, k.text, u.id, r.id
LIMIT %(limit)s OFFSET %(offset)s
