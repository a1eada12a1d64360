-- Predios of one municipality that a text names by key, número de predio, point or address, best first.
-- Uses key_alias_lookup, key_alias_trigram, property_unit_number_once, parcel_version_geom and parcel_version_address.
WITH with_all_words AS MATERIALIZED (
    -- addresses of which every word is a whole one (2), then the words side by side (1), then little else in it (1)
    SELECT u.id AS unit_id,
           2 * (SELECT floor(min(strict_word_similarity(word, cadastre_plain(v.address))))
                FROM unnest(string_to_array(%(words)s, ' ')) AS word)
           + strict_word_similarity(%(words)s, cadastre_plain(v.address))
           + similarity(cadastre_plain(v.address), %(words)s) AS score
    FROM cadastre_parcelversion AS v
    JOIN cadastre_propertyunit AS u ON u.parcel_id = v.parcel_id
    WHERE v.municipality_id = %(town)s AND upper_inf(v.recorded) AND v.valid @> %(day)s::date
      AND length(%(words)s) >= 3
      -- one LIKE the trigram index can answer, the others filter what it found
      AND cadastre_plain(v.address) LIKE %(longest_part)s AND cadastre_plain(v.address) LIKE ALL(%(word_parts)s)
), misspelt AS (
    SELECT u.id AS unit_id, strict_word_similarity(%(words)s, cadastre_plain(v.address))
           + similarity(cadastre_plain(v.address), %(words)s) AS score
    FROM cadastre_parcelversion AS v
    JOIN cadastre_propertyunit AS u ON u.parcel_id = v.parcel_id
    WHERE v.municipality_id = %(town)s AND upper_inf(v.recorded) AND v.valid @> %(day)s::date
      AND length(%(words)s) >= 3 AND (SELECT count(*) FROM with_all_words) < 5
      AND cadastre_plain(v.address) %% %(words)s
), found AS (
    SELECT k.unit_id, CASE WHEN k.is_principal THEN 0 ELSE 1 END AS rank, 0::double precision AS score
    FROM cadastre_keyalias AS k
    WHERE k.municipality_id = %(town)s AND upper_inf(k.recorded) AND k.normalised = %(key)s AND %(key)s <> ''
    UNION ALL
    SELECT u.id, 1, 0 FROM cadastre_propertyunit AS u
    WHERE u.municipality_id = %(town)s AND u.number = %(number)s AND %(number)s <> ''
    UNION ALL
    SELECT k.unit_id, 3, 0 FROM cadastre_keyalias AS k
    WHERE k.municipality_id = %(town)s AND upper_inf(k.recorded)
      AND length(%(key)s) >= 4 AND k.normalised LIKE %(key_part)s
    UNION ALL
    SELECT u.id, 2, 0 FROM cadastre_parcelversion AS v
    JOIN cadastre_propertyunit AS u ON u.parcel_id = v.parcel_id
    WHERE v.municipality_id = %(town)s AND upper_inf(v.recorded) AND v.valid @> %(day)s::date
      AND v.geom && ST_SetSRID(ST_MakePoint(%(easting)s, %(northing)s), 32717)
      AND ST_Covers(v.geom, ST_SetSRID(ST_MakePoint(%(easting)s, %(northing)s), 32717))
    UNION ALL
    SELECT unit_id, 4, score FROM with_all_words
    UNION ALL
    SELECT unit_id, 5, score FROM misspelt
), best AS (
    SELECT DISTINCT ON (unit_id) unit_id, rank, score FROM found ORDER BY unit_id, rank, score DESC
), page AS (
    SELECT b.unit_id, b.rank, b.score, count(*) OVER () AS matched, u.number, u.kind, u.state, u.parcel_id, k.text AS key_text
    FROM best AS b
    JOIN cadastre_propertyunit AS u ON u.id = b.unit_id AND u.state <> 'RETIRED'
    LEFT JOIN cadastre_keyalias AS k ON k.unit_id = u.id AND k.is_principal AND upper_inf(k.recorded)
        AND k.valid @> %(day)s::date
    ORDER BY b.rank, b.score DESC, k.text, u.id
    LIMIT %(limit)s OFFSET %(offset)s
)
SELECT g.unit_id, g.key_text, g.number, g.kind, g.state, v.address, p.name AS parish, v.kind AS ground,
       v.legal_area_m2, g.matched
FROM page AS g
LEFT JOIN cadastre_parcelversion AS v ON v.parcel_id = g.parcel_id AND upper_inf(v.recorded)
    AND v.valid @> %(day)s::date
LEFT JOIN territory_parish AS p ON p.id = v.parish_id
ORDER BY g.rank, g.score DESC, g.key_text, g.unit_id
