from django.db import models

from gis_project.territory.models.municipality import Municipality


class Organisation(models.Model):
    """Organisation · LADM LA_Party (institutional) · es: organización, junta, institución.

    Boards, canals and agreements belong to organisations, which may cross cantons; who sees them
    follows from memberships in the organisation.
    """

    class Kind(models.TextChoices):
        WATER_BOARD = "WATER_BOARD", "junta administradora de agua potable"
        IRRIGATION_BOARD = "IRRIGATION_BOARD", "junta de riego"
        PARISH_GOVERNMENT = "PARISH_GOVERNMENT", "GAD parroquial"
        PROVINCIAL_GOVERNMENT = "PROVINCIAL_GOVERNMENT", "GAD provincial"
        FIRE_BRIGADE = "FIRE_BRIGADE", "cuerpo de bomberos"
        PROPERTY_REGISTRY = "PROPERTY_REGISTRY", "registro de la propiedad"
        NOTARY = "NOTARY", "notaría"
        BANK = "BANK", "entidad recaudadora"
        AGENCY = "AGENCY", "entidad cooperante"
        OTHER = "OTHER", "otra"

    name = models.CharField("nombre", max_length=200)
    kind = models.CharField("clase", max_length=30, choices=Kind.choices)
    ruc = models.CharField("RUC", max_length=13, blank=True)
    municipalities = models.ManyToManyField(
        Municipality, related_name="organisations", verbose_name="municipios donde actúa"
    )

    class Meta:
        verbose_name = "organización"
        verbose_name_plural = "organizaciones"
        ordering = ["name"]

    def __str__(self) -> str:
        return f"{self.name} [{self.pk}]"
