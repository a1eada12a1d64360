from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("territory", "0006_municipal_holidays"),
    ]

    operations = [
        migrations.AddField(
            model_name="paper",
            name="receipt_total",
            field=models.DecimalField(
                blank=True,
                decimal_places=2,
                max_digits=10,
                null=True,
                verbose_name="total del comprobante (USD)",
            ),
        ),
    ]
