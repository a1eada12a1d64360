import uuid

from django.db import models

from gis_project.territory.models.municipality import Municipality
from gis_project.territory.models.user import User


class Job(models.Model):
    """Job · es: trabajo. What a long task shows of itself: progress, result, failure in words."""

    class State(models.TextChoices):
        QUEUED = "QUEUED", "en cola"
        RUNNING = "RUNNING", "en curso"
        DONE = "DONE", "terminado"
        FAILED = "FAILED", "falló"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, null=True, blank=True)
    requested_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True)
    task = models.CharField("tarea", max_length=100)
    arguments = models.JSONField("argumentos", default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    done = models.PositiveIntegerField("hechos", default=0)
    total = models.PositiveIntegerField("total", null=True, blank=True)
    message = models.TextField("mensaje", blank=True)
    result = models.JSONField("resultado", null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "trabajo"
        verbose_name_plural = "trabajos"
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.task} {self.id}"
