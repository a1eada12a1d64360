-- The newest audit event: its number and the hash of its body.
SELECT 'asiento', seq, body_hash
FROM territory_auditevent
ORDER BY seq DESC
LIMIT 1
