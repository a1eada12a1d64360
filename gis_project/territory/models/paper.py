import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models

from gis_project.territory.models.municipality import Municipality
from gis_project.territory.models.stored_file import StoredFile
from gis_project.territory.models.user import User


class PaperKind(models.TextChoices):
    APPRAISAL = "APPRAISAL", "certificado de avalúos y catastro"
    HOLDINGS = "HOLDINGS", "certificado de poseer o no poseer bienes inmuebles"
    NO_DEBT = "NO_DEBT", "certificado de no adeudar"
    PLANNING_REPORT = "PLANNING_REPORT", "informe predial de regulación y uso del suelo (IPRUS)"
    BOUNDARIES = "BOUNDARIES", "descripción de linderos"
    PLAN = "PLAN", "plano del predio"


class PaperFee(models.Model):
    """Fee of a paper · es: tasa de un documento. A dated row of an ordinance; zero is a row too."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("clase de documento", max_length=20, choices=PaperKind.choices)
    amount = models.DecimalField("tasa (USD)", max_digits=8, decimal_places=2)
    validity_days = models.PositiveSmallIntegerField("días de validez")
    article = models.CharField("artículo", max_length=200)
    valid = DateRangeField("vigencia")
    is_sample = models.BooleanField("de muestra", default=False)

    class Meta:
        verbose_name = "tasa de documento"
        verbose_name_plural = "tasas de documentos"
        constraints = [
            models.CheckConstraint(
                name="paper_fee_not_negative",
                condition=models.Q(amount__gte=0, validity_days__gt=0),
            ),
            ExclusionConstraint(
                name="paper_fee_one_a_day",
                expressions=[
                    ("municipality", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount} [{self.pk}]"


class PaperSigningRule(models.Model):
    """Who signs a paper · es: regla de firma. Dated: the roles whose officials sign, all of them.

    `allows_batch_key` says that the article lets the municipality's sealed key sign in their place.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("clase de documento", max_length=20, choices=PaperKind.choices)
    roles = ArrayField(models.CharField(max_length=50), verbose_name="roles que firman")
    allows_batch_key = models.BooleanField("admite la llave institucional", default=False)
    article = models.CharField("artículo", max_length=200)
    valid = DateRangeField("vigencia")
    is_sample = models.BooleanField("de muestra", default=False)

    class Meta:
        verbose_name = "regla de firma"
        verbose_name_plural = "reglas de firma"
        constraints = [
            models.CheckConstraint(
                name="paper_signed_by_somebody", condition=models.Q(roles__len__gt=0)
            ),
            ExclusionConstraint(
                name="paper_signing_rule_one_a_day",
                expressions=[
                    ("municipality", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.roles} [{self.pk}]"


class Paper(models.Model):
    """Paper · es: documento emitido. Numbered without gaps by municipality, kind and year; append-only.

    `facts` are what /verify tells and checks again, never a name or a cédula. `body` is the unsigned
    PDF, the same bytes for the same data. `subject_id` is the predio's or party's uuid, or the keyed hash
    of the cédula of a person who stands in no register (`subject_type` PERSON).
    """

    class Subject(models.TextChoices):
        UNIT = "UNIT", "predio"
        PARTY = "PARTY", "titular"
        PERSON = "PERSON", "persona sin bienes registrados"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField("clase de documento", max_length=20, choices=PaperKind.choices)
    year = models.PositiveSmallIntegerField("año")
    serial = models.PositiveIntegerField("número en el año")
    code = models.CharField("código de verificación", max_length=12, unique=True)
    subject_type = models.CharField("clase de sujeto", max_length=6, choices=Subject.choices)
    subject_id = models.CharField("sujeto", max_length=64)
    is_official_copy = models.BooleanField("copia de la oficina, con nombres", default=False)
    facts = models.JSONField("hechos que se verifican")
    body = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    office = models.CharField("dependencia", max_length=200)
    roles = ArrayField(models.CharField(max_length=50), verbose_name="roles que firman")
    issued_at = models.DateTimeField("emitido el")
    issued_on = models.DateField("fecha")
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    valid_until = models.DateField("válido hasta")
    fee = models.ForeignKey(PaperFee, on_delete=models.PROTECT, related_name="+")
    receipt = models.CharField("comprobante de pago", max_length=60, blank=True)
    amount_paid = models.DecimalField("pagado (USD)", max_digits=8, decimal_places=2)
    receipt_total = models.DecimalField(
        "total del comprobante (USD)", max_digits=10, decimal_places=2, null=True, blank=True
    )

    class Meta:
        verbose_name = "documento emitido"
        verbose_name_plural = "documentos emitidos"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "kind", "year", "serial"], name="paper_number_once"
            ),
            models.CheckConstraint(
                name="paper_paid_has_receipt",
                condition=models.Q(amount_paid=0) | ~models.Q(receipt=""),
            ),
        ]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="paper_subject")]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}-{self.serial}"


class PaperSignature(models.Model):
    """Signature of a paper · es: firma de un documento. `file` is the PDF with this and earlier signatures."""

    class Method(models.TextChoices):
        TEST_KEY = "TEST_KEY", "firma de prueba"
        UPLOAD = "UPLOAD", "firma electrónica del funcionario"
        BATCH_KEY = "BATCH_KEY", "llave institucional"

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="signatures")
    role = models.CharField("rol con que firma", max_length=50)
    signer = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    method = models.CharField("manera", max_length=10, choices=Method.choices)
    signed_at = models.DateTimeField("firmado el")
    certificate_subject = models.CharField("titular del certificado", max_length=500)
    certificate_sha256 = models.CharField("huella del certificado", max_length=64)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("registrado", auto_now_add=True)

    class Meta:
        verbose_name = "firma"
        verbose_name_plural = "firmas"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "role"], name="paper_signature_once_a_role")
        ]

    def __str__(self) -> str:
        return f"{self.paper_id} {self.role}"


class PaperVoiding(models.Model):
    """Voiding of a paper · es: anulación. The paper and its number stay; /verify says it is void."""

    paper = models.OneToOneField(Paper, on_delete=models.PROTECT, related_name="voiding")
    reason = models.CharField("motivo", max_length=300)
    voided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    voided_at = models.DateTimeField("anulado el", auto_now_add=True)

    class Meta:
        verbose_name = "anulación"
        verbose_name_plural = "anulaciones"

    def __str__(self) -> str:
        return str(self.paper_id)
