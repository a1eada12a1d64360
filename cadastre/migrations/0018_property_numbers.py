"""New predios get the next número de predio of their municipality, found at the top of an index, given once."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("cadastre", "0017_sales")]
    operations = [
        migrations.RunSQL(
            (SQL / "property_numbers.sql").read_text(),
            (SQL / "property_numbers_reverse.sql").read_text(),
        )
    ]
