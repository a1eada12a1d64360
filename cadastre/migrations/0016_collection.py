"""The treasury's ledger, cash desks, payments, the former system's titles and the published interest rates."""

import uuid
from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ("cadastre", "0015_emission_steps_and_standing"),
        ("territory", "0007_receipt_total"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ArrearsTitle",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.CharField(max_length=40, verbose_name="número de título")),
                ("year", models.PositiveSmallIntegerField(verbose_name="año")),
                ("kind", models.CharField(max_length=5, verbose_name="clase")),
                (
                    "key_text",
                    models.CharField(blank=True, max_length=60, verbose_name="clave como vino"),
                ),
                (
                    "property_number",
                    models.CharField(blank=True, max_length=30, verbose_name="número de predio"),
                ),
                (
                    "debtor_document",
                    models.CharField(
                        blank=True, max_length=20, verbose_name="documento del deudor"
                    ),
                ),
                (
                    "debtor_name",
                    models.CharField(blank=True, max_length=300, verbose_name="deudor"),
                ),
                ("issued_on", models.DateField(blank=True, null=True, verbose_name="emitido el")),
                (
                    "notified_on",
                    models.DateField(blank=True, null=True, verbose_name="notificado el"),
                ),
                (
                    "worked_through",
                    models.DateField(blank=True, null=True, verbose_name="interés calculado hasta"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("ISSUED", "emitido"),
                            ("PAID", "pagado"),
                            ("AGREEMENT", "en convenio"),
                            ("ENFORCEMENT", "en coactiva"),
                            ("WITHDRAWN", "dado de baja"),
                        ],
                        max_length=12,
                        verbose_name="estado",
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cadastre.importbatch",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.municipality",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="arrears",
                        to="cadastre.propertyunit",
                    ),
                ),
            ],
            options={
                "verbose_name": "título de la cartera anterior",
                "verbose_name_plural": "títulos de la cartera anterior",
            },
        ),
        migrations.CreateModel(
            name="ArrearsLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("concept", models.CharField(max_length=60, verbose_name="rubro como vino")),
                ("part", models.CharField(max_length=10, verbose_name="parte de la deuda")),
                (
                    "issued",
                    models.DecimalField(decimal_places=2, max_digits=14, verbose_name="emitido"),
                ),
                (
                    "paid",
                    models.DecimalField(decimal_places=2, max_digits=14, verbose_name="pagado"),
                ),
                (
                    "title",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="cadastre.arrearstitle",
                    ),
                ),
            ],
            options={
                "verbose_name": "rubro de la cartera anterior",
                "verbose_name_plural": "rubros de la cartera anterior",
            },
        ),
        migrations.CreateModel(
            name="CashDesk",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("code", models.CharField(max_length=6, verbose_name="código")),
                ("name", models.CharField(max_length=100, verbose_name="nombre")),
                (
                    "kind",
                    models.CharField(
                        choices=[("WINDOW", "ventanilla"), ("BANK", "entidad recaudadora")],
                        default="WINDOW",
                        max_length=6,
                        verbose_name="clase",
                    ),
                ),
                ("opened_at", models.DateTimeField(auto_now_add=True, verbose_name="creada")),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.municipality",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "caja",
                "verbose_name_plural": "cajas",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="CashSession",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("day", models.DateField(verbose_name="día")),
                ("shift", models.PositiveSmallIntegerField(verbose_name="turno")),
                (
                    "opening_float",
                    models.DecimalField(
                        decimal_places=2, max_digits=14, verbose_name="fondo de cambio"
                    ),
                ),
                ("opened_at", models.DateTimeField(auto_now_add=True, verbose_name="abierto")),
                (
                    "cashier",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "desk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sessions",
                        to="cadastre.cashdesk",
                    ),
                ),
            ],
            options={
                "verbose_name": "turno de caja",
                "verbose_name_plural": "turnos de caja",
            },
        ),
        migrations.CreateModel(
            name="InterestRate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("first_month", models.DateField(verbose_name="primer mes")),
                ("months", models.PositiveSmallIntegerField(default=3, verbose_name="meses")),
                (
                    "percent",
                    models.DecimalField(
                        decimal_places=3, max_digits=6, verbose_name="por ciento mensual"
                    ),
                ),
                ("source", models.CharField(max_length=300, verbose_name="fuente")),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="registrada")),
                (
                    "confirmed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="confirmada"),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.municipality",
                    ),
                ),
            ],
            options={
                "verbose_name": "tasa de interés por mora",
                "verbose_name_plural": "tasas de interés por mora",
                "ordering": ["first_month"],
            },
        ),
        migrations.CreateModel(
            name="LedgerEntry",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("booked_on", models.DateField(verbose_name="fecha")),
                ("worked_on", models.DateField(verbose_name="calculado al")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("CHARGE", "cargo de una emisión"),
                            ("TAKE_OVER", "cartera del sistema anterior"),
                            ("PAYMENT", "cobro"),
                            ("SETTLEMENT", "liquidación de un recibo provisional"),
                            ("REVERSAL", "reverso"),
                            ("CLOSING", "cierre de caja"),
                        ],
                        max_length=10,
                        verbose_name="clase",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="motivo")),
                ("recorded_at", models.DateTimeField(auto_now_add=True, verbose_name="registrado")),
                (
                    "made_in",
                    models.BigIntegerField(default=0, editable=False, verbose_name="transacción"),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.municipality",
                    ),
                ),
                (
                    "reverses",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversal",
                        to="cadastre.ledgerentry",
                    ),
                ),
                (
                    "roll",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="charge",
                        to="cadastre.taxroll",
                    ),
                ),
            ],
            options={
                "verbose_name": "asiento de recaudación",
                "verbose_name_plural": "asientos de recaudación",
            },
        ),
        migrations.CreateModel(
            name="CashClosing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "counted",
                    models.DecimalField(
                        decimal_places=2, max_digits=14, verbose_name="efectivo contado"
                    ),
                ),
                (
                    "expected",
                    models.DecimalField(
                        decimal_places=2, max_digits=14, verbose_name="efectivo según el libro"
                    ),
                ),
                (
                    "explanation",
                    models.CharField(
                        blank=True, max_length=500, verbose_name="explicación de la diferencia"
                    ),
                ),
                (
                    "totals",
                    models.JSONField(default=dict, verbose_name="totales por medio de pago"),
                ),
                ("closed_at", models.DateTimeField(auto_now_add=True, verbose_name="cerrado")),
                (
                    "received_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="recibido"),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "received_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "session",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="closing",
                        to="cadastre.cashsession",
                    ),
                ),
                (
                    "entry",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cadastre.ledgerentry",
                    ),
                ),
            ],
            options={
                "verbose_name": "cierre de caja",
                "verbose_name_plural": "cierres de caja",
            },
        ),
        migrations.CreateModel(
            name="LedgerPosting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("account", models.CharField(max_length=24, verbose_name="cuenta")),
                (
                    "amount",
                    models.DecimalField(decimal_places=2, max_digits=14, verbose_name="monto"),
                ),
                (
                    "tax_year",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="año"),
                ),
                (
                    "arrears",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="postings",
                        to="cadastre.arrearstitle",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="postings",
                        to="cadastre.ledgerentry",
                    ),
                ),
                (
                    "title",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="postings",
                        to="cadastre.taxtitle",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cadastre.propertyunit",
                    ),
                ),
            ],
            options={
                "verbose_name": "partida",
                "verbose_name_plural": "partidas",
            },
        ),
        migrations.CreateModel(
            name="Payment",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("serial", models.PositiveIntegerField(verbose_name="número")),
                ("paid_on", models.DateField(verbose_name="pagado el")),
                (
                    "amount",
                    models.DecimalField(decimal_places=2, max_digits=14, verbose_name="monto"),
                ),
                (
                    "means",
                    models.CharField(
                        choices=[
                            ("CASH", "efectivo"),
                            ("CHEQUE", "cheque certificado"),
                            ("CARD", "tarjeta"),
                            ("TRANSFER", "transferencia"),
                            ("BANK", "entidad recaudadora"),
                            ("CREDIT", "valor a favor"),
                        ],
                        max_length=8,
                        verbose_name="medio de pago",
                    ),
                ),
                (
                    "reference",
                    models.CharField(blank=True, max_length=60, verbose_name="referencia"),
                ),
                (
                    "provisional_year",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="año provisional"
                    ),
                ),
                ("told", models.JSONField(verbose_name="lo que dice el comprobante")),
                (
                    "idempotency_key",
                    models.CharField(max_length=100, verbose_name="clave de la petición"),
                ),
                (
                    "request_hash",
                    models.CharField(max_length=64, verbose_name="huella de la petición"),
                ),
                ("received_at", models.DateTimeField(auto_now_add=True, verbose_name="recibido")),
                (
                    "desk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payments",
                        to="cadastre.cashdesk",
                    ),
                ),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payment",
                        to="cadastre.ledgerentry",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.municipality",
                    ),
                ),
                (
                    "received_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payments",
                        to="cadastre.cashsession",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cadastre.propertyunit",
                    ),
                ),
            ],
            options={
                "verbose_name": "cobro",
                "verbose_name_plural": "cobros",
            },
        ),
        migrations.CreateModel(
            name="PaymentReversal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.CharField(max_length=300, verbose_name="motivo")),
                ("asked_at", models.DateTimeField(auto_now_add=True, verbose_name="pedido")),
                (
                    "decided_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="decidido"),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entry",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cadastre.ledgerentry",
                    ),
                ),
                (
                    "payment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversal",
                        to="cadastre.payment",
                    ),
                ),
            ],
            options={
                "verbose_name": "reverso de cobro",
                "verbose_name_plural": "reversos de cobro",
            },
        ),
        migrations.AddConstraint(
            model_name="arrearstitle",
            constraint=models.UniqueConstraint(
                fields=("municipality", "year", "number"), name="arrears_title_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="arrearsline",
            constraint=models.UniqueConstraint(
                fields=("title", "concept"), name="arrears_line_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="arrearsline",
            constraint=models.CheckConstraint(
                condition=models.Q(("paid__gte", 0), ("paid__lte", models.F("issued"))),
                name="arrears_line_paid_within_issued",
            ),
        ),
        migrations.AddConstraint(
            model_name="cashdesk",
            constraint=models.UniqueConstraint(
                fields=("municipality", "code"), name="cash_desk_code_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="cashsession",
            constraint=models.UniqueConstraint(
                fields=("desk", "day", "shift"), name="cash_session_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="cashsession",
            constraint=models.CheckConstraint(
                condition=models.Q(("opening_float__gte", 0)), name="cash_session_float_is_there"
            ),
        ),
        migrations.AddConstraint(
            model_name="interestrate",
            constraint=models.UniqueConstraint(
                condition=models.Q(("confirmed_at__isnull", False)),
                fields=("municipality", "first_month"),
                name="interest_rate_confirmed_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="interestrate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("percent__gt", 0),
                    ("percent__lt", 10),
                    ("months__gte", 1),
                    ("months__lte", 12),
                    ("first_month__day", 1),
                ),
                name="interest_rate_is_a_rate",
            ),
        ),
        migrations.AddConstraint(
            model_name="interestrate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("confirmed_by__isnull", True),
                    models.Q(("confirmed_by", models.F("entered_by")), _negated=True),
                    _connector="OR",
                ),
                name="interest_rate_confirmed_by_another",
            ),
        ),
        migrations.AddIndex(
            model_name="ledgerentry",
            index=models.Index(fields=["municipality", "booked_on"], name="ledger_entry_by_day"),
        ),
        migrations.AddConstraint(
            model_name="ledgerentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "CHARGE"), ("roll__isnull", False)),
                    models.Q(models.Q(("kind", "CHARGE"), _negated=True), ("roll__isnull", True)),
                    _connector="OR",
                ),
                name="ledger_entry_charges_a_roll",
            ),
        ),
        migrations.AddConstraint(
            model_name="ledgerentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind", "REVERSAL"),
                        ("reverses__isnull", False),
                        models.Q(("reason", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("kind", "REVERSAL"), _negated=True), ("reverses__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="ledger_reversal_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="cashclosing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("counted", models.F("expected")),
                    models.Q(("explanation", ""), _negated=True),
                    _connector="OR",
                ),
                name="cash_closing_explains",
            ),
        ),
        migrations.AddConstraint(
            model_name="cashclosing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("received_by__isnull", True),
                    models.Q(("received_by", models.F("closed_by")), _negated=True),
                    _connector="OR",
                ),
                name="cash_closing_received_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="ledgerposting",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount", 0), _negated=True), name="ledger_posting_moves"
            ),
        ),
        migrations.AddConstraint(
            model_name="ledgerposting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("arrears__isnull", True), ("title__isnull", True)),
                    models.Q(
                        ("account__startswith", "RECEIVABLE_"),
                        models.Q(
                            ("title__isnull", True), ("arrears__isnull", True), _connector="OR"
                        ),
                    ),
                    _connector="OR",
                ),
                name="ledger_posting_debt_is_receivable",
            ),
        ),
        migrations.AddConstraint(
            model_name="ledgerposting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("account__in", ["CREDIT", "PROVISIONAL"]), _negated=True),
                    ("unit__isnull", False),
                    _connector="OR",
                ),
                name="ledger_posting_names_its_predio",
            ),
        ),
        migrations.AddIndex(
            model_name="payment",
            index=models.Index(fields=["municipality", "paid_on"], name="payment_by_day"),
        ),
        migrations.AddIndex(
            model_name="payment",
            index=models.Index(fields=["unit"], name="payment_of_unit"),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.UniqueConstraint(
                fields=("desk", "serial"), name="payment_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.UniqueConstraint(
                fields=("municipality", "idempotency_key"), name="payment_request_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("means", "BANK")),
                fields=("desk", "reference"),
                name="payment_bank_reference_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)), name="payment_is_of_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.CheckConstraint(
                condition=models.Q(("means", "BANK"), ("reference", ""), _negated=True),
                name="payment_bank_has_reference",
            ),
        ),
        migrations.AddConstraint(
            model_name="paymentreversal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_by__isnull", True), ("entry__isnull", True)),
                    models.Q(
                        models.Q(("decided_by", models.F("asked_by")), _negated=True),
                        ("entry__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="payment_reversal_by_another",
            ),
        ),
        migrations.RunSQL(
            (SQL / "collection_laws.sql").read_text(),
            (SQL / "collection_laws_reverse.sql").read_text(),
        ),
    ]
