"""Runs of the quality rules, what became of each rule, and what they found."""

import django.contrib.gis.db.models.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cadastre", "0005_pages_of_what_is_known"),
        ("territory", "0005_papers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="QualityRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(verbose_name="día que se revisa")),
                ("scope", models.JSONField(blank=True, default=dict, verbose_name="alcance")),
                ("rules", models.JSONField(verbose_name="reglas")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("RUNNING", "en curso"),
                            ("DONE", "terminada"),
                            ("INCOMPLETE", "terminada, con reglas que fallaron"),
                        ],
                        default="RUNNING",
                        max_length=10,
                        verbose_name="estado",
                    ),
                ),
                ("started_at", models.DateTimeField(auto_now_add=True, verbose_name="empezó")),
                (
                    "finished_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="terminó"),
                ),
                (
                    "job",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.job",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="quality_runs",
                        to="territory.municipality",
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "revisión de calidad",
                "verbose_name_plural": "revisiones de calidad",
            },
        ),
        migrations.CreateModel(
            name="QualityRuleResult",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=60, verbose_name="regla")),
                (
                    "state",
                    models.CharField(
                        choices=[("DONE", "aplicada"), ("FAILED", "falló")],
                        max_length=6,
                        verbose_name="estado",
                    ),
                ),
                ("findings", models.PositiveIntegerField(default=0, verbose_name="hallazgos")),
                ("took_ms", models.PositiveIntegerField(verbose_name="duración (ms)")),
                ("message", models.TextField(blank=True, verbose_name="qué pasó")),
                ("recorded_at", models.DateTimeField(auto_now_add=True, verbose_name="registrado")),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="results",
                        to="cadastre.qualityrun",
                    ),
                ),
            ],
            options={
                "verbose_name": "resultado de una regla",
                "verbose_name_plural": "resultados de reglas",
            },
        ),
        migrations.CreateModel(
            name="QualityFinding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=60, verbose_name="regla")),
                ("severity", models.CharField(max_length=8, verbose_name="severidad")),
                ("other_id", models.UUIDField(blank=True, null=True, verbose_name="el otro")),
                ("detail", models.JSONField(default=dict, verbose_name="detalle")),
                (
                    "geom",
                    django.contrib.gis.db.models.fields.GeometryField(
                        blank=True, null=True, spatial_index=False, srid=32717, verbose_name="dónde"
                    ),
                ),
                (
                    "parcel",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cadastre.parcel",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cadastre.propertyunit",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="findings",
                        to="cadastre.qualityrun",
                    ),
                ),
            ],
            options={
                "verbose_name": "hallazgo",
                "verbose_name_plural": "hallazgos",
            },
        ),
        migrations.AddIndex(
            model_name="qualityrun",
            index=models.Index(fields=["municipality", "-started_at"], name="quality_run_newest"),
        ),
        migrations.AddConstraint(
            model_name="qualityruleresult",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "DONE")),
                fields=("run", "code"),
                name="quality_rule_done_once",
            ),
        ),
        migrations.AddIndex(
            model_name="qualityfinding",
            index=models.Index(fields=["run", "code"], name="quality_finding_of_rule"),
        ),
        migrations.AddIndex(
            model_name="qualityfinding",
            index=django.contrib.postgres.indexes.GistIndex(
                fields=["geom"], name="quality_finding_geom"
            ),
        ),
    ]
