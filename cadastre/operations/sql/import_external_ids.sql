UPDATE cadastre_parcel AS p
SET external_id = c.external_id
FROM unnest(%(parcels)s::uuid[], %(external_ids)s::text[]) AS c (parcel, external_id)
WHERE p.id = c.parcel AND c.external_id <> ''
