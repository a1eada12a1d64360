"""An ordinance is drafted by one person, approved by another, and keeps its content from then on."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("territory", "0007_receipt_total"),
    ]

    operations = [
        migrations.AddField(
            model_name="ordinance",
            name="approval",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                max_length=200,
                verbose_name="acto de aprobación",
            ),
        ),
        migrations.AddField(
            model_name="ordinance",
            name="approved_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="aprobada el"),
        ),
        migrations.AddField(
            model_name="ordinance",
            name="approved_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="ordinance",
            name="biennium",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="Primer año que emite (COOTAD 496).",
                null=True,
                verbose_name="bienio: primer año",
            ),
        ),
        migrations.AddField(
            model_name="ordinance",
            name="content_hash",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                max_length=64,
                verbose_name="huella del contenido",
            ),
        ),
        migrations.AddField(
            model_name="ordinance",
            name="drafted_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="ordinance",
            name="locked_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="primera emisión"),
        ),
        migrations.AlterField(
            model_name="ordinance",
            name="state",
            field=models.CharField(
                choices=[
                    ("DRAFT", "borrador"),
                    ("APPROVED", "aprobada"),
                    ("WITHDRAWN", "retirada"),
                ],
                default="DRAFT",
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="ordinance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("drafted_by__isnull", True),
                    ("approved_by__isnull", True),
                    models.Q(("drafted_by", models.F("approved_by")), _negated=True),
                    _connector="OR",
                ),
                name="ordinance_two_persons",
            ),
        ),
    ]
