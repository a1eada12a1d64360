"""Rows of the monthly lists of notaries and of the Registro de la Propiedad."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cadastre", "0007_procedures"),
        ("territory", "0005_papers"),
    ]

    operations = [
        migrations.CreateModel(
            name="TransferNotice",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("row_number", models.PositiveIntegerField(verbose_name="fila")),
                (
                    "fingerprint",
                    models.CharField(max_length=64, verbose_name="huella de la fila"),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("REGISTRY", "Registro de la Propiedad"),
                            ("NOTARY", "notaría"),
                        ],
                        max_length=8,
                        verbose_name="quién avisa",
                    ),
                ),
                (
                    "inscription",
                    models.CharField(
                        blank=True, max_length=40, verbose_name="número de inscripción"
                    ),
                ),
                (
                    "repertory",
                    models.CharField(blank=True, max_length=40, verbose_name="repertorio"),
                ),
                (
                    "noticed_on",
                    models.DateField(verbose_name="fecha de inscripción o escritura"),
                ),
                ("notary", models.CharField(blank=True, max_length=200, verbose_name="notaría")),
                (
                    "key_text",
                    models.CharField(blank=True, max_length=60, verbose_name="clave como vino"),
                ),
                (
                    "key_normalised",
                    models.CharField(blank=True, max_length=60, verbose_name="clave"),
                ),
                (
                    "property_number",
                    models.CharField(blank=True, max_length=30, verbose_name="número de predio"),
                ),
                (
                    "seller_document",
                    models.CharField(
                        blank=True, max_length=20, verbose_name="documento de quien transfiere"
                    ),
                ),
                (
                    "seller_name",
                    models.CharField(blank=True, max_length=300, verbose_name="quien transfiere"),
                ),
                (
                    "seller_search",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="quien transfiere, para buscar"
                    ),
                ),
                (
                    "buyer_document",
                    models.CharField(
                        blank=True, max_length=20, verbose_name="documento de quien adquiere"
                    ),
                ),
                (
                    "buyer_name",
                    models.CharField(blank=True, max_length=300, verbose_name="quien adquiere"),
                ),
                (
                    "buyer_search",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="quien adquiere, para buscar"
                    ),
                ),
                (
                    "price",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        verbose_name="precio (USD)",
                    ),
                ),
                (
                    "recorded_at",
                    models.DateTimeField(auto_now_add=True, verbose_name="registrado"),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cadastre.importbatch",
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
                "verbose_name": "aviso de transferencia",
                "verbose_name_plural": "avisos de transferencia",
                "indexes": [
                    models.Index(
                        fields=["municipality", "noticed_on"], name="transfer_notice_by_day"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("municipality", "fingerprint"), name="transfer_notice_once"
                    )
                ],
            },
        ),
    ]
