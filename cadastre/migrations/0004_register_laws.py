"""The laws of the whole register: groups, area ledger, revisions, and the ground of the plan (L3, L4, L12)."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("cadastre", "0003_register_model")]
    operations = [
        migrations.RunSQL(
            (SQL / "0004_register_laws.sql").read_text(),
            (SQL / "0004_register_laws_reverse.sql").read_text(),
        )
    ]
