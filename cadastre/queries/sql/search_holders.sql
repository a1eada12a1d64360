-- Holders of one municipality by document or by words of the name in any order, with typos; each with its predios.
-- Who they are comes from sql/past_the_wall/search_identities.sql; what they hold uses the indexes of the foreign keys.
WITH found AS MATERIALIZED (
    SELECT * FROM cadastre_search_identities(
        %(town)s, %(document)s, %(name)s, %(words)s::text[], %(parts)s::text[], %(longest_part)s
    )
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
