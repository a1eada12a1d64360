"""docs/reference/ordinance-findings.md lists the linter's rules as the code has them."""

from pathlib import Path

from cadastre.ordinances.finding import RULES

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "ordinance-findings.md"
HEAD = """# Hallazgos de una ordenanza

Lo que `lint_ordinance` puede decir. Lo que **impide aprobar** dejaría predios sin título o cobraría fuera de la ley;
lo que **conviene corregir** se puede aprobar si hay una razón; lo que **conviene saber** no daña a nadie.

| código | qué es | peso | norma |
|---|---|---|---|
"""


def test_the_reference_lists_every_rule(request):
    """`pytest tests/docs/test_ordinance_findings.py --accept` writes the page anew."""
    rows = [
        f"| `{code}` | {rule.title_es} | {rule.severity.label_es} | {rule.article or '–'} |"
        for code, rule in RULES.items()
    ]
    text = HEAD + "\n".join(rows) + "\n"
    if request.config.getoption("--accept"):
        PAGE.write_text(text, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == text
