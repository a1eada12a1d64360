-- The acts that rest on an inscription of this number, repertorio and day, with the registry that the document names;
-- oldest first. It must have counted for them: one that nobody had confirmed by then gave nothing, unless the console
-- filed it, which needs no second person. Index: source_inscription_number.
SELECT DISTINCT source.issuer, act.id, act.verb, act.cause, act.recorded_at
FROM cadastre_administrativesource AS source
JOIN cadastre_operationsource AS rests ON rests.source_id = source.id
JOIN cadastre_operation AS act ON act.id = rests.operation_id
LEFT JOIN cadastre_sourceconfirmation AS seen ON seen.source_id = source.id
WHERE source.municipality_id = %(town)s AND source.kind = 'INSCRIPTION' AND source.number = %(number)s
  AND source.repertory = %(repertory)s AND source.issued_on IS NOT DISTINCT FROM %(issued_on)s::date
  AND (act.made_by_id IS NULL OR seen.recorded_at <= act.recorded_at)
ORDER BY act.recorded_at
