"""Standing of predios and holders, prices by level, steps around an emission, and ordinances that are sealed."""

from pathlib import Path

import django.contrib.gis.db.models.fields
import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ("cadastre", "0014_field_delta_comes_again"),
        ("territory", "0008_sealed_ordinances"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="complementarywork",
            name="conservation",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=20, verbose_name="conservación"
            ),
        ),
        migrations.AddField(
            model_name="taxroll",
            name="needs_approval",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="Sus títulos cuentan cuando Tesorería la recibió; las anteriores a esta regla, desde que existen.",
                verbose_name="pide aprobación",
            ),
        ),
        migrations.CreateModel(
            name="CadastreClosing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        help_text="Al 31 de diciembre; tributa el año siguiente.",
                        verbose_name="año que se cierra",
                    ),
                ),
                ("recorded_at", models.DateTimeField(auto_now_add=True, verbose_name="registrado")),
                (
                    "closed_by",
                    models.ForeignKey(
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
                "verbose_name": "cierre del catastro",
                "verbose_name_plural": "cierres del catastro",
            },
        ),
        migrations.CreateModel(
            name="HolderFact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "valid",
                    django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="vigencia"),
                ),
                (
                    "recorded",
                    django.contrib.postgres.fields.ranges.DateTimeRangeField(
                        verbose_name="registro"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("INCOME", "ingreso mensual"),
                            ("PATRIMONY", "patrimonio"),
                            ("DISABILITY", "discapacidad calificada"),
                            ("MORTGAGE", "saldo de hipoteca"),
                        ],
                        max_length=10,
                        verbose_name="clase",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2, max_digits=14, verbose_name="monto o porcentaje"
                    ),
                ),
                ("requested_on", models.DateField(verbose_name="fecha de la solicitud")),
                (
                    "document",
                    models.CharField(max_length=200, verbose_name="documento que lo prueba"),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cadastre.operation",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.municipality",
                        verbose_name="municipio",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cadastre.operation",
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tax_facts",
                        to="cadastre.party",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="holder_facts",
                        to="cadastre.propertyunit",
                    ),
                ),
            ],
            options={
                "verbose_name": "condición personal del titular",
                "verbose_name_plural": "condiciones personales de los titulares",
            },
        ),
        migrations.CreateModel(
            name="LandPrice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("URBAN", "urbano, USD por m²"),
                            ("RURAL", "rural, USD por hectárea"),
                        ],
                        max_length=5,
                        verbose_name="clase",
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("UNIT", "excepción del predio"),
                            ("AXIS", "eje vial"),
                            ("BLOCK", "manzana"),
                            ("ZONE", "zona"),
                            ("SECTOR", "sector"),
                        ],
                        max_length=6,
                        verbose_name="nivel",
                    ),
                ),
                ("code", models.CharField(max_length=60, verbose_name="código")),
                (
                    "value",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        max_digits=14,
                        null=True,
                        verbose_name="valor unitario (USD)",
                    ),
                ),
                ("typical", models.JSONField(blank=True, default=dict, verbose_name="lote tipo")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="motivo")),
                (
                    "geom",
                    django.contrib.gis.db.models.fields.MultiLineStringField(
                        blank=True, null=True, spatial_index=False, srid=32717, verbose_name="eje"
                    ),
                ),
                (
                    "ordinance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="land_prices",
                        to="territory.ordinance",
                    ),
                ),
            ],
            options={
                "verbose_name": "precio del suelo",
                "verbose_name_plural": "precios del suelo",
            },
        ),
        migrations.CreateModel(
            name="RollDoubt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=20, verbose_name="código")),
                (
                    "party",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cadastre.party",
                    ),
                ),
                (
                    "roll",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="doubts",
                        to="cadastre.taxroll",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cadastre.propertyunit",
                    ),
                ),
            ],
            options={
                "verbose_name": "duda de la emisión",
                "verbose_name_plural": "dudas de la emisión",
            },
        ),
        migrations.CreateModel(
            name="RollStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("APPROVED", "aprobada por la Dirección Financiera"),
                            ("RECEIVED", "recibida por Tesorería"),
                        ],
                        max_length=10,
                        verbose_name="paso",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="observación")),
                ("recorded_at", models.DateTimeField(auto_now_add=True, verbose_name="registrado")),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "roll",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="cadastre.taxroll",
                    ),
                ),
            ],
            options={
                "verbose_name": "paso de la emisión",
                "verbose_name_plural": "pasos de la emisión",
            },
        ),
        migrations.CreateModel(
            name="ServiceUse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "valid",
                    django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="vigencia"),
                ),
                (
                    "recorded",
                    django.contrib.postgres.fields.ranges.DateTimeRangeField(
                        verbose_name="registro"
                    ),
                ),
                ("charge", models.CharField(max_length=40, verbose_name="tasa")),
                (
                    "quantity",
                    models.DecimalField(decimal_places=4, max_digits=12, verbose_name="cantidad"),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cadastre.operation",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.municipality",
                        verbose_name="municipio",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cadastre.operation",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="service_uses",
                        to="cadastre.propertyunit",
                    ),
                ),
            ],
            options={
                "verbose_name": "uso de un servicio",
                "verbose_name_plural": "usos de servicios",
            },
        ),
        migrations.CreateModel(
            name="TaxGrant",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "valid",
                    django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="vigencia"),
                ),
                (
                    "recorded",
                    django.contrib.postgres.fields.ranges.DateTimeRangeField(
                        verbose_name="registro"
                    ),
                ),
                ("code", models.CharField(max_length=40, verbose_name="código")),
                ("from_year", models.PositiveSmallIntegerField(verbose_name="desde el año")),
                (
                    "until_year",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="hasta el año"
                    ),
                ),
                (
                    "part",
                    models.DecimalField(
                        blank=True, decimal_places=8, max_digits=9, null=True, verbose_name="parte"
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        verbose_name="monto (USD)",
                    ),
                ),
                ("act", models.CharField(max_length=120, verbose_name="resolución")),
                ("decided_on", models.DateField(verbose_name="fecha de la resolución")),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cadastre.operation",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.municipality",
                        verbose_name="municipio",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cadastre.operation",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tax_grants",
                        to="cadastre.propertyunit",
                    ),
                ),
            ],
            options={
                "verbose_name": "exoneración concedida",
                "verbose_name_plural": "exoneraciones concedidas",
            },
        ),
        migrations.CreateModel(
            name="TitleVoiding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.CharField(max_length=300, verbose_name="motivo")),
                ("resolution", models.CharField(max_length=120, verbose_name="resolución")),
                ("asked_at", models.DateTimeField(auto_now_add=True, verbose_name="pedida el")),
                (
                    "decided_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="decidida el"),
                ),
                (
                    "is_granted",
                    models.BooleanField(blank=True, null=True, verbose_name="concedida"),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "title",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="voidings",
                        to="cadastre.taxtitle",
                    ),
                ),
            ],
            options={
                "verbose_name": "baja de un título",
                "verbose_name_plural": "bajas de títulos",
            },
        ),
        migrations.AddConstraint(
            model_name="cadastreclosing",
            constraint=models.UniqueConstraint(
                fields=("municipality", "year"), name="cadastre_closed_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="holderfact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind__in", ["INCOME", "PATRIMONY"]), ("unit__isnull", True)),
                    models.Q(("kind__in", ["DISABILITY", "MORTGAGE"]), ("unit__isnull", False)),
                    _connector="OR",
                ),
                name="holder_fact_names_its_predio",
            ),
        ),
        migrations.AddConstraint(
            model_name="holderfact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("amount__gt", 0), ("amount__lte", 100), ("kind", "DISABILITY")),
                    models.Q(models.Q(("kind", "DISABILITY"), _negated=True), ("amount__gte", 0)),
                    _connector="OR",
                ),
                name="holder_fact_amount",
            ),
        ),
        migrations.AddConstraint(
            model_name="holderfact",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(
                    ("kind__in", ["INCOME", "PATRIMONY", "DISABILITY"]),
                    ("recorded__upper_inf", True),
                ),
                expressions=[("party", "="), ("kind", "="), ("valid", "&&")],
                name="holder_fact_one_truth_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="holderfact",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("kind", "MORTGAGE"), ("recorded__upper_inf", True)),
                expressions=[("unit", "="), ("valid", "&&")],
                name="holder_fact_one_mortgage_a_day",
            ),
        ),
        migrations.AddIndex(
            model_name="landprice",
            index=django.contrib.postgres.indexes.GistIndex(
                fields=["geom"], name="land_price_geom"
            ),
        ),
        migrations.AddConstraint(
            model_name="landprice",
            constraint=models.UniqueConstraint(
                fields=("ordinance", "kind", "level", "code"), name="land_price_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="landprice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("level", "ZONE"), ("value__isnull", True)),
                    ("value__gt", 0),
                    _connector="OR",
                ),
                name="land_price_has_a_value",
            ),
        ),
        migrations.AddConstraint(
            model_name="landprice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("level", "UNIT"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="land_price_exception_has_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="rollstep",
            constraint=models.UniqueConstraint(fields=("roll", "step"), name="roll_step_once"),
        ),
        migrations.AddConstraint(
            model_name="serviceuse",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__gte", 0)), name="service_use_not_negative"
            ),
        ),
        migrations.AddConstraint(
            model_name="serviceuse",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("recorded__upper_inf", True)),
                expressions=[("unit", "="), ("charge", "="), ("valid", "&&")],
                name="service_use_one_truth_a_day",
            ),
        ),
        migrations.AddIndex(
            model_name="taxgrant",
            index=models.Index(
                condition=models.Q(("recorded__upper_inf", True)),
                fields=["unit"],
                name="tax_grant_unit",
            ),
        ),
        migrations.AddConstraint(
            model_name="taxgrant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until_year__isnull", True),
                    ("until_year__gte", models.F("from_year")),
                    _connector="OR",
                ),
                name="tax_grant_years_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="taxgrant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("part__isnull", True),
                    models.Q(("part__gt", 0), ("part__lte", 1)),
                    _connector="OR",
                ),
                name="tax_grant_part_of_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="taxgrant",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__isnull", True), ("amount__gt", 0), _connector="OR"),
                name="tax_grant_amount_positive",
            ),
        ),
        migrations.AddConstraint(
            model_name="titlevoiding",
            constraint=models.UniqueConstraint(
                condition=models.Q(("decided_at__isnull", True)),
                fields=("title",),
                name="title_voiding_asked_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="titlevoiding",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_granted", True)),
                fields=("title",),
                name="title_voided_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="titlevoiding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by__isnull", True),
                    ("asked_by__isnull", True),
                    models.Q(("decided_by", models.F("asked_by")), _negated=True),
                    _connector="OR",
                ),
                name="title_voiding_four_eyes",
            ),
        ),
        migrations.AddConstraint(
            model_name="titlevoiding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", True), ("is_granted__isnull", True)),
                    models.Q(("decided_at__isnull", False), ("is_granted__isnull", False)),
                    _connector="OR",
                ),
                name="title_voiding_decided_whole",
            ),
        ),
        migrations.RunSQL(
            (SQL / "0015_sealed_ordinances.sql").read_text(),
            (SQL / "0015_sealed_ordinances_reverse.sql").read_text(),
        ),
    ]
