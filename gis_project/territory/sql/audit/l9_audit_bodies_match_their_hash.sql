-- L9: el texto de cada asiento de auditoría tiene el SHA-256 que consta a su lado.
SELECT seq, action
FROM territory_auditevent
WHERE encode(sha256(convert_to(body, 'UTF8')), 'hex') <> body_hash
