from django.db import models

from gis_project.territory.models import Municipality, User


class PartyLookUp(models.Model):
    """Look-up of a person · es: consulta a un registro externo. Who asked which registry, when, why, what came.

    Append-only. `subject_hash` is the keyed hash of the document and `sealed` the answer, opened only with the
    person's key (PersonKey): while that is there it serves as the answer of its date. `reused` is the look-up
    whose answer was shown again instead of asking.
    """

    class Outcome(models.TextChoices):
        FOUND = "FOUND", "consta"
        NOT_FOUND = "NOT_FOUND", "no consta"
        NOT_ASKED = "NOT_ASKED", "no consultado"
        UNREACHABLE = "UNREACHABLE", "no respondió"
        GARBLED = "GARBLED", "respuesta ilegible"
        OTHER_PERSON = "OTHER_PERSON", "respondió por otra persona"

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    source = models.CharField("registro consultado", max_length=20)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField("consultado", auto_now_add=True)
    purpose = models.CharField("motivo", max_length=300, blank=True)
    procedure = models.ForeignKey(
        "cadastre.Procedure",
        verbose_name="trámite",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    subject_hash = models.CharField("huella del documento", max_length=64)
    outcome = models.CharField("resultado", max_length=12, choices=Outcome.choices)
    sealed = models.BinaryField("respuesta sellada", null=True)
    reused = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "consulta de una persona"
        verbose_name_plural = "consultas de personas"
        constraints = [
            models.CheckConstraint(
                name="party_look_up_has_a_reason",
                condition=models.Q(procedure__isnull=False) | ~models.Q(purpose=""),
            )
        ]
        indexes = [
            models.Index(
                fields=["municipality", "subject_hash", "source"], name="party_look_up_subject"
            )
        ]

    def __str__(self) -> str:
        return f"{self.source} [{self.pk}]"
