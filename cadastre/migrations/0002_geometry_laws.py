"""The register's laws that only the database can hold under concurrent writers (L1, L3, shares)."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("cadastre", "0001_initial")]
    operations = [
        migrations.RunSQL(
            (SQL / "0002_geometry_laws.sql").read_text(),
            (SQL / "0002_geometry_laws_reverse.sql").read_text(),
        )
    ]
