import uuid

from django.db import models

from cadastre.models.operation import AdministrativeSource
from cadastre.models.party import Party
from cadastre.models.property_unit import PropertyUnit
from cadastre.models.proposal import Proposal
from gis_project.territory.models import Municipality, User


class Procedure(models.Model):
    """Procedure · es: trámite. Numbered without gaps by municipality and year; `code` lets the citizen follow it.

    `kind` and `state` are codes of the table in cadastre/procedures/types. `due_on` ends the term of the
    state, `promised_on` the office's whole term; both None while nobody counts.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="procedures"
    )
    kind = models.CharField("clase de trámite", max_length=40)
    year = models.PositiveSmallIntegerField("año")
    serial = models.PositiveIntegerField("número en el año")
    code = models.CharField("código de seguimiento", max_length=12, unique=True)
    state = models.CharField("estado", max_length=40)
    state_since = models.DateField("en este estado desde")
    received_at = models.DateTimeField("recibido")
    received_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    due_on = models.DateField("vence", null=True, blank=True)
    promised_on = models.DateField("plazo de la oficina")
    closed_at = models.DateTimeField("cerrado", null=True, blank=True)
    proposal = models.OneToOneField(
        Proposal, on_delete=models.PROTECT, null=True, blank=True, related_name="procedure"
    )

    class Meta:
        verbose_name = "trámite"
        verbose_name_plural = "trámites"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "year", "serial"], name="procedure_number_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["municipality", "due_on"],
                name="procedure_tray",
                condition=models.Q(closed_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} [{self.pk}]"

    @property
    def number(self) -> str:
        """``2026-000123``."""
        return f"{self.year}-{self.serial:06}"


class ProcedureUnit(models.Model):
    """A predio that a procedure is about · es: predio del trámite."""

    procedure = models.ForeignKey(
        Procedure, verbose_name="trámite", on_delete=models.PROTECT, related_name="units"
    )
    unit = models.ForeignKey(PropertyUnit, on_delete=models.PROTECT, related_name="procedures")

    class Meta:
        verbose_name = "predio del trámite"
        verbose_name_plural = "predios del trámite"
        constraints = [
            models.UniqueConstraint(fields=["procedure", "unit"], name="procedure_unit_once")
        ]

    def __str__(self) -> str:
        return f"{self.procedure_id} {self.unit_id}"


class ProcedureApplicant(models.Model):
    """Who asks · es: solicitante. A party of the register, or a person typed at the counter."""

    procedure = models.OneToOneField(
        Procedure, verbose_name="trámite", on_delete=models.PROTECT, related_name="applicant"
    )
    party = models.ForeignKey(
        Party, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    full_name = models.CharField("nombres y apellidos", max_length=200, blank=True)
    id_number = models.CharField("cédula, RUC o pasaporte", max_length=20, blank=True)
    email = models.EmailField("correo", blank=True)
    phone = models.CharField("teléfono", max_length=20, blank=True)

    class Meta:
        verbose_name = "solicitante"
        verbose_name_plural = "solicitantes"
        constraints = [
            models.CheckConstraint(
                name="procedure_applicant_is_somebody",
                condition=models.Q(party__isnull=False) | ~models.Q(full_name=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.procedure_id} [{self.pk}]"


class ProcedureEvent(models.Model):
    """Event of a procedure · es: paso del trámite. Append-only; `step` is of the table, or `receive`,
    `hold`, `tick`, `notify`, `comment`.
    """

    procedure = models.ForeignKey(
        Procedure, verbose_name="trámite", on_delete=models.PROTECT, related_name="events"
    )
    step = models.CharField("paso", max_length=40)
    origin = models.CharField("desde el estado", max_length=40, blank=True)
    state = models.CharField("estado", max_length=40)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    note = models.TextField("observación", blank=True)
    recorded_at = models.DateTimeField("registrado", auto_now_add=True)

    class Meta:
        verbose_name = "paso del trámite"
        verbose_name_plural = "pasos del trámite"
        ordering = ["procedure", "id"]

    def __str__(self) -> str:
        return f"{self.procedure_id} {self.step}"


class ProcedureRequirement(models.Model):
    """A requirement that was met · es: requisito cumplido. Append-only: of several rows the last one counts."""

    class How(models.TextChoices):
        SOURCE = "SOURCE", "con el documento presentado"
        HOLDS = "HOLDS", "la oficina ya lo tiene"
        OPEN_DEBTS = "OPEN_DEBTS", "no hay deudas"
        MANUAL = "MANUAL", "verificado por un funcionario"
        UNDONE = "UNDONE", "se dejó sin efecto"

    procedure = models.ForeignKey(
        Procedure, verbose_name="trámite", on_delete=models.PROTECT, related_name="requirements"
    )
    requirement = models.CharField("requisito", max_length=40)
    how = models.CharField("cómo", max_length=10, choices=How.choices)
    source = models.ForeignKey(
        AdministrativeSource, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField("nota", max_length=300, blank=True)
    recorded_at = models.DateTimeField("registrado", auto_now_add=True)

    class Meta:
        verbose_name = "requisito cumplido"
        verbose_name_plural = "requisitos cumplidos"
        constraints = [
            models.CheckConstraint(
                name="procedure_requirement_source",
                condition=models.Q(how="SOURCE", source__isnull=False)
                | (~models.Q(how="SOURCE") & models.Q(source__isnull=True)),
            )
        ]
        ordering = ["procedure", "id"]

    def __str__(self) -> str:
        return f"{self.procedure_id} {self.requirement}"


class ProcedureAmount(models.Model):
    """An amount that a step recorded, with its receipt · es: valor liquidado. USD."""

    procedure = models.ForeignKey(
        Procedure, verbose_name="trámite", on_delete=models.PROTECT, related_name="amounts"
    )
    concept = models.CharField("concepto", max_length=40)
    amount = models.DecimalField("valor (USD)", max_digits=14, decimal_places=2)
    receipt = models.CharField("comprobante", max_length=60, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField("registrado", auto_now_add=True)

    class Meta:
        verbose_name = "valor liquidado"
        verbose_name_plural = "valores liquidados"
        constraints = [
            models.CheckConstraint(
                name="procedure_amount_paid_has_receipt",
                condition=models.Q(amount=0) | (models.Q(amount__gt=0) & ~models.Q(receipt="")),
            )
        ]
        ordering = ["procedure", "id"]

    def __str__(self) -> str:
        return f"{self.procedure_id} {self.concept}"


class ProcedureNotice(models.Model):
    """Notice to the applicant · es: notificación. By e-mail, or printed with its *razón de notificación*."""

    class How(models.TextChoices):
        EMAIL = "EMAIL", "por correo electrónico"
        PRINTED = "PRINTED", "en persona, impresa"

    procedure = models.ForeignKey(
        Procedure, verbose_name="trámite", on_delete=models.PROTECT, related_name="notices"
    )
    how = models.CharField("cómo", max_length=8, choices=How.choices)
    text = models.TextField("texto")
    certification = models.TextField("razón de notificación")
    email = models.EmailField("correo", blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    notified_at = models.DateTimeField("notificado")

    class Meta:
        verbose_name = "notificación"
        verbose_name_plural = "notificaciones"
        ordering = ["procedure", "id"]

    def __str__(self) -> str:
        return f"{self.procedure_id} {self.how}"
