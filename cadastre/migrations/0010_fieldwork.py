"""Field packages: who has which part of the register out in the field, what came back and what became of it."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cadastre", "0009_evidence_of_documents"),
        ("territory", "0006_municipal_holidays"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FieldDelta",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("fingerprint", models.CharField(max_length=64, verbose_name="huella del cambio")),
                ("layer", models.CharField(max_length=40, verbose_name="capa")),
                (
                    "uuid",
                    models.CharField(max_length=80, verbose_name="identificador en el paquete"),
                ),
                ("method", models.CharField(max_length=6, verbose_name="qué se hizo")),
                (
                    "subject",
                    models.CharField(
                        choices=[
                            ("DATA", "datos del predio"),
                            ("GROUND", "terreno"),
                            ("BUILDING", "edificación"),
                            ("POINT", "punto de lindero"),
                            ("ROW", "fila suelta"),
                        ],
                        max_length=8,
                        verbose_name="materia",
                    ),
                ),
                ("columns", models.JSONField(default=list, verbose_name="datos")),
                ("ground", models.JSONField(default=dict, verbose_name="terreno")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("PROPOSED", "propuesto"),
                            ("CONFLICT", "en conflicto con el catastro"),
                            ("REJECTED", "no se pudo proponer"),
                            ("KNOWN", "el catastro ya lo dice"),
                            ("KEPT", "guardado como constancia"),
                        ],
                        max_length=8,
                        verbose_name="resultado",
                    ),
                ),
                (
                    "code",
                    models.CharField(blank=True, max_length=60, verbose_name="código del motivo"),
                ),
                ("message", models.TextField(blank=True, verbose_name="motivo")),
                (
                    "proposal",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="field_deltas",
                        to="cadastre.proposal",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cadastre.propertyunit",
                    ),
                ),
            ],
            options={
                "verbose_name": "cambio de campo",
                "verbose_name_plural": "cambios de campo",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="FieldDecision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("taken", models.JSONField(default=list, verbose_name="datos que siguen al campo")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="observación")),
                ("decided_at", models.DateTimeField(auto_now_add=True, verbose_name="decidido")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cadastre.proposal",
                    ),
                ),
                (
                    "delta",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decision",
                        to="cadastre.fielddelta",
                    ),
                ),
            ],
            options={
                "verbose_name": "decisión sobre un cambio de campo",
                "verbose_name_plural": "decisiones sobre cambios de campo",
            },
        ),
        migrations.CreateModel(
            name="FieldPackage",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="año")),
                ("serial", models.PositiveIntegerField(verbose_name="número en el año")),
                ("purpose", models.CharField(max_length=300, verbose_name="para qué")),
                ("area", models.JSONField(verbose_name="zona")),
                ("srid", models.PositiveIntegerField(verbose_name="CRS del paquete")),
                (
                    "with_holders",
                    models.BooleanField(default=False, verbose_name="con nombres de titulares"),
                ),
                ("predios", models.PositiveIntegerField(verbose_name="predios")),
                ("issued_at", models.DateTimeField(verbose_name="entregado el")),
                ("issued_on", models.DateField(verbose_name="fecha")),
                ("expires_on", models.DateField(verbose_name="vence")),
                (
                    "carrier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="field_packages",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="quién lo lleva",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.storedfile",
                    ),
                ),
                (
                    "issued_by",
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
                        related_name="field_packages",
                        to="territory.municipality",
                    ),
                ),
            ],
            options={
                "verbose_name": "paquete de campo",
                "verbose_name_plural": "paquetes de campo",
            },
        ),
        migrations.AddField(
            model_name="fielddelta",
            name="package",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="deltas",
                to="cadastre.fieldpackage",
            ),
        ),
        migrations.CreateModel(
            name="FieldPackageClosing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("RETURNED", "devuelto"),
                            ("UNUSED", "devuelto sin usar"),
                            ("LOST", "perdido"),
                        ],
                        max_length=8,
                        verbose_name="cómo",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="observación")),
                ("closed_at", models.DateTimeField(auto_now_add=True, verbose_name="cerrado")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "package",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="closing",
                        to="cadastre.fieldpackage",
                    ),
                ),
            ],
            options={
                "verbose_name": "cierre del paquete",
                "verbose_name_plural": "cierres de paquetes",
            },
        ),
        migrations.CreateModel(
            name="FieldPackageUnit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("revision", models.PositiveIntegerField(verbose_name="revisión")),
                (
                    "geom_hash",
                    models.CharField(
                        blank=True, max_length=64, verbose_name="huella de la geometría"
                    ),
                ),
                (
                    "package",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="units",
                        to="cadastre.fieldpackage",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="field_packages",
                        to="cadastre.propertyunit",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cadastre.parcelversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "predio del paquete",
                "verbose_name_plural": "predios del paquete",
            },
        ),
        migrations.CreateModel(
            name="FieldReturn",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=255, verbose_name="nombre del archivo")),
                (
                    "kind",
                    models.CharField(
                        choices=[("GPKG", "GeoPackage"), ("DELTA", "archivo de cambios de QField")],
                        max_length=5,
                        verbose_name="clase",
                    ),
                ),
                ("survey", models.JSONField(default=dict, verbose_name="cómo se midió")),
                ("report", models.JSONField(default=dict, verbose_name="informe")),
                ("received_at", models.DateTimeField(auto_now_add=True, verbose_name="recibido")),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.storedfile",
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
                (
                    "package",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="returns",
                        to="cadastre.fieldpackage",
                    ),
                ),
                (
                    "received_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "retorno de campo",
                "verbose_name_plural": "retornos de campo",
                "ordering": ["received_at"],
            },
        ),
        migrations.CreateModel(
            name="FieldPicture",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=255, verbose_name="nombre")),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.storedfile",
                    ),
                ),
                (
                    "arrival",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pictures",
                        to="cadastre.fieldreturn",
                    ),
                ),
            ],
            options={
                "verbose_name": "fotografía de campo",
                "verbose_name_plural": "fotografías de campo",
            },
        ),
        migrations.AddField(
            model_name="fielddelta",
            name="arrival",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="deltas",
                to="cadastre.fieldreturn",
            ),
        ),
        migrations.AddConstraint(
            model_name="fieldpackage",
            constraint=models.UniqueConstraint(
                fields=("municipality", "year", "serial"), name="field_package_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="fieldpackage",
            constraint=models.CheckConstraint(
                condition=models.Q(("expires_on__gte", models.F("issued_on"))),
                name="field_package_expires_later",
            ),
        ),
        migrations.AddConstraint(
            model_name="fieldpackageunit",
            constraint=models.UniqueConstraint(
                fields=("package", "unit"), name="field_package_unit_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="fieldreturn",
            constraint=models.UniqueConstraint(
                fields=("package", "file"), name="field_return_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="fieldpicture",
            constraint=models.UniqueConstraint(
                fields=("arrival", "name"), name="field_picture_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="fielddelta",
            constraint=models.UniqueConstraint(
                fields=("package", "fingerprint", "subject"), name="field_delta_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="fielddelta",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "PROPOSED"), ("proposal__isnull", False)),
                    models.Q(
                        models.Q(("outcome", "PROPOSED"), _negated=True), ("proposal__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="field_delta_proposed_by_a_proposal",
            ),
        ),
    ]
