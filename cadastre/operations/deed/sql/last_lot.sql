-- The highest key of a block, known now or ever; keys of equal length sort as their numbers. Index: key_alias_lookup.
SELECT max(normalised) FROM cadastre_keyalias
WHERE municipality_id = %(town)s AND scheme = 'NATIONAL' AND normalised BETWEEN %(first)s AND %(last)s
