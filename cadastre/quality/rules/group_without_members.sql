-- Groups that hold a right and of which no member is known on the day.
SELECT u.unit_id, u.parcel_id, p.id AS other_id, '{}'::jsonb AS detail, NULL::geometry AS geom
FROM units AS u JOIN rights AS r ON r.unit_id = u.unit_id
JOIN cadastre_party AS p ON p.id = r.party_id AND p.kind IN ('SPOUSES', 'HEIRS')
WHERE NOT EXISTS (
    SELECT FROM cadastre_partymember AS m
    WHERE m.group_id = p.id AND upper_inf(m.recorded) AND m.valid @> %(day)s::date
)
