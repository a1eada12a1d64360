-- Measured against titled area; the ordinance's own table decides each case when the area is rectified.
SELECT NULL::uuid AS unit_id, r.parcel_id, NULL::uuid AS other_id,
       jsonb_build_object('titled_m2', r.titled_area_m2, 'measured_m2', r.legal_area_m2,
                          'difference_pct', round(100 * (r.legal_area_m2 - r.titled_area_m2) / r.titled_area_m2, 2)) AS detail, NULL::geometry AS geom
FROM records AS r
WHERE r.titled_area_m2 > 0 AND abs(r.legal_area_m2 - r.titled_area_m2) > r.titled_area_m2 * %(difference_pct)s / 100
