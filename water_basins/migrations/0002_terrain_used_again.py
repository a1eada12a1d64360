from django.db import migrations


class Migration(migrations.Migration):
    """A terrain may come into use again after another one: the same version in a later row."""

    dependencies = [("water_basins", "0001_initial")]

    operations = [
        migrations.RemoveConstraint(
            model_name="terrainversion", name="terrain_once_in_a_municipality"
        ),
    ]
