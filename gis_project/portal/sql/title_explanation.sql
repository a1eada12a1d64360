-- One title as anyone may see it; the function holds the municipality's switch.
SELECT year, kind, title_number, key_text, base, total, explanation::text
FROM lookup.title_explanation(%(town)s, %(title)s)
