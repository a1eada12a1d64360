"""The ground of a proposal stands apart, so that the proposal itself can stand behind the wall."""

import django.contrib.gis.db.models.fields
import django.db.models.deletion
from django.db import migrations, models

_COPY = """
INSERT INTO cadastre_proposalground (proposal_id, ground)
SELECT id, ground FROM cadastre_proposal WHERE ground IS NOT NULL
"""
_COPY_BACK = """
UPDATE cadastre_proposal AS p SET ground = g.ground
FROM cadastre_proposalground AS g WHERE g.proposal_id = p.id
"""


class Migration(migrations.Migration):
    dependencies = [("cadastre", "0011_laws_of_the_ground_by_place")]

    operations = [
        migrations.CreateModel(
            name="ProposalGround",
            fields=[
                (
                    "proposal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="place",
                        serialize=False,
                        to="cadastre.proposal",
                    ),
                ),
                (
                    "ground",
                    django.contrib.gis.db.models.fields.MultiPolygonField(
                        srid=32717, verbose_name="terreno que toca"
                    ),
                ),
            ],
            options={
                "verbose_name": "terreno de la propuesta",
                "verbose_name_plural": "terrenos de las propuestas",
            },
        ),
        migrations.RunSQL(_COPY, _COPY_BACK),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.RemoveIndex(model_name="proposal", name="proposal_ground"),
        migrations.RemoveField(model_name="proposal", name="ground"),
    ]
