-- Holders of one municipality by document or by words of the name in any order, with typos; each with its predios.
-- Uses party_identity_document, party_identity_name (trigram) and right_unit.
WITH found AS (
    SELECT i.party_id, i.full_name, i.id_kind, i.id_number,
           CASE
               WHEN i.id_number = %(document)s AND %(document)s <> '' THEN 2.0
               WHEN i.search_name LIKE %(longest_part)s AND i.search_name LIKE ALL(%(parts)s) THEN 1.5
               ELSE strict_word_similarity(%(name)s, i.search_name)
           END AS score
    FROM cadastre_partyidentity AS i
    WHERE i.municipality_id = %(town)s
      AND (
          (i.id_number = %(document)s AND %(document)s <> '')
          OR (i.search_name LIKE %(longest_part)s AND i.search_name LIKE ALL(%(parts)s))
          OR (length(%(name)s) >= 4 AND %(name)s <<%% i.search_name)
      )
    ORDER BY score DESC, i.search_name
    LIMIT 200
)
SELECT f.party_id, f.full_name, f.id_kind, f.id_number, u.id, k.text, u.number, r.kind, r.share_numerator,
       r.share_denominator, count(*) OVER () AS matched
FROM found AS f
JOIN cadastre_right AS r ON r.party_id = f.party_id AND upper_inf(r.recorded) AND r.valid @> %(day)s::date
JOIN cadastre_propertyunit AS u ON u.id = r.unit_id
LEFT JOIN cadastre_keyalias AS k ON k.unit_id = u.id AND k.is_principal AND upper_inf(k.recorded)
    AND k.valid @> %(day)s::date
ORDER BY f.score DESC, f.full_name, k.text, u.id, r.id
LIMIT %(limit)s OFFSET %(offset)s
