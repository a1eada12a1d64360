-- Who held it until the change stays known to have held it until then.
INSERT INTO cadastre_right (
    municipality_id, unit_id, party_id, kind, share_numerator, share_denominator, valid, recorded, opened_by_id
)
SELECT municipality_id, unit_id, party_id, kind, share_numerator, share_denominator,
       daterange(lower(valid), %(until)s), tstzrange(%(now)s, NULL), %(operation)s
FROM cadastre_right
WHERE id = ANY(%(rights)s) AND lower(valid) < %(until)s
