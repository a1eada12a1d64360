"""A número de predio may have nine digits, so that 99999999 does not stop its town's count."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("cadastre", "0020_payment_plans")]
    operations = [
        migrations.RunSQL(
            (SQL / "property_numbers_of_nine.sql").read_text(),
            (SQL / "property_numbers_of_nine_reverse.sql").read_text(),
        )
    ]
