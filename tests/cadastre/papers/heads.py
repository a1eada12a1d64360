"""A head as issuing would give it, the same every time."""

from datetime import UTC, date, datetime
from decimal import Decimal

from gis_project.territory.operations.issue_paper import PaperHead


def head(**changes) -> PaperHead:
    fields = {
        "number": "CAV-2026-000007",
        "code": "23456789ABC",
        "verify_url": "https://catastro.ejemplo.test/verify/23456789ABC",
        "municipality": "GAD Municipal de Mejía",
        "office": "Dirección de Avalúos y Catastros",
        "is_sample": False,
        "issued_at": datetime(2026, 11, 22, 15, 0, tzinfo=UTC),
        "issued_on": date(2026, 11, 22),
        "valid_until": date(2027, 1, 21),
        "fee": Decimal("2.00"),
        "fee_article": "Ordenanza 1, art. 4",
        "receipt": "0012",
        "signers": ("Director de Avalúos y Catastros",),
    }
    return PaperHead(**fields | changes)
