"""The part of docs/glossary.md that the code itself tells: records, their fields, what is published."""

from itertools import chain

from django.apps import apps
from django.db.models import Model

from gis_project.territory.roles import capabilities
from layers.catalogue import LAYERS

_OURS = ("territory", "cadastre")


def records() -> list[type[Model]]:
    """Our models by name."""
    ours = chain.from_iterable(apps.get_app_config(label).get_models() for label in _OURS)
    return sorted(
        (model for model in ours if not model._meta.auto_created), key=lambda m: m.__name__
    )


def _ladm(model: type[Model]) -> str:
    head = (model.__doc__ or "").strip().splitlines()[0]
    parts = [part.strip() for part in head.split("·")]
    return next((p.removeprefix("LADM ").rstrip(".") for p in parts if p.startswith("LADM")), "–")


def _spanish(model: type[Model]) -> str:
    return str(model._meta.verbose_name)


def generated() -> str:
    """Markdown tables, the same for the same code."""
    lines = ["### Registros", "", "| identificador | en la oficina | LADM |", "|---|---|---|"]
    lines += [f"| `{m.__name__}` | {_spanish(m)} | {_ladm(m)} |" for m in records()]
    lines += ["", "### Campos", "", "| identificador | en la oficina |", "|---|---|"]
    fields: dict[str, set[str]] = {}
    for model in records():
        for field in model._meta.get_fields():
            if field.auto_created or not hasattr(field, "verbose_name"):
                continue
            fields.setdefault(field.name, set()).add(str(field.verbose_name))
    lines += [
        f"| `{name}` | {' · '.join(sorted(fields[name]))} |"
        for name in sorted(fields)
        if fields[name] != {name.replace("_", " ")}
    ]
    lines += ["", "### Capas publicadas", "", "| identificador | en la oficina |", "|---|---|"]
    for layer in sorted(LAYERS, key=lambda one: one.name):
        lines.append(f"| `{layer.name}` | {layer.title_es} |")
        lines += [f"| `{layer.name}.{f.name}` | {f.title_es} |" for f in layer.fields]
    lines += ["", "### Capacidades de los roles", "", "| identificador | permite |", "|---|---|"]
    lines += [f"| `{code}` | {told} |" for code, told in sorted(capabilities().items())]
    return "\n".join(lines) + "\n"
