-- The acts that rest on an inscription of this number, repertorio and day, with the registry that the document names;
-- oldest first. Index: source_inscription_number.
SELECT DISTINCT source.issuer, act.id, act.verb, act.cause, act.recorded_at
FROM cadastre_administrativesource AS source
JOIN cadastre_operationsource AS rests ON rests.source_id = source.id
JOIN cadastre_operation AS act ON act.id = rests.operation_id
WHERE source.municipality_id = %(town)s AND source.kind = 'INSCRIPTION' AND source.number = %(number)s
  AND source.repertory = %(repertory)s AND source.issued_on IS NOT DISTINCT FROM %(issued_on)s::date
ORDER BY act.recorded_at
