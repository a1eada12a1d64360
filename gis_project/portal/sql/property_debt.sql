-- The open titles of one property by year, without name; the function holds the municipality's switch.
SELECT key_text, titles::text FROM lookup.property_debt(%(town)s, %(key)s, %(title)s)
