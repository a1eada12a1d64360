"""Indexes that give pages of features in their order, their count, and the newest key of a predio without sorting."""

from django.contrib.postgres.fields.ranges import RangeStartsWith
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cadastre", "0004_register_laws")]

    operations = [
        migrations.RemoveIndex(model_name="keyalias", name="key_alias_principal"),
        migrations.AddIndex(
            model_name="keyalias",
            index=models.Index(
                models.F("unit"),
                models.OrderBy(RangeStartsWith("valid"), descending=True),
                condition=models.Q(("is_principal", True), ("recorded__upper_inf", True)),
                include=("text", "valid"),
                name="key_alias_principal",
            ),
        ),
        migrations.AddIndex(
            model_name="buildingversion",
            index=models.Index(
                condition=models.Q(("geom__isnull", False), ("recorded__upper_inf", True)),
                fields=["building_id", "id"],
                include=("valid", "municipality"),
                name="building_version_now",
            ),
        ),
        migrations.AddIndex(
            model_name="parcelversion",
            index=models.Index(
                condition=models.Q(("geom__isnull", False), ("recorded__upper_inf", True)),
                fields=["parcel", "id"],
                include=("valid", "municipality", "parish"),
                name="parcel_version_now",
            ),
        ),
    ]
