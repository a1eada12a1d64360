-- The versions that this import replaces are known no longer; their row stays for what was known before.
UPDATE cadastre_parcelversion
SET recorded = tstzrange(lower(recorded), %(now)s), closed_by_id = %(operation)s
WHERE id = ANY(%(versions)s)
