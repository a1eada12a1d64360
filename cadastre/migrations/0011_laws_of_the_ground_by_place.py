"""The laws of the ground find a row's neighbours by place alone, however many parcels there are (L1)."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("cadastre", "0010_fieldwork")]
    operations = [
        migrations.RunSQL(
            (SQL / "0011_laws_of_the_ground_by_place.sql").read_text(),
            (SQL / "0011_laws_of_the_ground_by_place_reverse.sql").read_text(),
        )
    ]
