"""Payment plans and their titles."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cadastre", "0019_bank_messages_and_remissions"),
        ("territory", "0008_sealed_ordinances"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PaymentPlan",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("resolution", models.CharField(max_length=120, verbose_name="resolución")),
                ("granted_on", models.DateField(verbose_name="fecha")),
                (
                    "owed",
                    models.DecimalField(
                        decimal_places=2, max_digits=14, verbose_name="adeudado (USD)"
                    ),
                ),
                ("instalments", models.JSONField(verbose_name="cuotas")),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="registrado")),
                (
                    "approved_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="aprobado"),
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
                "verbose_name": "convenio de pago",
                "verbose_name_plural": "convenios de pago",
            },
        ),
        migrations.CreateModel(
            name="PlanTitle",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "arrears",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plans",
                        to="cadastre.arrearstitle",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="titles",
                        to="cadastre.paymentplan",
                    ),
                ),
                (
                    "title",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plans",
                        to="cadastre.taxtitle",
                    ),
                ),
            ],
            options={
                "verbose_name": "título de un convenio",
                "verbose_name_plural": "títulos de convenios",
            },
        ),
        migrations.AddConstraint(
            model_name="paymentplan",
            constraint=models.UniqueConstraint(
                fields=("municipality", "resolution"), name="payment_plan_resolution_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="paymentplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by__isnull", True),
                    models.Q(("approved_by", models.F("entered_by")), _negated=True),
                    _connector="OR",
                ),
                name="payment_plan_approved_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="plantitle",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("arrears__isnull", False), ("title__isnull", True)),
                    models.Q(("arrears__isnull", True), ("title__isnull", False)),
                    _connector="OR",
                ),
                name="plan_title_is_one",
            ),
        ),
    ]
