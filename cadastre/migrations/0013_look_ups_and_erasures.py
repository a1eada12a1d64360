"""Look-ups of persons, the keys of what is sealed about them, and erasures of personal data."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cadastre", "0012_proposal_ground"),
        ("territory", "0005_papers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PartyErasure",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("erased_at", models.DateTimeField(verbose_name="suprimido")),
                ("reason", models.CharField(max_length=300, verbose_name="motivo")),
                ("legal_basis", models.CharField(max_length=200, verbose_name="base legal")),
                ("request", models.CharField(blank=True, max_length=100, verbose_name="solicitud")),
                (
                    "files",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=64),
                        default=list,
                        size=None,
                        verbose_name="archivos",
                    ),
                ),
                ("counts", models.JSONField(default=dict, verbose_name="qué se suprimió")),
                (
                    "erased_by",
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
                (
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="erasures",
                        to="cadastre.party",
                    ),
                ),
            ],
            options={
                "verbose_name": "supresión de datos personales",
                "verbose_name_plural": "supresiones de datos personales",
            },
        ),
        migrations.CreateModel(
            name="PartyLookUp",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", models.CharField(max_length=20, verbose_name="registro consultado")),
                ("asked_at", models.DateTimeField(auto_now_add=True, verbose_name="consultado")),
                ("purpose", models.CharField(blank=True, max_length=300, verbose_name="motivo")),
                (
                    "subject_hash",
                    models.CharField(max_length=64, verbose_name="huella del documento"),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("FOUND", "consta"),
                            ("NOT_FOUND", "no consta"),
                            ("NOT_ASKED", "no consultado"),
                            ("UNREACHABLE", "no respondió"),
                            ("GARBLED", "respuesta ilegible"),
                            ("OTHER_PERSON", "respondió por otra persona"),
                        ],
                        max_length=12,
                        verbose_name="resultado",
                    ),
                ),
                ("sealed", models.BinaryField(null=True, verbose_name="respuesta sellada")),
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
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.municipality",
                    ),
                ),
                (
                    "procedure",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cadastre.procedure",
                        verbose_name="trámite",
                    ),
                ),
                (
                    "reused",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cadastre.partylookup",
                    ),
                ),
            ],
            options={
                "verbose_name": "consulta de una persona",
                "verbose_name_plural": "consultas de personas",
                "indexes": [
                    models.Index(
                        fields=["municipality", "subject_hash", "source"],
                        name="party_look_up_subject",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("procedure__isnull", False),
                            models.Q(("purpose", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="party_look_up_has_a_reason",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PersonKey",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "subject_hash",
                    models.CharField(max_length=64, verbose_name="huella del documento"),
                ),
                ("wrapped", models.BinaryField(verbose_name="llave sellada")),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="hecha")),
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
                "verbose_name": "llave de una persona",
                "verbose_name_plural": "llaves de personas",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("municipality", "subject_hash"), name="person_key_once"
                    )
                ],
            },
        ),
    ]
