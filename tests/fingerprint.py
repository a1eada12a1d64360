"""Whether a kept test database (`--reuse-db`) was built from the schema files of today."""

import hashlib
from pathlib import Path

import psycopg
from psycopg import sql

from tests import databases

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("gis_project", "cadastre", "water_basins", "layers")
# Rooms no migration, grant or published view is made from: a change in them needs no new database.
ROOMS_WITHOUT_SCHEMA = {
    "api", "fieldwork", "geometry", "hydrology", "management", "operations", "portal", "render",
    "templates", "templatetags", "views", "wms",
}  # fmt: skip


def matches(database: str) -> bool:
    with psycopg.connect(databases.url_for("DATABASE_OWNER_URL", "postgres")) as connection:
        row = connection.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s",
            [database],
        ).fetchone()
    return row is not None and row[0] == _of_the_schema_files()


def write(database: str) -> None:
    with psycopg.connect(databases.url_for("DATABASE_OWNER_URL", "postgres")) as connection:
        connection.execute(
            sql.SQL("COMMENT ON DATABASE {} IS {}").format(
                sql.Identifier(database), sql.Literal(_of_the_schema_files())
            )
        )


def _of_the_schema_files() -> str:
    digest = hashlib.sha256()
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            inside = ROOMS_WITHOUT_SCHEMA.intersection(path.relative_to(ROOT).parts)
            if path.suffix in {".py", ".sql", ".toml"} and not inside:
                digest.update(str(path.relative_to(ROOT)).encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()
