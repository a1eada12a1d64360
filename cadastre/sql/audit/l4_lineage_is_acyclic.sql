-- L4: ningún predio es su propio antecesor.
WITH RECURSIVE ancestry (start, reached) AS (
    SELECT parent_id, child_id FROM cadastre_lineage
    UNION
    SELECT a.start, l.child_id FROM ancestry AS a JOIN cadastre_lineage AS l ON l.parent_id = a.reached
)
SELECT start AS parcel FROM ancestry WHERE start = reached
