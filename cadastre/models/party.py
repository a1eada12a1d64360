import uuid

from django.contrib.postgres.indexes import GinIndex
from django.db import models

from gis_project.territory.models import Municipality


class Party(models.Model):
    """Party · LADM LA_Party, LA_GroupParty · es: titular. Only identity and class; no personal data."""

    class Kind(models.TextChoices):
        NATURAL = "NATURAL", "persona natural"
        LEGAL = "LEGAL", "persona jurídica"
        PUBLIC = "PUBLIC", "entidad pública"
        SPOUSES = "SPOUSES", "sociedad conyugal"
        HEIRS = "HEIRS", "herencia yacente"
        COMMUNE = "COMMUNE", "comuna"
        TRUST = "TRUST", "fideicomiso"
        UNKNOWN = "UNKNOWN", "por determinar"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="parties")
    kind = models.CharField("clase", max_length=10, choices=Kind.choices)

    class Meta:
        verbose_name = "titular"
        verbose_name_plural = "titulares"

    def __str__(self) -> str:
        return str(self.id)


class PartyIdentity(models.Model):
    """Personal data of a party, in this one table · es: datos personales del titular.

    `search_name` is upper-case without accents, words sorted as written; `identity_warnings` keeps what the
    check-digit rules said (a RUC's digit only warns).
    """

    class IdKind(models.TextChoices):
        CEDULA = "CEDULA", "cédula"
        RUC = "RUC", "RUC"
        PASSPORT = "PASSPORT", "pasaporte"
        NONE = "NONE", "sin documento"

    party = models.OneToOneField(
        Party, on_delete=models.PROTECT, primary_key=True, related_name="identity"
    )
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    full_name = models.CharField("nombres y apellidos o razón social", max_length=300)
    search_name = models.CharField("nombre para buscar", max_length=300)
    id_kind = models.CharField("clase de documento", max_length=10, choices=IdKind.choices)
    id_number = models.CharField("número de documento", max_length=20, blank=True)
    identity_warnings = models.JSONField("advertencias", default=list, blank=True)
    birth_date = models.DateField("fecha de nacimiento", null=True, blank=True)
    phone = models.CharField("teléfono", max_length=30, blank=True)
    email = models.EmailField("correo", blank=True)
    postal_address = models.CharField("domicilio", max_length=300, blank=True)

    class Meta:
        verbose_name = "datos personales"
        verbose_name_plural = "datos personales"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "id_kind", "id_number"],
                condition=~models.Q(id_number=""),
                name="party_identity_document_once",
            )
        ]
        indexes = [
            GinIndex(
                fields=["search_name"], opclasses=["gin_trgm_ops"], name="party_identity_name"
            ),
            models.Index(fields=["municipality", "id_number"], name="party_identity_document"),
        ]

    def __str__(self) -> str:
        return str(self.party_id)
