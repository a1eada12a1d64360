-- Each notice with what the register says of it now: did the buyer hold the predio at or after that day, does the
-- seller hold it today. Documents are compared where both sides have one, else the searched names.
SELECT
    n.id,
    n.row_number,
    n.origin,
    n.inscription,
    n.repertory,
    n.noticed_on,
    n.notary,
    n.key_text,
    n.property_number,
    n.seller_document,
    n.seller_name,
    n.buyer_document,
    n.buyer_name,
    n.price,
    u.unit_id,
    CASE
        WHEN u.unit_id IS NULL THEN 'KEY_NOT_FOUND'
        WHEN EXISTS (
            SELECT 1 FROM cadastre_right AS r
            JOIN cadastre_partyidentity AS i ON i.party_id = r.party_id
            WHERE r.unit_id = u.unit_id AND upper_inf(r.recorded)
                AND r.valid && daterange(n.noticed_on, NULL)
                AND CASE
                    WHEN n.buyer_document <> '' AND i.id_number <> '' THEN i.id_number = n.buyer_document
                    ELSE i.search_name = n.buyer_search
                END
        ) THEN 'REGISTERED'
        WHEN EXISTS (
            SELECT 1 FROM cadastre_right AS r
            JOIN cadastre_partyidentity AS i ON i.party_id = r.party_id
            WHERE r.unit_id = u.unit_id AND upper_inf(r.recorded) AND r.valid @> %(day)s::date
                AND CASE
                    WHEN n.seller_document <> '' AND i.id_number <> '' THEN i.id_number = n.seller_document
                    ELSE i.search_name = n.seller_search
                END
        ) THEN 'NOT_BROUGHT'
        ELSE 'HOLDER_DIFFERS'
    END AS verdict
FROM cadastre_transfernotice AS n
CROSS JOIN LATERAL (
    SELECT COALESCE(
        (
            SELECT k.unit_id FROM cadastre_keyalias AS k
            WHERE n.key_normalised <> '' AND k.municipality_id = n.municipality_id
                AND k.normalised = n.key_normalised AND upper_inf(k.recorded)
            ORDER BY k.is_principal DESC, k.id LIMIT 1
        ),
        (
            SELECT p.id FROM cadastre_propertyunit AS p
            WHERE n.property_number <> '' AND p.municipality_id = n.municipality_id
                AND p.number = n.property_number
            ORDER BY p.id LIMIT 1
        )
    ) AS unit_id
) AS u
WHERE n.municipality_id = %(town)s
    AND (%(batch)s::uuid IS NULL OR n.batch_id = %(batch)s::uuid)
ORDER BY n.noticed_on, n.row_number, n.id
