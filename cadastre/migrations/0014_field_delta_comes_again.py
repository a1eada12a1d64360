from django.db import migrations, models


class Migration(migrations.Migration):
    """The same change may come again in a later return, after the row said something else."""

    dependencies = [("cadastre", "0013_look_ups_and_erasures")]

    operations = [
        migrations.RemoveConstraint(model_name="fielddelta", name="field_delta_once"),
        migrations.AddConstraint(
            model_name="fielddelta",
            constraint=models.UniqueConstraint(
                fields=["arrival", "fingerprint", "subject"], name="field_delta_once_a_return"
            ),
        ),
    ]
