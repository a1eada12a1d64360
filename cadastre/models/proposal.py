import uuid

from django.contrib.gis.db import models

from cadastre.models.operation import AdministrativeSource, Operation
from cadastre.models.property_unit import PropertyUnit
from gis_project.territory.models import Municipality, User


class Proposal(models.Model):
    """Proposal · es: propuesta de cambio (borrador). A branch of the register: nothing changes until it is effective.

    `inputs` are the act's arguments as the API takes them, `preview` what its dry run returned: people, rights
    and money, behind the wall. The land it touches is its `place`.
    """

    class State(models.TextChoices):
        DRAFT = "DRAFT", "borrador"
        SUBMITTED = "SUBMITTED", "presentada"
        RETURNED = "RETURNED", "devuelta con observaciones"
        APPROVED = "APPROVED", "aprobada, espera los documentos"
        EFFECTIVE = "EFFECTIVE", "vigente en el catastro"
        WITHDRAWN = "WITHDRAWN", "retirada"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="proposals"
    )
    verb = models.CharField("acto", max_length=40)
    cause = models.CharField("causa", max_length=24, blank=True)
    inputs = models.JSONField("datos del acto")
    preview = models.JSONField("antes y después", default=dict)
    state = models.CharField("estado", max_length=10, choices=State.choices, default=State.DRAFT)
    reason = models.TextField("motivo")
    prepared_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    prepared_at = models.DateTimeField("preparada", auto_now_add=True)
    approved_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField("aprobada", null=True, blank=True)
    operation = models.OneToOneField(
        Operation, on_delete=models.PROTECT, null=True, blank=True, related_name="proposal"
    )

    class Meta:
        verbose_name = "propuesta de cambio"
        verbose_name_plural = "propuestas de cambio"
        constraints = [
            models.CheckConstraint(
                name="proposal_effective_by_an_operation",
                condition=models.Q(state="EFFECTIVE", operation__isnull=False)
                | (~models.Q(state="EFFECTIVE") & models.Q(operation__isnull=True)),
            ),
            models.CheckConstraint(
                name="proposal_approved_by_somebody_else",
                condition=models.Q(approved_by__isnull=True)
                | models.Q(prepared_by__isnull=True)
                | ~models.Q(approved_by=models.F("prepared_by")),
            ),
        ]
        indexes = [
            models.Index(fields=["municipality", "state"], name="proposal_tray"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} [{self.id}]"


class ProposalGround(models.Model):
    """Ground of a proposal · es: terreno de la propuesta. EPSG:32717; nothing else, so that no wall slows it.

    Two open proposals on the same ground conflict visibly. A proposal that touches no ground has no row.
    """

    proposal = models.OneToOneField(
        Proposal, on_delete=models.PROTECT, primary_key=True, related_name="place"
    )
    ground = models.MultiPolygonField("terreno que toca", srid=32717)

    class Meta:
        verbose_name = "terreno de la propuesta"
        verbose_name_plural = "terrenos de las propuestas"

    def __str__(self) -> str:
        return str(self.proposal_id)


class ProposalUnit(models.Model):
    """A predio that a proposal would change, and the revision it was prepared upon."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="units")
    unit = models.ForeignKey(PropertyUnit, on_delete=models.PROTECT, related_name="proposals")
    revision = models.PositiveIntegerField("revisión")

    class Meta:
        verbose_name = "predio de la propuesta"
        verbose_name_plural = "predios de la propuesta"
        constraints = [
            models.UniqueConstraint(fields=["proposal", "unit"], name="proposal_unit_once")
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.unit_id}"


class ProposalSource(models.Model):
    """A document brought for a proposal · es: documento de la propuesta."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="sources")
    source = models.ForeignKey(AdministrativeSource, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "documento de la propuesta"
        verbose_name_plural = "documentos de la propuesta"
        constraints = [
            models.UniqueConstraint(fields=["proposal", "source"], name="proposal_source_once")
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} ← {self.source_id}"


class ProposalEvent(models.Model):
    """Step in the life of a proposal · es: paso de la propuesta. Append-only."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="events")
    state = models.CharField("estado", max_length=10, choices=Proposal.State.choices)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    note = models.TextField("observación", blank=True)
    recorded_at = models.DateTimeField("registrado", auto_now_add=True)

    class Meta:
        verbose_name = "paso de la propuesta"
        verbose_name_plural = "pasos de la propuesta"
        ordering = ["proposal", "id"]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.state}"
