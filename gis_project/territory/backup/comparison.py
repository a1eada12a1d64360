"""Two databases side by side: what a manifest says and what a restored one holds."""

from collections.abc import Iterator
from dataclasses import dataclass

from gis_project.territory.backup.facts import Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table that is printed: what was compared, in the backup, restored."""

    name: str
    backup: str
    restored: str
    is_equal: bool


def compare(backup: Facts, restored: Facts) -> list[Row]:
    """One row per table that differs and one for all others; then sequences, totals, head, migrations."""
    return [
        *_tables(backup, restored),
        _sequences(backup, restored),
        *_totals(backup, restored),
        _row(
            "migraciones",
            str(len(backup.migrations)),
            str(len(restored.migrations)),
            backup.migrations == restored.migrations,
        ),
    ]


def _tables(backup: Facts, restored: Facts) -> Iterator[Row]:
    equal = {name for name, told in backup.tables.items() if restored.tables.get(name) == told}
    rows = sum(backup.tables[name].rows for name in equal)
    yield _row(
        "tablas, por filas y huella",
        f"{len(backup.tables)}",
        f"{len(equal)} iguales, {rows} filas",
        backup.tables == restored.tables,
    )
    for name in sorted(backup.tables.keys() | restored.tables.keys()):
        if name not in equal:
            yield _row(f"  {name}", _told(backup, name), _told(restored, name), False)


def _told(facts: Facts, name: str) -> str:
    if name not in facts.tables:
        return "no está"
    return f"{facts.tables[name].rows} filas, {facts.tables[name].digest[-8:]}"


def _sequences(backup: Facts, restored: Facts) -> Row:
    behind = sorted(
        name for name, last in backup.sequences.items() if restored.sequences.get(name, -1) < last
    )
    return _row(
        "secuencias, ninguna atrasada",
        str(len(backup.sequences)),
        "todas" if not behind else f"atrasadas: {', '.join(behind)}",
        not behind,
    )


def _totals(backup: Facts, restored: Facts) -> Iterator[Row]:
    if backup.control_totals is None or restored.control_totals is None:
        told = [
            "se hizo con otra versión" if f.control_totals is None else "sí"
            for f in (backup, restored)
        ]
        same = backup.control_totals is None
        yield _row("totales de control", told[0], told[1], same)
        return
    for subject in sorted(backup.control_totals.keys() | restored.control_totals.keys()):
        before = {row[0]: row[1:] for row in backup.control_totals.get(subject, [])}
        after = {row[0]: row[1:] for row in restored.control_totals.get(subject, [])}
        for name in sorted(before.keys() | after.keys()):
            told = [_short(values.get(name)) for values in (before, after)]
            yield _row(f"{subject}: {name}", told[0], told[1], before.get(name) == after.get(name))


def _short(values: list[str] | None) -> str:
    if values is None:
        return "no está"
    return " · ".join(value if len(value) <= 20 else f"{value[:12]}…" for value in values)


def _row(name: str, backup: str, restored: str, is_equal: bool) -> Row:
    return Row(name=name, backup=backup, restored=restored, is_equal=is_equal)
