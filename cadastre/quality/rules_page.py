"""docs/reference/quality-rules.md, told by the rules themselves."""

from cadastre.quality.rule import Group, Moment, QualityRule, quality_rules

_HEAD = """# Reglas de calidad

Cada regla son dos archivos de `cadastre/quality/rules`: el que dice qué es, cuánto pesa y qué hacer, y el que lo busca.
Esta página la escriben las reglas; no se edita a mano. «Impide» detiene ese momento; «advierte» solo se cuenta.
Las leyes y normas se citan de memoria de oficio: ninguna se cotejó todavía con su texto vigente.
Cómo se revisa: [revisar la calidad](../how-to/check-quality.md)."""


def rules_page() -> str:
    """The page in Markdown, the same for the same rules."""
    rules = quality_rules()
    parts = [_HEAD, f"Son {len(rules)} reglas."]
    for group in Group:
        parts.append(f"## {group.label_es}")
        parts += [_told(rule) for rule in rules.values() if rule.group is group]
    return "\n\n".join(parts) + "\n"


def _told(rule: QualityRule) -> str:
    moments = " · ".join(
        f"{moment.label_es}: {rule.severity[moment].label_es}" for moment in Moment
    )
    lines = [f"### `{rule.code}` · {rule.title}", "", f"{rule.message}", "", f"- {moments}"]
    lines += [
        f"- tolerancia `{one.name}`: {f'{one.value:f}'.replace('.', ',')} {one.unit}, {one.meaning}"
        for one in rule.tolerances
    ]
    until = f" hasta {rule.active_until:%Y-%m-%d}" if rule.active_until else ""
    lines.append(f"- {rule.norm}; desde {rule.active_from:%Y-%m-%d}{until}")
    return "\n".join(lines)
