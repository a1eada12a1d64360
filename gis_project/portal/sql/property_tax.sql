-- The last title of one property as anyone may see it; the function holds the municipality's switch.
SELECT year, kind, title_number, base, total, explanation::text FROM lookup.property_tax(%(town)s, %(key)s)
