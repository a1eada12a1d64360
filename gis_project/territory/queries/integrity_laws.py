"""The laws of integrity: each app's queries that find nothing while the register is sound.

An app registers a law by putting a file into its `sql/audit/`: a first comment that states the
law in Spanish, as `audit` prints it, and one SELECT of what breaks it. `sql/audit/tolerated/` lists
what was taken over broken and may only shrink; it is told apart and does not fail the audit.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection, transaction

from gis_project.territory.scope import across_municipalities


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """`name` is the file's stem, `sentence` its first comment."""

    name: str
    app: str
    sentence: str
    sql: str
    is_tolerated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """How many rows break `law`, and the first of them as column → value."""

    law: Law
    count: int
    examples: tuple[dict[str, Any], ...]


def integrity_laws() -> list[Law]:
    """Every app's laws, then every app's tolerated lists, by name."""
    laws = []
    for app in apps.get_app_configs():
        folder = Path(app.path) / "sql" / "audit"
        for path in sorted(folder.glob("*.sql")) + sorted((folder / "tolerated").glob("*.sql")):
            sql = path.read_text(encoding="utf-8")
            laws.append(
                Law(
                    name=path.stem,
                    app=app.label,
                    sentence=sql.splitlines()[0].removeprefix("--").strip(),
                    sql=sql.rstrip().rstrip(";"),
                    is_tolerated=path.parent.name == "tolerated",
                )
            )
    return sorted(laws, key=lambda law: (law.is_tolerated, law.name))


def audit(*, examples: int = 3) -> Iterator[Finding]:
    """One finding per law, all from one snapshot that nothing writes to, over all municipalities."""
    with across_municipalities("the laws hold for the whole register"), transaction.atomic():
        with connection.cursor() as cursor:
            if len(connection.savepoint_ids) == 0:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        for law in integrity_laws():
            yield _finding(law, examples)


def _finding(law: Law, examples: int) -> Finding:
    with connection.cursor() as cursor:
        cursor.execute(law.sql)
        columns = [column.name for column in cursor.description]
        rows = cursor.fetchall()
    return Finding(
        law=law,
        count=len(rows),
        examples=tuple(dict(zip(columns, row, strict=True)) for row in rows[:examples]),
    )
