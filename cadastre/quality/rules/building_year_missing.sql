-- Buildings without the year that their depreciation counts from.
SELECT b.unit_id, b.parcel_id, b.building_id AS other_id, '{}'::jsonb AS detail, b.geom
FROM buildings AS b WHERE b.built_in IS NULL
