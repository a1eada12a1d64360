"""Signed messages of banks, remission campaigns, and the entry that takes a voided title out of the books."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cadastre", "0018_property_numbers"),
        ("territory", "0008_sealed_ordinances"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="ledgerentry",
            name="kind",
            field=models.CharField(
                choices=[
                    ("CHARGE", "cargo de una emisión"),
                    ("TAKE_OVER", "cartera del sistema anterior"),
                    ("PAYMENT", "cobro"),
                    ("SETTLEMENT", "liquidación de un recibo provisional"),
                    ("REVERSAL", "reverso"),
                    ("CLOSING", "cierre de caja"),
                    ("VOIDING", "baja de un título"),
                ],
                max_length=10,
                verbose_name="clase",
            ),
        ),
        migrations.CreateModel(
            name="BankMessage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("nonce", models.CharField(max_length=64, verbose_name="número único")),
                ("told_at", models.DateTimeField(verbose_name="hora del aviso")),
                ("body_sha256", models.CharField(max_length=64, verbose_name="huella del aviso")),
                ("outcome", models.CharField(max_length=10, verbose_name="resultado")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="motivo")),
                ("received_at", models.DateTimeField(auto_now_add=True, verbose_name="recibido")),
                (
                    "desk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="cadastre.cashdesk",
                    ),
                ),
                (
                    "payment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="cadastre.payment",
                    ),
                ),
            ],
            options={
                "verbose_name": "aviso de una entidad recaudadora",
                "verbose_name_plural": "avisos de entidades recaudadoras",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("desk", "nonce"), name="bank_message_nonce_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RemissionCampaign",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="nombre")),
                ("citation", models.CharField(max_length=200, verbose_name="ley y ordenanza")),
                (
                    "parts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=10),
                        size=None,
                        verbose_name="qué se remite",
                    ),
                ),
                (
                    "through_year",
                    models.PositiveSmallIntegerField(verbose_name="títulos hasta el año"),
                ),
                ("windows", models.JSONField(verbose_name="ventanas")),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="registrada")),
                (
                    "approved_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="aprobada"),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.municipality",
                    ),
                ),
            ],
            options={
                "verbose_name": "campaña de remisión",
                "verbose_name_plural": "campañas de remisión",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("municipality", "name"), name="remission_campaign_name_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by__isnull", True),
                            models.Q(("approved_by", models.F("entered_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="remission_campaign_approved_by_another",
                    ),
                ],
            },
        ),
    ]
