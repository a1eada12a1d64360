"""Who typed a document, of which predio it speaks, and who confirmed that he saw it where it is kept."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cadastre", "0008_transfer_notices"),
        ("territory", "0005_papers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SourceConfirmation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="observación")),
                ("recorded_at", models.DateTimeField(auto_now_add=True, verbose_name="registrado")),
            ],
            options={
                "verbose_name": "confirmación de documento",
                "verbose_name_plural": "confirmaciones de documentos",
            },
        ),
        migrations.AddField(
            model_name="administrativesource",
            name="property_text",
            field=models.CharField(
                blank=True,
                help_text="Clave o número de predio, como lo dice el documento.",
                max_length=60,
                verbose_name="predio del que trata",
            ),
        ),
        migrations.AddField(
            model_name="administrativesource",
            name="typed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="administrativesource",
            index=models.Index(
                condition=models.Q(("kind", "INSCRIPTION")),
                fields=["municipality", "number"],
                name="source_inscription_number",
            ),
        ),
        migrations.AddField(
            model_name="sourceconfirmation",
            name="confirmed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="sourceconfirmation",
            name="source",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="confirmation",
                to="cadastre.administrativesource",
            ),
        ),
    ]
