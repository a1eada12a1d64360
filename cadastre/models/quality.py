from django.contrib.gis.db import models
from django.contrib.postgres.indexes import GistIndex

from cadastre.models.parcel import Parcel
from cadastre.models.property_unit import PropertyUnit
from gis_project.territory.models import Job, Municipality, User


class QualityRun(models.Model):
    """Quality run · es: revisión de calidad. Which rules were applied to what, on which day, and how far it came.

    `scope` is empty for the whole municipality, else what was asked for (`units`, or `keys` from and to);
    `rules` are the codes to apply in their order: those without a result of state DONE are still to do.
    """

    class State(models.TextChoices):
        RUNNING = "RUNNING", "en curso"
        DONE = "DONE", "terminada"
        INCOMPLETE = "INCOMPLETE", "terminada, con reglas que fallaron"

    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="quality_runs"
    )
    job = models.ForeignKey(Job, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    requested_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    day = models.DateField("día que se revisa")
    scope = models.JSONField("alcance", default=dict, blank=True)
    rules = models.JSONField("reglas")
    state = models.CharField("estado", max_length=10, choices=State.choices, default=State.RUNNING)
    started_at = models.DateTimeField("empezó", auto_now_add=True)
    finished_at = models.DateTimeField("terminó", null=True, blank=True)

    class Meta:
        verbose_name = "revisión de calidad"
        verbose_name_plural = "revisiones de calidad"
        indexes = [models.Index(fields=["municipality", "-started_at"], name="quality_run_newest")]

    def __str__(self) -> str:
        return f"{self.municipality_id} {self.day} [{self.pk}]"


class QualityRuleResult(models.Model):
    """What became of one rule in a run · es: resultado de una regla. A rule that failed may be tried again."""

    class State(models.TextChoices):
        DONE = "DONE", "aplicada"
        FAILED = "FAILED", "falló"

    run = models.ForeignKey(QualityRun, on_delete=models.PROTECT, related_name="results")
    code = models.CharField("regla", max_length=60)
    state = models.CharField("estado", max_length=6, choices=State.choices)
    findings = models.PositiveIntegerField("hallazgos", default=0)
    took_ms = models.PositiveIntegerField("duración (ms)")
    message = models.TextField("qué pasó", blank=True)
    recorded_at = models.DateTimeField("registrado", auto_now_add=True)

    class Meta:
        verbose_name = "resultado de una regla"
        verbose_name_plural = "resultados de reglas"
        constraints = [
            models.UniqueConstraint(
                fields=["run", "code"],
                condition=models.Q(state="DONE"),
                name="quality_rule_done_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.run_id} {self.code} {self.state}"


class QualityFinding(models.Model):
    """What a rule found · es: hallazgo. One row a feature; `severity` is the rule's worst of all moments.

    `other_id` is the other parcel, building, road, block, title or party of the finding; `geom` (EPSG:32717)
    the place, of any type. Nobody is named in `detail`.
    """

    run = models.ForeignKey(QualityRun, on_delete=models.PROTECT, related_name="findings")
    code = models.CharField("regla", max_length=60)
    severity = models.CharField("severidad", max_length=8)
    unit = models.ForeignKey(
        PropertyUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    parcel = models.ForeignKey(
        Parcel, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    other_id = models.UUIDField("el otro", null=True, blank=True)
    detail = models.JSONField("detalle", default=dict)
    geom = models.GeometryField("dónde", srid=32717, null=True, blank=True, spatial_index=False)

    class Meta:
        verbose_name = "hallazgo"
        verbose_name_plural = "hallazgos"
        indexes = [
            models.Index(fields=["run", "code"], name="quality_finding_of_rule"),
            GistIndex(fields=["geom"], name="quality_finding_geom"),
        ]

    def __str__(self) -> str:
        return f"{self.code} [{self.pk}]"
