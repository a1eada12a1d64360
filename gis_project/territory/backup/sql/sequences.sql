-- The last number that each sequence gave out. A restored one may be ahead, never behind.
SELECT schemaname || '.' || sequencename, COALESCE(last_value, 0)
FROM pg_sequences
ORDER BY schemaname, sequencename
