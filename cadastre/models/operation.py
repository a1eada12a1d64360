import uuid

from django.db import models

from gis_project.territory.models import Job, Municipality, User


class AdministrativeSource(models.Model):
    """Administrative source · LADM LA_AdministrativeSource · es: documento habilitante, escritura, resolución."""

    class Kind(models.TextChoices):
        DEED = "DEED", "escritura"
        RESOLUTION = "RESOLUTION", "resolución"
        INSCRIPTION = "INSCRIPTION", "inscripción en el registro de la propiedad"
        COURT_ORDER = "COURT_ORDER", "orden judicial"
        OWNERS_ACT = "OWNERS_ACT", "acta o convenio de los propietarios"
        REQUEST = "REQUEST", "solicitud"
        TECHNICAL_REPORT = "TECHNICAL_REPORT", "informe técnico"
        PLANNING_REPORT = "PLANNING_REPORT", "informe de regulación (IPRUS)"
        BUILDING_PERMIT = "BUILDING_PERMIT", "permiso de construcción o demolición"
        CONDOMINIUM_STATEMENT = "CONDOMINIUM_STATEMENT", "declaratoria de propiedad horizontal"
        NO_DEBT_CERTIFICATE = "NO_DEBT_CERTIFICATE", "certificado de no adeudar al GAD"
        ENCUMBRANCE_CERTIFICATE = "ENCUMBRANCE_CERTIFICATE", "certificado de gravámenes"
        DEATH_CERTIFICATE = "DEATH_CERTIFICATE", "partida de defunción o posesión efectiva"
        SURVEY = "SURVEY", "levantamiento planimétrico"
        MIGRATION = "MIGRATION", "migración del sistema anterior"
        SAMPLE = "SAMPLE", "datos de muestra"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)
    kind = models.CharField("clase", max_length=24, choices=Kind.choices)
    number = models.CharField("número", max_length=100, blank=True)
    issued_on = models.DateField("fecha", null=True, blank=True)
    issuer = models.CharField(
        "quién lo otorga",
        max_length=200,
        blank=True,
        help_text="Notaría, juzgado, concejo, oficina.",
    )
    repertory = models.CharField("repertorio", max_length=40, blank=True)
    book = models.CharField("libro o tomo", max_length=60, blank=True)
    valid_until = models.DateField("válido hasta", null=True, blank=True)
    description = models.CharField("descripción", max_length=300, blank=True)
    file_sha256 = models.CharField("huella del archivo", max_length=64, blank=True)
    property_text = models.CharField(
        "predio del que trata",
        max_length=60,
        blank=True,
        help_text="Clave o número de predio, como lo dice el documento.",
    )
    typed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "documento habilitante"
        verbose_name_plural = "documentos habilitantes"
        indexes = [
            models.Index(
                fields=["municipality", "number"],
                name="source_inscription_number",
                condition=models.Q(kind="INSCRIPTION"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number} [{self.id}]"


class SourceConfirmation(models.Model):
    """Confirmation of a document · es: confirmación de la inscripción. Somebody saw it where it is kept."""

    source = models.OneToOneField(
        AdministrativeSource, on_delete=models.PROTECT, related_name="confirmation"
    )
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    note = models.CharField("observación", max_length=300, blank=True)
    recorded_at = models.DateTimeField("registrado", auto_now_add=True)

    class Meta:
        verbose_name = "confirmación de documento"
        verbose_name_plural = "confirmaciones de documentos"

    def __str__(self) -> str:
        return str(self.source_id)


class Operation(models.Model):
    """Operation · es: acto catastral. One act, one transaction: what closed old versions and opened new ones."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)
    verb = models.CharField("acto", max_length=40)
    cause = models.CharField("causa", max_length=24, blank=True)
    source = models.ForeignKey(
        AdministrativeSource, on_delete=models.PROTECT, null=True, blank=True
    )
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True)
    valid_from = models.DateField("vigente desde")
    recorded_at = models.DateTimeField("registrado")
    reason = models.TextField("motivo")

    class Meta:
        verbose_name = "acto catastral"
        verbose_name_plural = "actos catastrales"
        ordering = ["recorded_at"]

    def __str__(self) -> str:
        return f"{self.verb} [{self.id}]"


class OperationSource(models.Model):
    """One of the documents an operation rests on · LADM LA_AdministrativeSource · es: documento del acto."""

    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="sources")
    source = models.ForeignKey(
        AdministrativeSource, on_delete=models.PROTECT, related_name="operations"
    )

    class Meta:
        verbose_name = "documento del acto"
        verbose_name_plural = "documentos del acto"
        constraints = [
            models.UniqueConstraint(fields=["operation", "source"], name="operation_source_once")
        ]

    def __str__(self) -> str:
        return f"{self.operation_id} ← {self.source_id}"


class ImportBatch(models.Model):
    """Import batch · es: carga. What a file brought: read = admitted + observed + rejected."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)
    operation = models.OneToOneField(Operation, on_delete=models.PROTECT, null=True, blank=True)
    job = models.ForeignKey(Job, on_delete=models.PROTECT, null=True, blank=True)
    subject = models.CharField("materia", max_length=20)
    file_name = models.CharField("archivo", max_length=255)
    file_sha256 = models.CharField("huella del archivo", max_length=64)
    read = models.PositiveIntegerField("leídos")
    admitted = models.PositiveIntegerField("admitidos")
    observed = models.PositiveIntegerField("observados")
    rejected = models.PositiveIntegerField("rechazados")
    unchanged = models.PositiveIntegerField("sin cambio", default=0)
    report = models.JSONField("informe", default=dict)
    recorded_at = models.DateTimeField("registrado", auto_now_add=True)

    class Meta:
        verbose_name = "carga"
        verbose_name_plural = "cargas"
        constraints = [
            models.CheckConstraint(
                name="import_batch_sums",
                condition=models.Q(
                    read=models.F("admitted") + models.F("observed") + models.F("rejected")
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.file_name} [{self.id}]"


class Lineage(models.Model):
    """Lineage · es: filiación. One parcel became another by an operation."""

    parent = models.ForeignKey(
        "cadastre.Parcel", on_delete=models.PROTECT, related_name="children_edges"
    )
    child = models.ForeignKey(
        "cadastre.Parcel", on_delete=models.PROTECT, related_name="parent_edges"
    )
    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="lineage")

    class Meta:
        verbose_name = "filiación"
        verbose_name_plural = "filiaciones"
        constraints = [
            models.UniqueConstraint(fields=["parent", "child"], name="lineage_edge_once"),
            models.CheckConstraint(
                name="lineage_not_itself", condition=~models.Q(parent=models.F("child"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.parent_id} → {self.child_id}"
