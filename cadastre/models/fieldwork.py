import uuid

from django.db import models

from cadastre.models.parcel import ParcelVersion
from cadastre.models.property_unit import PropertyUnit
from cadastre.models.proposal import Proposal
from gis_project.territory.models import Municipality, StoredFile, User


class FieldPackage(models.Model):
    """Field package · es: paquete de campo. Issued to one person for an area, a purpose and a time; append-only.

    Numbered without gaps by municipality and year. `file` is the zip as it was handed out: what comes back is
    compared with it. `area` says how the predios were chosen.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="field_packages"
    )
    year = models.PositiveSmallIntegerField("año")
    serial = models.PositiveIntegerField("número en el año")
    carrier = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="field_packages", verbose_name="quién lo lleva"
    )
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    purpose = models.CharField("para qué", max_length=300)
    area = models.JSONField("zona")
    srid = models.PositiveIntegerField("CRS del paquete")
    with_holders = models.BooleanField("con nombres de titulares", default=False)
    predios = models.PositiveIntegerField("predios")
    issued_at = models.DateTimeField("entregado el")
    issued_on = models.DateField("fecha")
    expires_on = models.DateField("vence")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "paquete de campo"
        verbose_name_plural = "paquetes de campo"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "year", "serial"], name="field_package_number_once"
            ),
            models.CheckConstraint(
                name="field_package_expires_later",
                condition=models.Q(expires_on__gte=models.F("issued_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} [{self.pk}]"

    @property
    def number(self) -> str:
        """``2026-000012``."""
        return f"{self.year}-{self.serial:06}"


class FieldPackageUnit(models.Model):
    """A predio of a package, and the version it was cut from · es: predio del paquete."""

    package = models.ForeignKey(FieldPackage, on_delete=models.PROTECT, related_name="units")
    unit = models.ForeignKey(PropertyUnit, on_delete=models.PROTECT, related_name="field_packages")
    revision = models.PositiveIntegerField("revisión")
    version = models.ForeignKey(
        ParcelVersion, on_delete=models.PROTECT, null=True, related_name="+"
    )
    geom_hash = models.CharField("huella de la geometría", max_length=64, blank=True)

    class Meta:
        verbose_name = "predio del paquete"
        verbose_name_plural = "predios del paquete"
        constraints = [
            models.UniqueConstraint(fields=["package", "unit"], name="field_package_unit_once")
        ]

    def __str__(self) -> str:
        return f"{self.package_id} {self.unit_id}"


class FieldPackageClosing(models.Model):
    """The end of a package · es: cierre del paquete. Until then somebody has it out in the field."""

    class How(models.TextChoices):
        RETURNED = "RETURNED", "devuelto"
        UNUSED = "UNUSED", "devuelto sin usar"
        LOST = "LOST", "perdido"

    package = models.OneToOneField(FieldPackage, on_delete=models.PROTECT, related_name="closing")
    how = models.CharField("cómo", max_length=8, choices=How.choices)
    note = models.CharField("observación", max_length=300, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField("cerrado", auto_now_add=True)

    class Meta:
        verbose_name = "cierre del paquete"
        verbose_name_plural = "cierres de paquetes"

    def __str__(self) -> str:
        return f"{self.package_id} {self.how}"


class FieldReturn(models.Model):
    """What came back of a package · es: retorno. The file as it was received; the same file is one return."""

    class Kind(models.TextChoices):
        GPKG = "GPKG", "GeoPackage"
        DELTA = "DELTA", "archivo de cambios de QField"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    package = models.ForeignKey(FieldPackage, on_delete=models.PROTECT, related_name="returns")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("nombre del archivo", max_length=255)
    kind = models.CharField("clase", max_length=5, choices=Kind.choices)
    survey = models.JSONField("cómo se midió", default=dict)
    report = models.JSONField("informe", default=dict)
    received_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    received_at = models.DateTimeField("recibido", auto_now_add=True)

    class Meta:
        verbose_name = "retorno de campo"
        verbose_name_plural = "retornos de campo"
        ordering = ["received_at"]
        constraints = [
            models.UniqueConstraint(fields=["package", "file"], name="field_return_once")
        ]

    def __str__(self) -> str:
        return f"{self.package_id} {self.name}"


class FieldDelta(models.Model):
    """One change made in the field · es: cambio de campo. Kept for ever, whatever became of it; append-only.

    `columns` tells each value three ways: held by the package, brought from the field, in the register when it
    came. `ground` likewise, as WKT in the package's CRS. `fingerprint` is the same for the same change, which
    may come again after another one of the same row.
    """

    class Subject(models.TextChoices):
        DATA = "DATA", "datos del predio"
        GROUND = "GROUND", "terreno"
        BUILDING = "BUILDING", "edificación"
        POINT = "POINT", "punto de lindero"
        ROW = "ROW", "fila suelta"

    class Outcome(models.TextChoices):
        PROPOSED = "PROPOSED", "propuesto"
        CONFLICT = "CONFLICT", "en conflicto con el catastro"
        REJECTED = "REJECTED", "no se pudo proponer"
        KNOWN = "KNOWN", "el catastro ya lo dice"
        KEPT = "KEPT", "guardado como constancia"

    package = models.ForeignKey(FieldPackage, on_delete=models.PROTECT, related_name="deltas")
    arrival = models.ForeignKey(FieldReturn, on_delete=models.PROTECT, related_name="deltas")
    fingerprint = models.CharField("huella del cambio", max_length=64)
    layer = models.CharField("capa", max_length=40)
    uuid = models.CharField("identificador en el paquete", max_length=80)
    method = models.CharField("qué se hizo", max_length=6)
    subject = models.CharField("materia", max_length=8, choices=Subject.choices)
    unit = models.ForeignKey(PropertyUnit, on_delete=models.PROTECT, null=True, related_name="+")
    columns = models.JSONField("datos", default=list)
    ground = models.JSONField("terreno", default=dict)
    outcome = models.CharField("resultado", max_length=8, choices=Outcome.choices)
    code = models.CharField("código del motivo", max_length=60, blank=True)
    message = models.TextField("motivo", blank=True)
    proposal = models.ForeignKey(
        Proposal, on_delete=models.PROTECT, null=True, related_name="field_deltas"
    )

    class Meta:
        verbose_name = "cambio de campo"
        verbose_name_plural = "cambios de campo"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["arrival", "fingerprint", "subject"], name="field_delta_once_a_return"
            ),
            models.CheckConstraint(
                name="field_delta_proposed_by_a_proposal",
                condition=models.Q(outcome="PROPOSED", proposal__isnull=False)
                | (~models.Q(outcome="PROPOSED") & models.Q(proposal__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.package_id} {self.layer} {self.uuid}"


class FieldPicture(models.Model):
    """A photograph that came back · es: fotografía de campo. Kept once, by the hash of its content."""

    arrival = models.ForeignKey(FieldReturn, on_delete=models.PROTECT, related_name="pictures")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("nombre", max_length=255)

    class Meta:
        verbose_name = "fotografía de campo"
        verbose_name_plural = "fotografías de campo"
        constraints = [
            models.UniqueConstraint(fields=["arrival", "name"], name="field_picture_once")
        ]

    def __str__(self) -> str:
        return f"{self.arrival_id} {self.file_id}"


class FieldDecision(models.Model):
    """What a person decided on a conflict · es: decisión. `taken` are the columns that follow the field, if any."""

    delta = models.OneToOneField(FieldDelta, on_delete=models.PROTECT, related_name="decision")
    taken = models.JSONField("datos que siguen al campo", default=list)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, null=True, related_name="+")
    note = models.CharField("observación", max_length=300, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField("decidido", auto_now_add=True)

    class Meta:
        verbose_name = "decisión sobre un cambio de campo"
        verbose_name_plural = "decisiones sobre cambios de campo"

    def __str__(self) -> str:
        return f"{self.delta_id} [{self.pk}]"
