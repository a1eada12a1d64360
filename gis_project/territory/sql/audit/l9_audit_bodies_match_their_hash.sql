-- L9: the text of every audit event has the SHA-256 that stands beside it.
SELECT seq, action
FROM territory_auditevent
WHERE encode(sha256(convert_to(body, 'UTF8')), 'hex') <> body_hash
