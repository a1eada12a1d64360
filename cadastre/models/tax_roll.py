import uuid

from django.db import models

from cadastre.models.operation import Operation
from cadastre.models.party import Party
from cadastre.models.property_unit import PropertyUnit
from gis_project.territory.models import Municipality, Ordinance


class TaxRoll(models.Model):
    """Tax roll of a year and kind · es: emisión. One transaction made it; its totals and three hashes defend it."""

    class Kind(models.TextChoices):
        URBAN = "URBAN", "urbana"
        RURAL = "RURAL", "rural"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="tax_rolls"
    )
    year = models.PositiveSmallIntegerField("año")
    kind = models.CharField("clase", max_length=5, choices=Kind.choices)
    supplement = models.PositiveSmallIntegerField(
        "emisión complementaria",
        default=0,
        help_text="0 es la del año; las siguientes recogen lo que entonces no se pudo emitir.",
    )
    ordinance = models.ForeignKey(Ordinance, on_delete=models.PROTECT)
    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="+")
    register_hash = models.CharField("huella del registro", max_length=64)
    ordinance_hash = models.CharField("huella de la ordenanza", max_length=64)
    law_hash = models.CharField("huella de la ley", max_length=64)
    titles_count = models.PositiveIntegerField("títulos")
    exceptions_count = models.PositiveIntegerField("excepciones")
    total = models.DecimalField("monto total", max_digits=16, decimal_places=2)
    control_totals = models.JSONField("totales de control")
    needs_approval = models.BooleanField(
        "pide aprobación",
        default=False,
        db_default=False,
        help_text="Sus títulos cuentan cuando Tesorería la recibió; las anteriores a esta regla, desde que existen.",
    )
    recorded_at = models.DateTimeField("registrado", auto_now_add=True)

    class Meta:
        verbose_name = "emisión"
        verbose_name_plural = "emisiones"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "year", "kind", "supplement"], name="tax_roll_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.municipality_id} {self.year} {self.kind}"


class TaxTitle(models.Model):
    """Tax title (bill) · es: título de crédito. One per predio and its taxpayer group; append-only.

    `explanation` holds the lines anyone may see of a single property; `portfolio` what concerns the
    owner's other predios and so stays with owner and officials.
    """

    class State(models.TextChoices):
        ISSUED = "ISSUED", "emitido"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    roll = models.ForeignKey(TaxRoll, on_delete=models.PROTECT, related_name="titles")
    unit = models.ForeignKey(PropertyUnit, on_delete=models.PROTECT, related_name="tax_titles")
    taxpayer = models.ForeignKey(
        Party, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    number = models.CharField("número de título", max_length=30)
    key_text = models.CharField("clave", max_length=60)
    property_number = models.CharField("número de predio", max_length=30, blank=True)
    parish_code = models.CharField("parroquia", max_length=6, blank=True)
    zone_code = models.CharField("zona", max_length=40, blank=True)
    base = models.DecimalField("base imponible", max_digits=14, decimal_places=2)
    property_tax = models.DecimalField("impuesto predial", max_digits=14, decimal_places=2)
    fire_levy = models.DecimalField("bomberos", max_digits=14, decimal_places=2)
    others = models.DecimalField("otros", max_digits=14, decimal_places=2)
    total = models.DecimalField("monto total", max_digits=14, decimal_places=2)
    state = models.CharField("estado", max_length=10, choices=State.choices, default=State.ISSUED)
    explanation = models.JSONField("explicación")
    portfolio = models.JSONField("cartera del titular", default=dict)

    class Meta:
        verbose_name = "título de crédito"
        verbose_name_plural = "títulos de crédito"
        constraints = [
            models.UniqueConstraint(fields=["roll", "unit"], name="tax_title_once"),
            models.UniqueConstraint(
                fields=["municipality", "number"], name="tax_title_number_once"
            ),
            models.CheckConstraint(
                name="tax_title_adds_up",
                condition=models.Q(
                    total=models.F("property_tax") + models.F("fire_levy") + models.F("others")
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class TitleLine(models.Model):
    """Line of a tax title · es: rubro del título."""

    title = models.ForeignKey(TaxTitle, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField("orden")
    concept = models.CharField("rubro", max_length=40)
    base = models.DecimalField("base de cálculo", max_digits=14, decimal_places=2)
    rate_per_mille = models.DecimalField(
        "tarifa (‰)", max_digits=9, decimal_places=6, null=True, blank=True
    )
    amount = models.DecimalField("monto", max_digits=14, decimal_places=2)
    account = models.CharField("cuenta", max_length=40, blank=True)

    class Meta:
        verbose_name = "rubro"
        verbose_name_plural = "rubros"
        ordering = ["title", "position"]
        constraints = [
            models.UniqueConstraint(fields=["title", "position"], name="title_line_position_once")
        ]

    def __str__(self) -> str:
        return f"{self.title_id} {self.concept}"


class RollException(models.Model):
    """A predio that could not be billed, and why · es: excepción de la emisión (lista de trabajo)."""

    roll = models.ForeignKey(TaxRoll, on_delete=models.PROTECT, related_name="exceptions")
    unit = models.ForeignKey(PropertyUnit, on_delete=models.PROTECT, related_name="+")
    code = models.CharField("código", max_length=40)
    reason = models.CharField("qué falta", max_length=500)

    class Meta:
        verbose_name = "excepción de la emisión"
        verbose_name_plural = "excepciones de la emisión"
        constraints = [models.UniqueConstraint(fields=["roll", "unit"], name="roll_exception_once")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.code}"
